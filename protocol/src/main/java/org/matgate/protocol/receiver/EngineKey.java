package org.matgate.protocol.receiver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.channel.SecretFile;
import org.matgate.protocol.channel.Tls;

/**
 * The key by which boxes know an engine, and the certificate that carries it. Keep it as long as the engine: boxes pin it.
 *
 * @param key the private key
 * @param certificate of its public key; boxes look at nothing else in it
 */
public record EngineKey(PrivateKey key, X509Certificate certificate) {
    private static final String ALIAS = "engine";

    /** A PKCS#12 file wants a password. What protects it is its mode. */
    private static final char[] PASSWORD = "matgate".toCharArray();

    /** A new key: NIST P-256, the one curve that every TLS has; its certificate has no end. */
    public static EngineKey generate() {
        return generate(SelfSigned.ALWAYS, SelfSigned.NEVER);
    }

    static EngineKey generate(String from, String until) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new EngineKey(pair.getPrivate(), SelfSigned.certificate("matgate engine", pair, from, until));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no EC keys: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a key.
     *
     * @param file PKCS#12, as {@link #save} writes it
     * @throws IOException if it cannot be read, or other users could
     */
    public static EngineKey load(Path file) throws IOException {
        // An engine whose key others know is no engine that a box can trust.
        if (Files.getPosixFilePermissions(file).stream()
                .anyMatch(may -> may.name().startsWith("OTHERS") || may.name().startsWith("GROUP"))) {
            throw new IOException(file + " holds the engine's key and other users may open it; chmod 600 " + file);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD);
            if (store.getKey(ALIAS, PASSWORD) instanceof PrivateKey key
                    && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
                return new EngineKey(key, certificate);
            }
            throw new IOException(file + " holds no key named " + ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is no key of an engine: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the key to a file of mode 0600, whole or not at all, on disk when this returns. One that is there is
     * replaced: no box knows the engine after that.
     */
    public void save(Path file) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry(ALIAS, key, PASSWORD, new X509Certificate[] {certificate});
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, PASSWORD);
            SecretFile.write(file, out.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** What boxes know it by. */
    public Pin pin() {
        return Pin.of(certificate.getPublicKey());
    }

    Tls tls() {
        return Tls.server(key, certificate);
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "EngineKey[" + pin() + "]";
    }
}

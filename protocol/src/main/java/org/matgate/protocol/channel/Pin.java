package org.matgate.protocol.channel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a box knows an engine by: the SHA-256 of the public key of its certificate (of its SubjectPublicKeyInfo, as in
 * other programs that pin). Immutable.
 */
public final class Pin {
    /** Of a pin, in bytes. */
    public static final int LENGTH = 32;

    private static final int HEX_DIGITS = 2 * LENGTH;

    private final byte[] hash;

    private Pin(byte[] hash) {
        this.hash = hash;
    }

    /** The pin of this key. */
    public static Pin of(PublicKey key) {
        return new Pin(sha256().digest(key.getEncoded()));
    }

    /**
     * The pin of these bytes.
     *
     * @param hash {@value #LENGTH} bytes
     */
    public static Pin ofBytes(byte[] hash) {
        if (hash.length != LENGTH) {
            throw new IllegalArgumentException("pin of " + hash.length + " bytes; want " + LENGTH);
        }
        return new Pin(hash.clone());
    }

    /**
     * Reads a pin as people and programs write it: 64 hexadecimal digits, with colons, hyphens or blanks between them or
     * not, in upper or lower case, or base64 as curl and openssl print it; {@code sha256:} or {@code sha256//} may stand
     * before it.
     *
     * @return empty if it is none
     */
    public static Optional<Pin> parse(String text) {
        String bare = text.strip().replaceFirst("^(?i)sha-?256(:|//?)", "").strip();
        String hex = bare.replaceAll("[:\\-\\s]", "").toLowerCase(Locale.ROOT);
        if (hex.length() == HEX_DIGITS && hex.matches("[0-9a-f]+")) {
            return Optional.of(new Pin(HexFormat.of().parseHex(hex)));
        }
        try {
            byte[] hash = Base64.getDecoder().decode(bare.replace('-', '+').replace('_', '/'));
            return hash.length == LENGTH ? Optional.of(new Pin(hash)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Its {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return hash.clone();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pin pin && Arrays.equals(hash, pin.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** 64 hexadecimal digits, in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(hash);
    }
}

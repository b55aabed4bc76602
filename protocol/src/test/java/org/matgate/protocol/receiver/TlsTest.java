package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.channel.Tls;
import org.matgate.protocol.channel.Token;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** The read stream over TLS: who is trusted, by what, and what the others are told. */
@Timeout(60)
final class TlsTest {
    private static final JournalId A = new JournalId(0xA, 1);
    private static final EngineKey KEY = EngineKey.generate();

    private final InMemoryEventStore store = new InMemoryEventStore();
    private final BlockingQueue<Hello> greeted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refuse> refused = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    private ReadStreamServer serve(EngineKey key, Admission admission) throws IOException {
        return ReadStreamServer.builder(store, () -> 1)
                .tls(key)
                .admission(hello -> {
                    greeted.add(hello);
                    return admission.decide(hello);
                })
                .listener(new SessionListener() {
                    @Override
                    public void refused(InetSocketAddress remote, String box, Refuse why) {
                        refused.add(why);
                    }
                })
                .start();
    }

    private static Hello hello(String token) {
        Hello plain = BoxClient.hello("finish-a", A);
        return new Hello(1, 1, "finish-a", "t", List.of(), token, plain.bootId(), false, plain.journals());
    }

    @Test
    void readsGoOverTls13AndNothingOlder() throws Exception {
        try (ReadStreamServer server = serve(KEY, Admission.everyone())) {
            SSLSocket socket = (SSLSocket) AnyKey.context().getSocketFactory().createSocket();
            try (BoxClient box = new BoxClient(server.address(), socket)) {
                box.open("finish-a", A);
                box.send(BoxClient.reads(A, 1, 3_000));
                box.expectAcks(A, SeqRanges.of(1, 3_000));
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
                assertThat(socket.getSession().getCipherSuite()).contains("AES_128_GCM");
            }
            SSLSocket old = (SSLSocket) AnyKey.context().getSocketFactory().createSocket();
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            try (BoxClient box = new BoxClient(server.address(), old)) {
                assertThatThrownBy(() -> box.open("finish-a", A)).isInstanceOf(SSLException.class);
            }
            assertThat(refused.poll(20, TimeUnit.SECONDS).text()).startsWith("TLS: ");
            assertThat(server.counters().nonsense()).isEqualTo(1);
        }
        assertThat(store.events(A)).hasSize(3_000);
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // a certificate asks for it
    void whoHoldsThePinnedKeyIsTheEngineWhateverTheDate() throws Exception {
        EngineKey over = EngineKey.generate("19690101000000Z", "19710101000000Z");
        EngineKey toCome = EngineKey.generate("22000101000000Z", "22010101000000Z");
        assertThatThrownBy(() -> over.certificate().checkValidity()).hasMessageContaining("1971");
        assertThatThrownBy(() -> toCome.certificate().checkValidity()).hasMessageContaining("2200");
        KEY.certificate().checkValidity(new java.util.Date(0));
        KEY.certificate().verify(KEY.certificate().getPublicKey());
        for (EngineKey key : List.of(KEY, over, toCome)) {
            try (ReadStreamServer server = serve(key, Admission.everyone())) {
                assertThat(PinnedClient.greet(server.address(), Tls.client(key.pin()), hello("")))
                        .startsWith("Welcome");
            }
        }
    }

    @Test
    void anotherKeyIsToldWithBothPinsAndHearsNoToken() throws Exception {
        EngineKey other = EngineKey.generate();
        try (ReadStreamServer server = serve(other, Admission.everyone())) {
            assertThat(PinnedClient.greet(server.address(), Tls.client(KEY.pin()), hello("secret")))
                    .startsWith("the engine's key is " + other.pin() + ", the config says " + KEY.pin())
                    .contains("was the engine reinstalled? enroll again");
            assertThat(refused.poll(20, TimeUnit.SECONDS).text()).contains("not the one that its configuration names");
        }
        assertThat(greeted).isEmpty();
    }

    @Test
    void aSessionIsNotResumedSoTheKeyIsShownEachTime() throws Exception {
        Turncoat keys = new Turncoat();
        SSLContext context = remembering(keys);
        try (SSLServerSocket listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
            Thread.ofPlatform().daemon().start(() -> serveRudely(listening));
            // What Java's own client does: it takes up the session of the first key, and never sees the second.
            SSLContext resuming = AnyKey.context();
            assertThat(keyShownTo(resuming, address)).isEqualTo(KEY.certificate());
            keys.turn();
            assertThat(keyShownTo(resuming, address)).isEqualTo(KEY.certificate());
            keys.turn();
            Tls ours = Tls.client(KEY.pin());
            assertThat(PinnedClient.greet(address, ours, hello(""))).isEqualTo("closed");
            keys.turn();
            assertThat(PinnedClient.greet(address, ours, hello(""))).startsWith("the engine's key is ");
        }
    }

    /** A server that keeps its sessions itself: from a ticket alone Java's would find out that its key is another. */
    private static SSLContext remembering(KeyManager keys) throws Exception {
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {keys}, null, null);
            return context;
        } finally {
            System.clearProperty("jdk.tls.server.enableSessionTicketExtension");
        }
    }

    private static X509Certificate keyShownTo(SSLContext context, InetSocketAddress address) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(0);
            socket.getInputStream().readAllBytes();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Reads a byte of each client and hangs up. */
    private static void serveRudely(SSLServerSocket listening) {
        while (true) {
            try (Socket client = listening.accept()) {
                client.setSoTimeout(20_000);
                client.getInputStream().read();
            } catch (SSLException e) {
                // The client did not like the key.
            } catch (IOException e) {
                if (listening.isClosed()) {
                    return;
                }
            }
        }
    }

    /** Has two keys, and shows one or the other. */
    private static final class Turncoat extends X509ExtendedKeyManager {
        private final EngineKey other = EngineKey.generate();
        private volatile boolean turned;

        void turn() {
            turned = !turned;
        }

        private EngineKey shown() {
            return turned ? other : KEY;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, javax.net.ssl.SSLEngine engine) {
            return type;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return type;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {shown().certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return shown().key();
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {type};
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "";
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsToldInTheClear() throws Exception {
        try (ReadStreamServer server = serve(KEY, Admission.everyone())) {
            try (BoxClient box = new BoxClient(server.address())) {
                box.send(hello("secret"));
                Refuse refuse = box.expect(Refuse.class);
                assertThat(refuse.reason()).isEqualTo(Reason.PROTOCOL);
                assertThat(refuse.text()).contains("speaks TLS only: enroll the box");
                box.expectClosed();
            }
        }
        assertThat(greeted).isEmpty();
        try (ReadStreamServer plain = ReadStreamServer.builder(store, () -> 1).start()) {
            assertThat(PinnedClient.greet(plain.address(), Tls.client(KEY.pin()), hello("")))
                    .contains("the other end does not speak TLS");
        }
    }

    @Test
    void aRevokedTokenEndsTheSessionAtOnceAndNoOther() throws Exception {
        TokenBook book = new TokenBook();
        String mine = Token.random();
        String theirs = Token.random();
        book.set(Map.of("a", Token.hash(mine), "b", Token.hash(theirs)));
        try (ReadStreamServer server = serve(KEY, book);
                BoxClient a = tls(server);
                BoxClient b = tls(server)) {
            a.send(hello(mine));
            a.expect(Welcome.class);
            JournalId other = new JournalId(0xB, 2);
            b.send(new Hello(
                    1,
                    1,
                    "b",
                    "t",
                    List.of(),
                    theirs,
                    BoxClient.BOOT,
                    false,
                    BoxClient.hello("b", other).journals()));
            b.expect(Welcome.class);
            assertThat(server.recheck().get(20, TimeUnit.SECONDS)).isZero();
            book.set(Map.of("b", Token.hash(theirs)));
            assertThat(server.recheck().get(20, TimeUnit.SECONDS)).isEqualTo(1);
            Refuse refuse = a.expect(Refuse.class);
            assertThat(refuse.reason()).isEqualTo(Reason.TOKEN);
            assertThat(refuse.text()).contains("revoked");
            a.expectClosed();
            try (BoxClient again = tls(server)) {
                again.send(hello(mine));
                assertThat(again.expect(Refuse.class).reason()).isEqualTo(Reason.TOKEN);
            }
            try (BoxClient without = tls(server)) {
                without.send(hello(""));
                assertThat(without.expect(Refuse.class).text()).contains("brings no token");
            }
            b.send(BoxClient.reads(other, 1, 5));
            b.expectAcks(other, SeqRanges.of(1, 5));
        }
    }

    private static BoxClient tls(ReadStreamServer server) throws Exception {
        return new BoxClient(
                server.address(), AnyKey.context().getSocketFactory().createSocket());
    }

    @Test
    void theKeyIsKeptInAFileForItsOwnerOnly() throws Exception {
        Path file = directory.resolve("engine.p12");
        KEY.save(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(EngineKey.load(file).pin()).isEqualTo(KEY.pin());
        KeyStore readable = KeyStore.getInstance("PKCS12");
        readable.load(Files.newInputStream(file), "matgate".toCharArray());
        assertThat(readable.containsAlias("engine")).isTrue();
        EngineKey next = EngineKey.generate();
        next.save(file);
        assertThat(EngineKey.load(file).pin()).isEqualTo(next.pin()).isNotEqualTo(KEY.pin());
        assertThat(directory.toFile().list()).containsExactly("engine.p12");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> EngineKey.load(file)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> EngineKey.load(file)).isInstanceOf(IOException.class);
    }
}

package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;

/** Clients that do not behave, beside one that does and must not notice. */
@Timeout(60)
final class StrangersTest {
    private static final JournalId A = new JournalId(0xA, 1);
    private static final JournalId B = new JournalId(0xB, 2);
    private static final Limits LIMITS = limits(Duration.ofSeconds(20), 8, 100, 100, 100);

    private final InMemoryEventStore store = new InMemoryEventStore();
    private final BlockingQueue<Refuse> refusals = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> left = new LinkedBlockingQueue<>();
    private ReadStreamServer server;
    private BoxClient good;

    @BeforeEach
    void start() throws IOException {
        server = ReadStreamServer.builder(store, () -> 1)
                .admission(Admission.token("secret"))
                .limits(LIMITS)
                .liveness(new Liveness(Duration.ofMillis(100), Duration.ofSeconds(50)))
                .listener(new SessionListener() {
                    @Override
                    public void refused(java.net.InetSocketAddress remote, String box, Refuse why) {
                        refusals.add(why);
                    }

                    @Override
                    public void left(BoxInfo box, String why) {
                        left.add(box.name() + ": " + why);
                    }
                })
                .start();
        good = new BoxClient(server.address());
        good.send(hello("good", "secret", 1, 1, A));
        good.expect(StreamMessage.Welcome.class);
        good.send(BoxClient.reads(A, 1, 10));
        good.expectAcks(A, SeqRanges.of(1, 10));
    }

    @AfterEach
    void goodOneDidNotNotice() throws Exception {
        good.send(BoxClient.reads(A, 11, 20));
        good.expectAcks(A, SeqRanges.of(11, 20));
        assertThat(store.held(A)).isEqualTo(SeqRanges.of(1, 20));
        good.close();
        server.close();
    }

    private static Limits limits(
            Duration handshake, int connections, int ofAddress, int strangers, int strangersOfAddress) {
        return new Limits(
                handshake,
                Duration.ofMillis(100),
                connections,
                64 << 10,
                64,
                16_384,
                ofAddress,
                strangers,
                strangersOfAddress,
                128 << 10);
    }

    private static Hello hello(String box, String token, int min, int max, JournalId journal) {
        Hello plain = BoxClient.hello(box, journal);
        return new Hello(min, max, box, "t", List.of(), token, plain.bootId(), false, plain.journals());
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(4).putInt(length).array();
    }

    private void refusedFor(Reason reason, String text, byte[] sent) throws Exception {
        try (BoxClient client = new BoxClient(server.address())) {
            client.sendRaw(sent);
            Refuse refuse = client.expect(Refuse.class);
            assertThat(refuse.reason()).isEqualTo(reason);
            assertThat(refuse.text()).contains(text);
            client.expectClosed();
        }
    }

    private void refusedFor(Reason reason, String text, StreamMessage sent) throws Exception {
        byte[] bytes = StreamCodec.encode(sent);
        refusedFor(
                reason,
                text,
                ByteBuffer.allocate(4 + bytes.length)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array());
    }

    @Test
    void speakersOfHttp() throws Exception {
        refusedFor(
                Reason.PROTOCOL,
                "begins 474554202f20485454502f312e310d0a",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(server.counters().nonsense()).isEqualTo(1);
    }

    @Test
    void lengthsOutOfBounds() throws Exception {
        refusedFor(Reason.PROTOCOL, "message of 0 bytes", length(0));
        refusedFor(Reason.PROTOCOL, "message of 4294967295 bytes", length(-1));
        refusedFor(Reason.PROTOCOL, "want 1 to 65536", length((64 << 10) + 1));
        assertThat(server.counters().nonsense()).isEqualTo(3);
    }

    @Test
    void messagesThatAreTooLargeAfterHello() throws Exception {
        try (BoxClient client = new BoxClient(server.address())) {
            client.send(hello("big", "secret", 1, 1, B));
            client.expect(StreamMessage.Welcome.class);
            client.sendRaw(length(StreamCodec.MAX_MESSAGE_BYTES + 1));
            assertThat(client.expect(Refuse.class).text()).contains("want 1 to 1048576");
            client.expectClosed();
        }
        assertThat(left.poll(20, TimeUnit.SECONDS)).contains("message of 1048577 bytes");
    }

    @Test
    void noise() throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("StrangersTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] body = new byte[1 + random.nextInt(300)];
            random.nextBytes(body);
            boolean framed = random.nextBoolean();
            try (BoxClient client = new BoxClient(server.address())) {
                client.sendRaw(framed ? length(body.length) : new byte[0]);
                client.sendRaw(body);
                if (framed) {
                    client.expectClosed();
                }
            }
        }
        assertThat(server.counters().boxes()).isEqualTo(1);
    }

    @Test
    void thoseWhoCloseInMidMessage() throws Exception {
        try (BoxClient client = new BoxClient(server.address())) {
            client.send(hello("cut", "secret", 1, 1, B));
            client.expect(StreamMessage.Welcome.class);
            byte[] bytes = StreamCodec.encode(BoxClient.reads(B, 1, 100));
            client.sendRaw(length(bytes.length));
            client.sendRaw(java.util.Arrays.copyOf(bytes, bytes.length / 2));
        }
        assertThat(left.poll(20, TimeUnit.SECONDS)).contains("cut: closed in mid-message");
        assertThat(server.counters().nonsense()).isEqualTo(1);
        assertThat(store.events(B)).isEmpty();
    }

    @Test
    void thoseWhoNeverSayHello() throws Exception {
        Limits impatient = limits(Duration.ofMillis(300), 8, 100, 100, 100);
        try (ReadStreamServer hasty = ReadStreamServer.builder(store, () -> 1)
                        .limits(impatient)
                        .start();
                BoxClient silent = new BoxClient(hasty.address());
                BoxClient slow = new BoxClient(hasty.address())) {
            slow.sendRaw(new byte[] {0, 0});
            assertThat(silent.expect(Refuse.class).text()).contains("no Hello within 300 ms");
            assertThat(slow.expect(Refuse.class).text()).contains("no Hello within 300 ms");
            silent.expectClosed();
            slow.expectClosed();
            assertThat(hasty.counters().silent()).isEqualTo(2);
        }
    }

    @Test
    void otherVersions() throws Exception {
        refusedFor(
                Reason.VERSION,
                "versions 1 to 2 of the read stream, the box 3 to 4: update the engine",
                hello("new", "secret", 3, 4, B));
        refusedFor(Reason.PROTOCOL, "versions 0 to 0", hello("odd", "secret", 0, 0, B));
        try (BoxClient client = new BoxClient(server.address())) {
            client.send(hello("newer", "secret", 1, 9, B));
            assertThat(client.expect(StreamMessage.Welcome.class).version()).isEqualTo(2);
        }
    }

    @Test
    void wrongTokens() throws Exception {
        refusedFor(Reason.TOKEN, "box thief", hello("thief", "guess", 1, 1, A));
        refusedFor(Reason.TOKEN, "has none", hello("thief", "", 1, 1, A));
        assertThat(server.counters().refusals()).containsEntry(Reason.TOKEN, 2L);
    }

    @Test
    void namesThatWouldSpoilALog() throws Exception {
        refusedFor(Reason.PROTOCOL, "box name", hello("a\nREADY", "secret", 1, 1, B));
        refusedFor(Reason.PROTOCOL, "box name", hello(" ", "secret", 1, 1, B));
    }

    @Test
    void messagesOutOfPlace() throws Exception {
        refusedFor(Reason.PROTOCOL, "must be Hello, not Events", BoxClient.reads(A, 100, 110));
        refusedFor(Reason.PROTOCOL, "must be Hello, not Ack", new Ack(A, SeqRanges.of(1, 1)));
        // Not unpacked: what is within would be told first.
        refusedFor(Reason.PROTOCOL, "must be Hello, not Events", new byte[] {
            0, 0, 0, 7, 0x22, 5, 0x18, 1, 0x2a, 1, (byte) 0xFF
        });
        try (BoxClient client = new BoxClient(server.address())) {
            client.send(hello("odd", "secret", 1, 1, B));
            client.expect(StreamMessage.Welcome.class);
            client.send(BoxClient.reads(A, 100, 110));
            assertThat(client.expect(Refuse.class).text()).contains("journal that Hello did not name");
        }
        assertThat(store.events(A).keySet()).allSatisfy(seq -> assertThat(seq).isLessThan(100));
    }

    @Test
    void tooMany() throws Exception {
        List<BoxClient> crowd = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < LIMITS.connections(); i++) {
                BoxClient client = new BoxClient(server.address());
                crowd.add(client);
                if (i < LIMITS.connections() - 1) {
                    client.send(hello("box" + i, "secret", 1, 1, new JournalId(9, i)));
                    client.expect(StreamMessage.Welcome.class);
                }
            }
            Refuse refuse = crowd.getLast().expect(Refuse.class);
            assertThat(refuse.reason()).isEqualTo(Reason.BUSY);
            assertThat(refuse.text()).contains("no more than 8");
        } finally {
            for (BoxClient client : crowd) {
                client.close();
            }
        }
    }
}

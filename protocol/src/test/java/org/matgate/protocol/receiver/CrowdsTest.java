package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Welcome;
import org.slf4j.LoggerFactory;

/** Many strangers at once, and strangers with much to say: each bound holds, and the box beside them does not notice. */
@Timeout(60)
final class CrowdsTest {
    private static final JournalId A = new JournalId(0xA, 1);
    private static final EngineKey KEY = EngineKey.generate();

    private final InMemoryEventStore store = new InMemoryEventStore();
    private final List<BoxClient> crowd = new ArrayList<>();

    private static Limits limits(Duration handshake, int ofAddress, int strangers, int strangersOfAddress) {
        return new Limits(
                handshake,
                Duration.ofMillis(100),
                64,
                64 << 10,
                64,
                16_384,
                ofAddress,
                strangers,
                strangersOfAddress,
                128 << 10);
    }

    private ReadStreamServer serve(Limits limits, boolean tls) throws IOException {
        ReadStreamServer.Builder builder = ReadStreamServer.builder(store, () -> 1)
                .admission(Admission.token("secret"))
                .limits(limits);
        return tls ? builder.tls(KEY).start() : builder.start();
    }

    private static Hello hello(String box, String token, JournalId journal) {
        Hello plain = BoxClient.hello(box, journal);
        return new Hello(1, 1, box, "t", List.of(), token, plain.bootId(), false, plain.journals());
    }

    /** From an address of its own on the loopback interface. */
    private BoxClient from(int host, ReadStreamServer server) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), 0));
        BoxClient client = new BoxClient(server.address(), socket);
        crowd.add(client);
        return client;
    }

    private BoxClient good(ReadStreamServer server) throws Exception {
        BoxClient good = new BoxClient(server.address());
        good.send(hello("good", "secret", A));
        good.expect(Welcome.class);
        return good;
    }

    private static void delivers(BoxClient good, long first) throws IOException {
        good.send(BoxClient.reads(A, first, first + 9));
        good.expectAcks(A, SeqRanges.of(first, first + 9));
    }

    private void disperse() throws IOException {
        for (BoxClient client : crowd) {
            client.close();
        }
    }

    @Test
    void ofOneAddressSoManyMayBeSilentAndNoOtherAddressSuffers() throws Exception {
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(20), 100, 100, 3), false);
                BoxClient good = good(server)) {
            for (int i = 0; i < 3; i++) {
                from(9, server);
            }
            from(9, server).expectClosed();
            BoxClient other = from(8, server);
            other.send(hello("other", "secret", new JournalId(7, 7)));
            other.expect(Welcome.class);
            assertThat(server.counters().crowdedOut()).isEqualTo(1);
            delivers(good, 1);
        } finally {
            disperse();
        }
    }

    @Test
    void ofAllStrangersTheOldestGoesWhenThereAreTooMany() throws Exception {
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(20), 100, 4, 100), false);
                BoxClient good = good(server)) {
            BoxClient oldest = from(2, server);
            List<BoxClient> later = new ArrayList<>();
            for (int host = 3; host < 7; host++) {
                later.add(from(host, server));
            }
            oldest.expectClosed();
            // They are let in all the same, and make room.
            later.getFirst().send(hello("later", "secret", new JournalId(7, 8)));
            later.getFirst().expect(Welcome.class);
            from(7, server);
            later.get(1).send(hello("last", "secret", new JournalId(7, 9)));
            later.get(1).expect(Welcome.class);
            assertThat(server.counters().crowdedOut()).isEqualTo(1);
            delivers(good, 1);
        } finally {
            disperse();
        }
    }

    @Test
    void twoAddressesThatFloodMakeRoomForThemselvesOnly() throws Exception {
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(20), 100, 4, 3), false);
                BoxClient good = good(server)) {
            BoxClient slow = from(9, server);
            for (int i = 0; i < 20; i++) {
                from(2 + i % 2, server);
            }
            while (server.counters().crowdedOut() < 17) {
                Thread.sleep(5);
            }
            slow.send(hello("slow", "secret", new JournalId(7, 7)));
            slow.expect(Welcome.class);
            delivers(good, 1);
        } finally {
            disperse();
        }
    }

    @Test
    void whoWasRefusedAndLingersTakesNoRoomFromOtherAddresses() throws Exception {
        Limits lingering = new Limits(
                Duration.ofSeconds(20), Duration.ofSeconds(20), 8, 64 << 10, 64, 16_384, 2, 100, 3, 128 << 10);
        try (ReadStreamServer server = serve(lingering, false)) {
            for (int i = 0; i < 20; i++) {
                from(5, server);
            }
            try (BoxClient good = good(server)) {
                delivers(good, 1);
            }
            crowd.getLast().expectClosed();
            assertThat(server.counters().crowdedOut()).isEqualTo(15);
        } finally {
            disperse();
        }
    }

    @Test
    void ofIpv6OneNetCountsAsOneAddress() throws Exception {
        Origin one = Origin.of(InetAddress.getByName("2001:db8:1:2::1"));
        assertThat(Origin.of(InetAddress.getByName("2001:db8:1:2:ffff::7"))).isEqualTo(one);
        assertThat(Origin.of(InetAddress.getByName("2001:db8:1:3::1"))).isNotEqualTo(one);
        assertThat(Origin.of(InetAddress.getByName("10.0.0.1")))
                .isNotEqualTo(Origin.of(InetAddress.getByName("10.0.0.2")));
    }

    @Test
    void aBoxIsKnownByNoMoreJournalsThanAreWorthKeeping() throws Exception {
        BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
        BlockingQueue<String> gone = new LinkedBlockingQueue<>();
        try (ReadStreamServer server = ReadStreamServer.builder(store, () -> 1)
                .listener(new SessionListener() {
                    @Override
                    public void noticed(BoxInfo box, Notice notice) {
                        notices.add(notice);
                    }

                    @Override
                    public void left(BoxInfo box, String why) {
                        gone.add(why);
                    }
                })
                .start()) {
            JournalId[] many = new JournalId[70];
            for (int i = 0; i < many.length; i++) {
                many[i] = new JournalId(3, i);
            }
            for (JournalId[] has : List.of(many, new JournalId[] {many[63]}, new JournalId[] {many[0]})) {
                try (BoxClient box = new BoxClient(server.address())) {
                    box.open("finish", has);
                }
                assertThat(gone.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
            // The first it has no more, by its own last word; so this is another box.
            assertThat(notices).extracting(Notice::kind).containsExactly(Notice.Kind.BOX_SWAPPED);
            try (BoxClient box = new BoxClient(server.address())) {
                box.open("crowded", many);
            }
            assertThat(gone.poll(20, TimeUnit.SECONDS)).isNotNull();
            try (BoxClient box = new BoxClient(server.address())) {
                box.open("crowded", many[69]);
            }
            assertThat(gone.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(notices).as("the 70th was not kept").hasSize(2);
        }
    }

    @Test
    void ofOneAddressSoManyAreServed() throws Exception {
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(20), 2, 100, 100), false)) {
            for (int i = 0; i < 2; i++) {
                BoxClient box = from(5, server);
                box.send(hello("box" + i, "secret", new JournalId(9, i)));
                box.expect(Welcome.class);
            }
            Refuse refuse = from(5, server).expect(Refuse.class);
            assertThat(refuse.reason()).isEqualTo(Reason.BUSY);
            assertThat(refuse.text()).contains("2 connections from one address");
            try (BoxClient good = good(server)) {
                delivers(good, 1);
            }
        } finally {
            disperse();
        }
    }

    @Test
    void beforeHelloSoMuchMayBeSaid() throws Exception {
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(20), 100, 100, 100), false);
                BoxClient good = good(server);
                BoxClient chatty = new BoxClient(server.address())) {
            byte[] ping = StreamCodec.encode(new Ping(1, 1));
            byte[] framed = ByteBuffer.allocate(4 + ping.length)
                    .putInt(ping.length)
                    .put(ping)
                    .array();
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            while (flood.size() <= 128 << 10) {
                flood.write(framed);
            }
            chatty.sendRaw(flood.toByteArray());
            boolean told = false;
            while (!told) {
                told = chatty.receive() instanceof Refuse refuse
                        && refuse.text().contains("bytes before Hello was accepted; want at most 131072");
            }
            delivers(good, 1);
        }
    }

    @Test
    void aHandshakeThatStandsStillIsEnded() throws Exception {
        try (ReadStreamServer server = serve(limits(Duration.ofMillis(300), 100, 100, 100), true);
                BoxClient silent = new BoxClient(server.address());
                BoxClient half = new BoxClient(server.address())) {
            // The head of a ClientHello, and then nothing.
            half.sendRaw(new byte[] {22, 3, 1, 1, 0, 1, 0, 0, (byte) 0xFC, 3, 3});
            silent.expectClosed();
            half.expectEnd();
            assertThat(server.counters().silent()).isEqualTo(2);
        }
    }

    @Test
    void endlessKeyUpdatesAreEnded() throws Exception {
        SSLSocket socket = (SSLSocket) AnyKey.context().getSocketFactory().createSocket();
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(40), 100, 100, 100), true);
                BoxClient box = new BoxClient(server.address(), socket)) {
            box.send(hello("restless", "secret", A));
            box.expect(Welcome.class);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            // After the first time this is a key update.
                            socket.startHandshake();
                        }
                    })
                    .isInstanceOf(IOException.class);
            while (server.counters().nonsense() == 0) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void aFloodOfWrongTokensIsCountedAndNotLogged() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Sessions.class);
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        try (ReadStreamServer server = serve(limits(Duration.ofSeconds(20), 100, 100, 100), false);
                BoxClient good = good(server)) {
            for (int i = 0; i < 100; i++) {
                try (BoxClient thief = new BoxClient(server.address())) {
                    thief.send(hello("thief" + i, "guess" + i, A));
                    assertThat(thief.expect(Refuse.class).reason()).isEqualTo(Reason.TOKEN);
                }
            }
            assertThat(server.counters().refusals()).containsEntry(Reason.TOKEN, 100L);
            assertThat(lines.list.stream()
                            .filter(line -> line.getFormattedMessage().startsWith("Refused"))
                            .count())
                    .isEqualTo(RepeatLog.MOST_IN_A_MINUTE);
            delivers(good, 1);
            store.failWith(new IOException("the disk is full"));
            good.send(BoxClient.reads(A, 11, 20));
            assertThat(good.expect(Refuse.class).reason()).isEqualTo(Reason.STORE);
            assertThat(lines.list)
                    .anySatisfy(line -> assertThat(line.getFormattedMessage())
                            .startsWith("Cannot ")
                            .endsWith("sent by box good"));
        } finally {
            logger.detachAppender(lines);
        }
    }
}

package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Beep;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Welcome;
import org.matgate.protocol.stream.wire.Wire;

/** The uplink over real sockets, against the engine's library and against engines that misbehave. */
@Timeout(60)
final class UplinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Welcome WELCOME = new Welcome(1, "rude", List.of(), 0, 0);

    private final FakeJournal journal = new FakeJournal();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final Random random = new Random(Fixture.seed());

    @AfterEach
    void end() {
        disk.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void deliversBacklogAndLiveToTheEnginesLibrary() throws Exception {
        MemoryStore store = new MemoryStore();
        journal.commit(5000);
        JournalId later = new JournalId(3, 3);
        journal.begin(later);
        journal.commit(3000);
        try (ReadStreamServer server = serve(store, 0);
                Uplink uplink = uplink(server.address().getPort(), "let me in")) {
            uplink.start();
            for (int i = 0; i < 200; i++) {
                journal.commit(1 + i % 7);
            }
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertHolds(store, NOW, 5000);
            assertHolds(store, later, lastSeq(later));
            UplinkStatus status = uplink.status();
            assertThat(status.connected()).isTrue();
            assertThat(status.engineSays()).isEqualTo("library");
            assertThat(status.lacking() + status.inFlight()).isZero();
            assertThat(status.lastError()).isEmpty();
            assertThat(status.journals())
                    .extracting(UplinkStatus.Delivery::journal)
                    .containsExactly(later, NOW);
        }
        assertThat(journal.subscribers()).isZero();
    }

    @Test
    void anOlderEngineGetsBatchesAsItKnowsThem() throws Exception {
        assertThat(packing(1)).isIn(Wire.Events.PackingCase.PLAIN, Wire.Events.PackingCase.DEFLATED);
        assertThat(packing(2)).isIn(Wire.Events.PackingCase.COLUMNS, Wire.Events.PackingCase.DEFLATED_COLUMNS);
    }

    /** How the box packs batches for an engine that speaks this version. */
    private Wire.Events.PackingCase packing(int version) throws Exception {
        journal.commit(50);
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "let me in")) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                Hello hello = call.expect(Hello.class);
                assertThat(List.of(hello.versionMin(), hello.versionMax())).containsExactly(1, 2);
                call.send(new Welcome(version, "of version " + version, List.of(), 0, 0));
                Wire.StreamMessage message = Wire.StreamMessage.parseFrom(call.receiveBytes());
                while (!message.hasEvents()) {
                    message = Wire.StreamMessage.parseFrom(call.receiveBytes());
                }
                assertThat(((Events) StreamCodec.decode(message.toByteArray())).firstSeq())
                        .isEqualTo(1);
                return message.getEvents().getPackingCase();
            }
        }
    }

    @Test
    void anEngineThatGoesAndComesBackMissesNothing() throws Exception {
        MemoryStore store = new MemoryStore();
        int port;
        Uplink uplink;
        try (ReadStreamServer server = serve(store, 0)) {
            port = server.address().getPort();
            uplink = uplink(port, "let me in");
            uplink.start();
            journal.commit(100);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
        }
        await(uplink, status -> !status.connected() && status.failures() > 1);
        for (int i = 0; i < 300; i++) {
            journal.commit(40);
        }
        assertThat(uplink.awaitDelivered(Duration.ofMillis(1))).isFalse();
        try (uplink;
                ReadStreamServer server = serve(store, port)) {
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertHolds(store, NOW, 12_100);
            assertThat(uplink.status().failures()).isZero();
            assertThat(server.counters()).isNotNull();
        }
    }

    @Test
    void sendsAgainWhatTheEngineAsksFor() throws Exception {
        MemoryStore store = new MemoryStore();
        try (ReadStreamServer server = serve(store, 0);
                Uplink uplink = uplink(server.address().getPort(), "let me in")) {
            uplink.start();
            journal.commit(100);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            server.resend(NOW, SeqRanges.of(20, 30)).get(20, TimeUnit.SECONDS);
            while (store.events(NOW).size() < 100) {
                Thread.sleep(5);
            }
            assertHolds(store, NOW, 100);
        }
    }

    @Test
    void refusedOfferingAWrongTokenAndSaysSo() throws Exception {
        try (ReadStreamServer server = serve(new MemoryStore(), 0);
                Uplink uplink = uplink(server.address().getPort(), "wrong")) {
            uplink.start();
            UplinkStatus status = await(uplink, now -> !now.lastError().isEmpty());
            assertThat(status.lastError()).startsWith("refused: TOKEN").doesNotContain("wrong");
            assertThat(status.connected()).isFalse();
        }
    }

    @Test
    void anEngineThatHangsUpInMidMessageIsDialledAgain() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "")) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.sendRaw(new byte[] {0, 0, 1, 0, 10, 20});
            }
            assertServed(engine, uplink, "mid-message");
        }
    }

    @Test
    void anEngineThatSpeaksSomethingElseIsHungUpOn() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "")) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.sendRaw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                call.expectHangUp();
            }
            assertServed(engine, uplink, "nonsense", "48545450");
        }
    }

    @Test
    void anEngineThatAcknowledgesWhatItNeverGotIsHungUpOn() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "")) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.send(WELCOME);
                call.send(new Ack(NOW, SeqRanges.of(1, 5)));
                call.expectHangUp();
            }
            assertServed(engine, uplink, "never sent: 1-5");
        }
    }

    @Test
    void anEngineThatNeverWelcomesIsGivenUp() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "", settings(Duration.ofMillis(100), Liveness.DEFAULT))) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expectHangUp();
            }
            try (RudeEngine.Call next = engine.accept()) {
                assertThat(uplink.status().lastError()).contains("no Welcome");
                next.expect(Hello.class);
            }
        }
    }

    @Test
    void anEngineThatDribblesInsteadOfAWelcomeIsGivenUp() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "", settings(Duration.ofMillis(300), Liveness.DEFAULT))) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.dribble();
            }
            try (RudeEngine.Call next = engine.accept()) {
                assertThat(uplink.status().lastError()).contains("no Welcome");
                next.expect(Hello.class);
            }
        }
    }

    @Test
    void anEngineThatDribblesInsteadOfAnAckIsGivenUpAndTheEventsStay() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "", patience(Duration.ofSeconds(2)))) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.send(WELCOME);
                journal.commit(3);
                call.expect(Events.class);
                // Each byte counts as life; the message that they belong to never comes to its end.
                call.dribble();
            }
            try (RudeEngine.Call next = engine.accept()) {
                next.expect(Hello.class);
                next.send(WELCOME);
                assertThat(next.expect(Events.class).firstSeq()).isEqualTo(1);
                next.send(new Ack(NOW, SeqRanges.of(1, 3)));
                assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            }
        }
    }

    @Test
    void aSilentEngineIsGivenUp() throws Exception {
        Liveness brief = new Liveness(Duration.ofMillis(100), Duration.ofMillis(600));
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "", settings(Duration.ofSeconds(10), brief))) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.send(WELCOME);
                // Says nothing more, and answers no Ping.
                call.expectHangUp();
            }
            try (RudeEngine.Call next = engine.accept()) {
                assertThat(uplink.status().lastError()).contains("nothing heard");
                next.expect(Hello.class);
            }
        }
    }

    @Test
    void aRefusalWithAPauseIsHonoured() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "")) {
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.send(new Refuse(Reason.BUSY, "come later", 5));
                call.expectHangUp();
            }
            assertThat(await(uplink, now -> !now.lastError().isEmpty()).lastError())
                    .isEqualTo("refused: BUSY, come later");
        }
    }

    @Test
    void anEngineAheadOfTheBoxIsReported() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine.port(), "")) {
            journal.commit(10);
            uplink.start();
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                call.send(new Welcome(1, "rude", List.of(new JournalHeld(NOW, SeqRanges.of(1, 11), 0)), 0, 0));
                call.send(new Beep(7));
                assertThat(heard.take()).isEqualTo("ahead " + NOW + " 10 11");
                assertThat(heard.take()).isEqualTo("beep 7");
            }
        }
    }

    @Test
    void aDiskThatFailsIsAskedAgain() throws Exception {
        MemoryStore store = new MemoryStore();
        journal.commit(10);
        journal.failing(true);
        try (ReadStreamServer server = serve(store, 0);
                Uplink uplink = uplink(server.address().getPort(), "let me in")) {
            uplink.start();
            await(uplink, UplinkStatus::connected);
            journal.failing(false);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertHolds(store, NOW, 10);
        }
    }

    @Test
    void whatIsSavedOfADamagedFileIsDeliveredBehindTheCurrentJournal() throws Exception {
        MemoryStore store = new MemoryStore();
        JournalId saved = new JournalId(9, 9);
        journal.commit(10);
        try (ReadStreamServer server = serve(store, 0);
                Uplink uplink = uplink(server.address().getPort(), "let me in")) {
            uplink.start();
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            journal.save(saved, 3000);
            journal.commit(10);
            UplinkStatus status = await(
                    uplink,
                    now -> now.journals().size() == 2 && now.connected() && now.lacking() + now.inFlight() == 0);
            assertHolds(store, NOW, 20);
            assertHolds(store, saved, 3000);
            assertThat(status.journals())
                    .extracting(UplinkStatus.Delivery::journal)
                    .containsExactly(NOW, saved);
            assertThat(status.notice()).isEmpty();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aNameThatIsNotKnownAndAPortThatIsClosedAreTriedOn() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Uplink uplink = uplink(port, "")) {
            uplink.start();
            assertThat(await(uplink, now -> now.failures() >= 3).lastError()).contains("refused");
            assertThat(uplink.status().journals()).hasSize(1);
        }
        Config.Engine nowhere = new Config.Engine("e", "no-such-host.invalid", port, Optional.empty(), "", true);
        try (Uplink uplink = new Uplink(nowhere, shared(), random, UplinkListener.NONE, fast())) {
            uplink.start();
            UplinkStatus status = await(uplink, now -> now.failures() >= 1);
            assertThat(status.lastError()).contains("no-such-host.invalid");
            assertThat(status.journals()).as("looked at all the same").hasSize(1);
        }
    }

    @Test
    void closingEndsTheConnectionAndTheWaiting() throws Exception {
        try (RudeEngine engine = new RudeEngine()) {
            Uplink uplink = uplink(engine.port(), "");
            uplink.start();
            journal.commit(1);
            try (RudeEngine.Call call = engine.accept()) {
                call.expect(Hello.class);
                uplink.close();
                call.expectHangUp();
            }
            assertThat(uplink.awaitDelivered(PATIENCE)).isFalse();
            uplink.close();
        }
    }

    /** The engine behaves at last, and gets one event; asked while the call goes on, as its end is an error too. */
    private void assertServed(RudeEngine engine, Uplink uplink, String... errorBefore) throws Exception {
        try (RudeEngine.Call call = engine.accept()) {
            call.expect(Hello.class);
            call.send(WELCOME);
            journal.commit(1);
            assertThat(call.expect(Events.class).firstSeq()).isEqualTo(1);
            assertThat(uplink.status().lastError()).contains(errorBefore);
            call.send(new Ack(NOW, SeqRanges.of(1, 1)));
        }
    }

    private ReadStreamServer serve(MemoryStore store, int port) throws IOException {
        return ReadStreamServer.builder(store, System::nanoTime)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .engine("library")
                .admission(Admission.token("let me in"))
                .start();
    }

    private Uplink uplink(int port, String token) {
        return uplink(port, token, fast());
    }

    private Uplink uplink(int port, String token, UplinkSettings settings) {
        UplinkListener listener = new UplinkListener() {
            @Override
            public void beep(String engine, int seconds) {
                heard.add("beep " + seconds);
            }

            @Override
            public void engineAhead(String engine, JournalId id, long ourLastSeq, long engineLastSeq) {
                heard.add("ahead " + id + " " + ourLastSeq + " " + engineLastSeq);
            }
        };
        Config.Engine engine = new Config.Engine("e", "localhost", port, Optional.empty(), token, true);
        return new Uplink(engine, shared(), random, listener, settings);
    }

    private Uplink.Shared shared() {
        return new Uplink.Shared(Fixture.IDENTITY, journal, loops, disk, System::nanoTime);
    }

    private static UplinkSettings fast() {
        return settings(Duration.ofSeconds(10), Liveness.DEFAULT);
    }

    private static UplinkSettings settings(Duration handshake, Liveness liveness) {
        return settings(handshake, liveness, Duration.ofSeconds(60));
    }

    private static UplinkSettings patience(Duration patience) {
        return settings(Duration.ofSeconds(10), Liveness.DEFAULT, patience);
    }

    private static UplinkSettings settings(Duration handshake, Liveness liveness, Duration patience) {
        return new UplinkSettings(
                8192,
                handshake,
                patience,
                liveness,
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                Duration.ofMillis(50));
    }

    private long lastSeq(JournalId id) {
        return journal.journals().stream()
                .filter(summary -> summary.id().equals(id))
                .findFirst()
                .orElseThrow()
                .lastSeq();
    }

    private void assertHolds(MemoryStore store, JournalId id, long lastSeq) {
        assertThat(store.events(id).entrySet())
                .extracting(stored -> new Entry(stored.getKey(), stored.getValue()))
                .isEqualTo(Fixture.entries(id, 1, lastSeq));
    }

    private static UplinkStatus await(Uplink uplink, Predicate<UplinkStatus> wanted) throws InterruptedException {
        while (!wanted.test(uplink.status())) {
            Thread.sleep(5);
        }
        return uplink.status();
    }
}

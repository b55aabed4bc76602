package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Beep;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.StreamMessage.Pong;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.matgate.protocol.stream.StreamMessage.Resend;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** Boxes that behave, over real sockets. */
@Timeout(60)
final class ReadStreamServerTest {
    private static final JournalId A = new JournalId(0xA, 1);
    private static final JournalId B = new JournalId(0xB, 2);
    private static final long ENGINE_UTC = 1_800_000_000_000_000_000L;

    private final InMemoryEventStore store = new InMemoryEventStore();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ReadStreamServer server;

    @BeforeEach
    void start() throws IOException {
        server = ReadStreamServer.builder(store, () -> ENGINE_UTC)
                .engine("results")
                .windowEvents(5_000)
                .listener(new SessionListener() {
                    @Override
                    public void connected(BoxInfo box) {
                        heard.add("connected " + box.name());
                    }

                    @Override
                    public void left(BoxInfo box, String why) {
                        heard.add("left " + box.name());
                    }
                })
                .start();
    }

    @AfterEach
    void stop() {
        store.release();
        server.close();
    }

    @Test
    void storesAndAcknowledges() throws Exception {
        try (BoxClient box = new BoxClient(server.address())) {
            assertThat(box.open("finish", A)).isEqualTo(new Welcome(1, "results", List.of(), 5_000, 0));

            box.send(BoxClient.reads(A, 1, 3));
            box.send(BoxClient.reads(A, 4, 4));
            box.expectAcks(A, SeqRanges.of(1, 4));

            assertHolds(A, 1, 4);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("connected finish");
        }
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("left finish");
        assertThat(server.counters().stored()).isEqualTo(4);
        assertThat(server.counters().duplicates()).isZero();
        assertThat(server.counters().boxes()).isZero();
    }

    @Test
    void aBoxOfEitherVersionIsUnderstood() throws Exception {
        for (int version = 1; version <= 2; version++) {
            JournalId journal = version == 1 ? A : B;
            Hello hello = BoxClient.hello("finish", journal);
            try (BoxClient box = new BoxClient(server.address())) {
                box.send(new Hello(
                        1,
                        version,
                        "finish",
                        "test",
                        hello.timingPoints(),
                        "",
                        hello.bootId(),
                        false,
                        hello.journals()));
                assertThat(box.expect(Welcome.class).version()).isEqualTo(version);
                box.send(BoxClient.reads(journal, 1, 3), version, false);
                box.send(BoxClient.reads(journal, 4, 100), version, true);
                box.expectAcks(journal, SeqRanges.of(1, 100));
            }
            assertHolds(journal, 1, 100);
        }
    }

    @Test
    void acknowledgesWhatComesAgainAndStoresItOnce() throws Exception {
        try (BoxClient box = new BoxClient(server.address())) {
            box.open("finish", A);
            box.send(BoxClient.reads(A, 1, 10));
            box.expectAcks(A, SeqRanges.of(1, 10));
            int calls = store.calls();

            box.send(BoxClient.reads(A, 1, 10));
            assertThat(box.expectAcks(A, SeqRanges.of(1, 10))).isEqualTo(SeqRanges.of(1, 10));
            assertThat(store.calls()).as("nothing new, no call").isEqualTo(calls);

            box.send(BoxClient.reads(A, 5, 15));
            box.expectAcks(A, SeqRanges.of(5, 15));
        }
        assertHolds(A, 1, 15);
        assertThat(server.counters().duplicates()).isEqualTo(16);
    }

    @Test
    void takesRangesInAnyOrderAndTellsThemOnReconnect() throws Exception {
        try (BoxClient box = new BoxClient(server.address())) {
            box.open("finish", A, B);
            box.send(BoxClient.reads(A, 90, 100));
            box.send(BoxClient.reads(A, 1, 10));
            box.send(BoxClient.reads(A, 50, 60));
            box.expectAcks(A, SeqRanges.of(1, 10).plus(50, 60).plus(90, 100));
        }
        try (BoxClient box = new BoxClient(server.address())) {
            Welcome welcome = box.open("finish", B, A);
            assertThat(welcome.journals())
                    .containsExactly(
                            new JournalHeld(A, SeqRanges.of(1, 10).plus(50, 60).plus(90, 100), 0));
            box.send(BoxClient.reads(A, 1, 100));
            box.expectAcks(A, SeqRanges.of(1, 100));
        }
        assertHolds(A, 1, 100);
    }

    @Test
    void namesTheLargestRangesWhereThereAreTooMany() throws Exception {
        SeqRanges holes = SeqRanges.of(LongStream.rangeClosed(1, 1_500)
                .mapToObj(i -> new SeqRanges.Range(2 * i, 2 * i))
                .toList());
        store.forget(new LedgerDelta(A, SeqRanges.EMPTY, holes));
        try (BoxClient box = new BoxClient(server.address())) {
            assertThat(box.open("finish", A).journals()).containsExactly(new JournalHeld(A, holes.largest(1_024), 0));
            box.send(BoxClient.reads(A, 1, 5));
            box.expectAcks(A, SeqRanges.of(1, 5));
        }
        assertThat(store.events(A)).as("2 and 4 are held, though not named").containsOnlyKeys(1L, 3L, 5L);
    }

    @Test
    void twoBoxesDoNotWaitForEachOther() throws Exception {
        try (BoxClient one = new BoxClient(server.address());
                BoxClient two = new BoxClient(server.address())) {
            one.open("start", A);
            two.open("finish", B);
            store.block();
            one.send(BoxClient.reads(A, 1, 2));
            store.awaitBlocked();
            two.send(new Ping(5, 0));
            assertThat(two.expect(Pong.class)).isEqualTo(new Pong(5, ENGINE_UTC, 0));
            store.release();
            two.send(BoxClient.reads(B, 1, 3));
            two.expectAcks(B, SeqRanges.of(1, 3));
            one.expectAcks(A, SeqRanges.of(1, 2));
        }
        assertHolds(A, 1, 2);
        assertHolds(B, 1, 3);
    }

    @Test
    void acknowledgesNothingBeforeTheStoreReturns() throws Exception {
        try (BoxClient box = new BoxClient(server.address())) {
            box.open("finish", A);
            store.block();
            box.send(BoxClient.reads(A, 1, 2));
            store.awaitBlocked();
            box.send(BoxClient.reads(A, 3, 4));
            box.send(BoxClient.reads(A, 5, 6));
            // The loop answers in order: an acknowledgement sent before would have come before the Pong.
            box.send(new Ping(1, 0));
            assertThat(box.expect(Pong.class).id()).isEqualTo(1);
            int calls = store.calls();
            store.release();
            box.expectAcks(A, SeqRanges.of(1, 6));
            assertThat(store.calls()).as("what waited goes in one call").isEqualTo(calls + 1);
        }
        assertHolds(A, 1, 6);
    }

    @Test
    void aNewerSessionWaitsForTheOldersStoreCall() throws Exception {
        try (BoxClient older = new BoxClient(server.address());
                BoxClient newer = new BoxClient(server.address())) {
            older.open("finish", A);
            store.block();
            older.send(BoxClient.reads(A, 1, 5));
            store.awaitBlocked();
            older.send(BoxClient.reads(A, 6, 7));
            older.send(new Ping(1, 0));
            older.expect(Pong.class);

            newer.send(BoxClient.hello("finish", A));
            assertThat(older.expect(Refuse.class).reason()).isEqualTo(Reason.SUPERSEDED);
            newer.send(new Ping(2, 0));
            assertThat(newer.expect(Pong.class).id()).as("no Welcome yet").isEqualTo(2);

            store.release();
            assertThat(newer.expect(Welcome.class).journals())
                    .as("what the older one stored, not what waited behind it")
                    .containsExactly(new JournalHeld(A, SeqRanges.of(1, 5), 0));
            older.expectClosed();
            newer.send(BoxClient.reads(A, 6, 8));
            newer.expectAcks(A, SeqRanges.of(6, 8));
        }
        assertHolds(A, 1, 8);
        assertThat(store.overlapped()).isFalse();
    }

    @Test
    void aStoreThatFailsIsAskedAgainOnReconnect() throws Exception {
        try (BoxClient box = new BoxClient(server.address())) {
            box.open("finish", A);
            box.send(BoxClient.reads(A, 1, 5));
            box.expectAcks(A, SeqRanges.of(1, 5));
            store.failWith(new IOException("disk full"));
            box.send(BoxClient.reads(A, 6, 9));
            Refuse refuse = box.expect(Refuse.class);
            assertThat(refuse.reason()).isEqualTo(Reason.STORE);
            box.expectClosed();
        }
        store.failWith(null);
        try (BoxClient box = new BoxClient(server.address())) {
            assertThat(box.open("finish", A).journals()).containsExactly(new JournalHeld(A, SeqRanges.of(1, 5), 0));
            box.send(BoxClient.reads(A, 6, 9));
            box.expectAcks(A, SeqRanges.of(6, 9));
        }
        assertHolds(A, 1, 9);
        assertThat(server.counters().storeFailures()).isEqualTo(1);
    }

    @Test
    void aFailedCallOfTheOlderSessionDoesNotHarmTheNewer() throws Exception {
        try (BoxClient older = new BoxClient(server.address());
                BoxClient newer = new BoxClient(server.address())) {
            older.open("finish", A);
            store.block();
            // The ledger has changed, though the call failed: only the store knows, so it must be asked again.
            store.failAfterCommit(true);
            older.send(BoxClient.reads(A, 1, 5));
            store.awaitBlocked();
            newer.send(BoxClient.hello("finish", A));
            assertThat(older.expect(Refuse.class).reason()).isEqualTo(Reason.SUPERSEDED);
            store.release();
            assertThat(newer.expect(Welcome.class).journals())
                    .containsExactly(new JournalHeld(A, SeqRanges.of(1, 5), 0));
            store.failAfterCommit(false);
            newer.send(BoxClient.reads(A, 4, 6));
            newer.expectAcks(A, SeqRanges.of(4, 6));
        }
        assertHolds(A, 1, 6);
    }

    @Test
    void asksAgainForWhatTheBoxHas() throws Exception {
        try (BoxClient box = new BoxClient(server.address())) {
            box.send(new Hello(
                    1, 1, "finish", "t", List.of(), "", BoxClient.BOOT, false, List.of(new JournalSummary(A, 3, 8))));
            box.expect(Welcome.class);
            box.send(BoxClient.reads(A, 3, 10));
            box.expectAcks(A, SeqRanges.of(3, 10));

            var asked = server.resend(A, SeqRanges.of(1, 4).plus(10, 20));

            assertThat(box.expect(Resend.class))
                    .isEqualTo(new Resend(A, SeqRanges.of(3, 4).plus(10, 10)));
            assertThat(asked.get(20, TimeUnit.SECONDS)).hasToString("3-4,10");
            assertThat(store.events(A)).containsOnlyKeys(5L, 6L, 7L, 8L, 9L);
            box.send(BoxClient.reads(A, 3, 10));
            box.expectAcks(A, SeqRanges.of(3, 10));
        }
        assertHolds(A, 3, 10);
        assertThat(server.resend(B, SeqRanges.of(1, 1))).failsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void beepsTheBoxOfThatName() throws Exception {
        try (BoxClient one = new BoxClient(server.address());
                BoxClient two = new BoxClient(server.address())) {
            one.open("start", A);
            two.open("finish", B);
            assertThat(server.beep("finish", 3).get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(two.expect(Beep.class)).isEqualTo(new Beep(3));
            assertThat(server.beep("nowhere", 3).get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    private void assertHolds(JournalId journal, long first, long last) {
        assertThat(store.held(journal)).isEqualTo(SeqRanges.of(first, last));
        assertThat(store.events(journal).keySet())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, last).boxed().toList());
        store.events(journal).forEach((seq, event) -> assertThat(event).isEqualTo(BoxClient.read(seq)));
    }
}

package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.journal.JournalStatus;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

@Timeout(60)
class DiskWatchTest {
    private static final UUID BOOT = new UUID(1, 2);
    private static final Stamp STAMP = new Stamp(BOOT, 1, 1, 1, 1);
    private static final Event.TagRead READ = new Event.TagRead(
            STAMP,
            new Source("mat", "finish", Source.Line.MAIN),
            1,
            new Chip("00FF"),
            OptionalInt.empty(),
            ReaderTime.NONE,
            1,
            1);

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private boolean deaf;
    private JournalStatus status = free(5_000_000_000L, false);
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        journal = Journal.open(new Journal.Opening(directory, "box", BOOT, "machine", 1, Duration.ZERO));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void readsThatFindNoRoomAreCountedBeforeAllThatWaits() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Event> committed = fill(go);
        assertThat(journal.offer(READ)).isFalse();
        DiskWatch watch = watch();
        watch.look();
        watch.look();
        assertThat(told).as("once for each count").containsExactly("lost {mat=2}");
        assertThat(journal.offer(READ)).isFalse();
        watch.look();
        go.countDown();
        journal.close();
        assertLosses(committed, 2, 3);
        assertThat(committed).hasSize(1 + 2 + 50_000);
    }

    @Test
    void whatFoundNoRoomSinceTheLastLookIsCountedAtTheEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Event> committed = fill(go);
        DiskWatch watch = watch();
        watch.look();
        assertThat(journal.offer(READ)).isFalse();
        assertThat(journal.offer(READ)).isFalse();
        watch.close();
        go.countDown();
        journal.close();
        assertLosses(committed, 1, 3);
    }

    @Test
    void whatIsToldIsNotToldAgainAtTheEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Event> committed = fill(go);
        DiskWatch watch = watch();
        watch.look();
        watch.close();
        go.countDown();
        journal.close();
        assertLosses(committed, 1);
    }

    /** Has a first read committed, and then nothing until {@code go}; one more read than there is room for is offered. */
    private List<Event> fill(CountDownLatch go) throws InterruptedException {
        List<Event> committed = new ArrayList<>();
        CountDownLatch stalled = new CountDownLatch(1);
        journal.subscribe((id, run) -> {
            run.forEach(entry -> committed.add(entry.event()));
            stalled.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        journal.offer(READ);
        stalled.await();
        while (journal.offer(READ)) {}
        return committed;
    }

    private static void assertLosses(List<Event> committed, long... counts) {
        assertThat(committed)
                .filteredOn(Event.BoxState.class::isInstance)
                .extracting(event -> ((Event.BoxState) event).readsLost().get("mat"))
                .containsExactly(Arrays.stream(counts).boxed().toArray(Long[]::new));
        assertThat(committed.subList(1, 1 + counts.length))
                .as("before all that waits")
                .allMatch(Event.BoxState.class::isInstance);
    }

    @Test
    void whileNothingCanBeCommittedCountsComeEverMoreSeldom() {
        // Once told that the journal is stuck, which a listener to commits cannot bring about.
        LossCounter counter = new LossCounter();
        List<Integer> looks = new ArrayList<>();
        for (int look = 0; look < 1_000; look++) {
            if (counter.due(look + 1, true)) {
                counter.told();
                looks.add(look);
            }
        }
        assertThat(looks).startsWith(0, 2, 6).hasSizeLessThan(10);
        assertThat(counter.due(1_001, false)).as("the rest, when all is well").isTrue();
        counter.told();
        assertThat(counter.due(1_001, false)).isFalse();
        assertThat(counter.due(1_002, true)).as("at once when it begins again").isTrue();
    }

    @Test
    void roomIsToldWhenItGetsWorseAndWhenThereIsPlentyAgain() {
        DiskWatch watch = watch();
        for (long free : new long[] {5_000, 900, 800, 50, 60, 900, 1_050, 2_000, 2_000, 90}) {
            status = free(free * 1_000_000, false);
            watch.look();
        }
        assertThat(told)
                .containsExactly(
                        "DISK_LOW 900 MB free", "DISK_LOW 50 MB free", "DISK_OK 2,000 MB free", "DISK_LOW 90 MB free");
        status = free(2_000_000_000L, false);
        watch.look();
        status = free(2_000_000_000L, true);
        watch.look();
        assertThat(told.getLast())
                .isEqualTo("DISK_LOW 2,000 MB free, the database cannot grow, 50 % of the reserve are left");
    }

    @Test
    void whatCouldNotBeToldIsToldLater() throws Exception {
        DiskWatch watch = watch();
        journal.beginAnew("on purpose");
        journal.offer(READ);
        while (journal.notice().isEmpty()) {
            Thread.sleep(5);
        }
        deaf = true;
        watch.look();
        assertThat(told).isEmpty();
        deaf = false;
        status = free(1, false);
        watch.look();
        watch.look();
        assertThat(told).containsExactly("JOURNAL_BEGUN on purpose", "DISK_LOW 0 MB free");
    }

    private DiskWatch watch() {
        return new DiskWatch(
                journal,
                () -> status,
                (condition, detail) -> !deaf && told.add(condition + " " + detail),
                (detail, reads) -> told.add("lost " + reads)
                        && journal.offerAhead(new Event.BoxState(
                                STAMP, BoxCondition.READS_LOST, "box", "test", false, detail, reads)));
    }

    private static JournalStatus free(long bytes, boolean inReserve) {
        return new JournalStatus(
                new JournalId(1, 1),
                0,
                0,
                Optional.empty(),
                OptionalLong.of(bytes),
                new JournalStatus.Care(true, inReserve, 0.5, false, 0, true));
    }
}

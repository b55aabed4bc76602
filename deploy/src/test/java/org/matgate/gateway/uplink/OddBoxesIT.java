package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.receiver.Notice;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** Boxes and engines that are not what they were: real journals, sockets and stores. */
@Timeout(120)
final class OddBoxesIT {
    private static final long LAST_MONTH = 1_700_000_000_000_000_000L;
    private static final long TODAY = 1_702_500_000_000_000_000L;
    private static final UUID BOOT = new UUID(1, 1);
    private static final UUID OTHER_BOOT = new UUID(2, 2);

    @TempDir
    private Path directory;

    @Test
    void aBoxThatWasSwappedAndOneThatBeganAnew() throws Exception {
        try (RealEngine engine = engine("engine.db", 0, 0)) {
            JournalId first = deliver(engine, "a", BOOT, "machine a", 10);
            assertThat(deliver(engine, "a", BOOT, "machine a", 5)).isEqualTo(first);
            assertThat(engine.notices).as("a box that comes back").isEmpty();

            JournalId second = deliver(engine, "a", OTHER_BOOT, "machine a2", 5);
            assertThat(second).isNotEqualTo(first);
            assertThat(noticed(engine)).isEqualTo(Notice.Kind.JOURNAL_BEGUN);

            JournalId swapped = deliver(engine, "b", OTHER_BOOT, "machine b", 7);
            assertThat(noticed(engine)).isEqualTo(Notice.Kind.BOX_SWAPPED);
            assertThat(engine.held(first)).hasToString("1-15");
            assertThat(engine.held(second)).hasToString("1-5");
            assertThat(engine.held(swapped)).hasToString("1-7");
        }
    }

    private JournalId deliver(RealEngine engine, String disk, UUID boot, String machine, int reads) throws Exception {
        try (RealBox box = new RealBox(directory.resolve(disk), "finish", boot, machine);
                Uplink uplink = box.dial("e", engine.address())) {
            box.reads(reads, TODAY);
            RealBox.await(
                    uplink,
                    status -> status.journals().stream()
                            .anyMatch(each -> each.journal().equals(box.journal()) && each.acknowledged() >= reads));
            assertThat(uplink.awaitDelivered(RealBox.PATIENCE)).isTrue();
            return box.journal();
        }
    }

    private static void delivered(RealBox box, Uplink uplink, long lastSeq) throws InterruptedException {
        RealBox.await(
                uplink,
                status -> status.journals().stream()
                        .anyMatch(each -> each.journal().equals(box.journal()) && each.acknowledged() == lastSeq));
    }

    @Test
    void twoBoxesOfOneName() throws Exception {
        try (RealEngine engine = engine("engine.db", 0, 0);
                RealBox one = new RealBox(directory.resolve("a"), "finish", BOOT, "a");
                RealBox two = new RealBox(directory.resolve("b"), "finish", OTHER_BOOT, "b");
                Uplink first = one.dial("e", engine.address())) {
            one.reads(3, TODAY);
            delivered(one, first, 3);
            try (Uplink second = two.dial("e", engine.address())) {
                two.reads(4, TODAY);
                delivered(two, second, 4);
                one.reads(5, TODAY);
                delivered(one, first, 8);
                assertThat(noticed(engine)).isEqualTo(Notice.Kind.ONE_NAME_TWICE);
                assertThat(engine.held(one.journal())).hasToString("1-8");
                assertThat(engine.held(two.journal())).hasToString("1-4");
            }
        }
    }

    @Test
    void aCardThatWasCopiedAndOneThatIsOlder() throws Exception {
        try (RealEngine engine = engine("engine.db", 0, 0)) {
            JournalId journal = deliver(engine, "a", BOOT, "machine a", 10);
            copy(directory.resolve("a"), directory.resolve("copy"));
            copy(directory.resolve("a"), directory.resolve("older"));
            try (RealBox original = new RealBox(directory.resolve("a"), "finish", BOOT, "machine a");
                    RealBox copied = new RealBox(directory.resolve("copy"), "finish", OTHER_BOOT, "machine b");
                    Uplink first = original.dial("e", engine.address())) {
                assertThat(original.journal()).isEqualTo(journal);
                original.reads(5, TODAY);
                delivered(original, first, 15);
                try (Uplink second = copied.dial("e", engine.address())) {
                    copied.reads(6, TODAY);
                    delivered(copied, second, 6);
                    assertThat(RealBox.await(first, status -> !status.connected())
                                    .lastError())
                            .contains("refused: SUPERSEDED", "took over");
                    // What the original does by itself half a minute later.
                    try (Uplink again = original.dial("e", engine.address())) {
                        original.reads(2, TODAY);
                        delivered(original, again, 17);
                        assertThat(noticed(engine, Notice.Kind.CLONED).text())
                                .contains(journal.toString(), "copy of the other's disk");
                    }
                }
                assertThat(engine.held(journal)).hasToString("1-17");
                assertThat(engine.held(copied.journal())).hasToString("1-6");
            }
            try (RealBox older = new RealBox(directory.resolve("older"), "finish", BOOT, "machine a");
                    Uplink uplink = older.dial("e", engine.address())) {
                older.reads(1, TODAY);
                RealBox.await(uplink, status -> status.journals().stream().anyMatch(each -> each.engineAhead()));
                assertThat(noticed(engine, Notice.Kind.BOX_BEHIND).text()).contains("17 here");
                assertThat(engine.held(journal)).as("nothing is written over").hasToString("1-17");
            }
        }
    }

    @Test
    void anEngineThatWasReinstalledEmptyIsToldAndGetsWhatItWants() throws Exception {
        RealEngine engine = engine("engine.db", 0, 0);
        int port = engine.address().getPort();
        try (RealBox box = new RealBox(directory.resolve("a"), "finish", BOOT, "a");
                Uplink uplink = box.dial("e", engine.address())) {
            box.reads(2500, LAST_MONTH);
            delivered(box, uplink, 2500);
            engine.close();
            try (RealEngine empty = engine("empty.db", port, TODAY)) {
                box.reads(40, TODAY);
                UplinkStatus status = RealBox.await(
                        uplink,
                        now -> now.connected() && now.journals().getFirst().acknowledged() == 40 && now.lacking() == 0);
                assertThat(status.journals().getFirst().waived()).isEqualTo(2500);
                assertThat(status.notice()).contains("no longer has 2500 events", "seq 1-2500");
                assertThat(empty.held(box.journal())).hasToString("2501-2540");

                // Asked for by name it comes, however old it is.
                empty.store.forget(new org.matgate.protocol.receiver.LedgerDelta(
                        box.journal(), SeqRanges.of(2501, 2540), SeqRanges.of(2511, 2540)));
            }
            try (RealEngine again = engine("empty.db", port, TODAY)) {
                RealBox.await(
                        uplink,
                        now -> now.connected() && now.journals().getFirst().acknowledged() == 40);
                assertThat(again.server
                                .resend(box.journal(), TODAY, TODAY + 5 * 20_000_000L)
                                .get(60, TimeUnit.SECONDS))
                        .as("of the first tenth of a second")
                        .isEqualTo(SeqRanges.of(2501, 2505));
                while (!again.held(box.journal()).equals(SeqRanges.of(2501, 2540))) {
                    Thread.sleep(10);
                }
            }
        }
    }

    private RealEngine engine(String file, int port, long since) throws IOException {
        return new RealEngine(directory.resolve(file), port, since);
    }

    private static Notice.Kind noticed(RealEngine engine) throws InterruptedException {
        Notice notice = engine.notices.poll(60, TimeUnit.SECONDS);
        assertThat(notice).isNotNull();
        return notice.kind();
    }

    private static Notice noticed(RealEngine engine, Notice.Kind kind) throws InterruptedException {
        Notice notice = engine.notices.poll(60, TimeUnit.SECONDS);
        while (notice != null && notice.kind() != kind) {
            notice = engine.notices.poll(60, TimeUnit.SECONDS);
        }
        assertThat(notice).isNotNull();
        return notice;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }
}

package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** A disk that is full, fails or is read-only for a while, under a real process. */
@Timeout(180)
class DiskFailureTest {
    @TempDir
    Path scratch;

    @TempDir
    Path data;

    private long offered;

    @Test
    void onAFullDiskTheReserveIsUsedAndWhenThereIsRoomAllGoesOn() throws Exception {
        try (FaultyDisk disk = disk()) {
            FaultyDisk.Answer answer = offerUntilReserved(disk, 100);
            disk.fail('F');
            long before = answer.told();
            while (!answer.inReserve()) {
                // One after the other: what waits when the reserve begins may be more than it has room for.
                offer(disk, 200);
                answer = disk.await(offered);
                assertThat(answer.trouble()).isEqualTo("-");
            }
            long inReserve = offered;
            offer(disk, 200);
            answer = disk.await(offered);
            assertThat(answer.trouble()).as("commits go on in the reserve").isEqualTo("-");
            assertThat(answer.told()).isGreaterThan(inReserve).isGreaterThan(before);
            while (answer.trouble().equals("-")) {
                // As many as the intake surely takes while the reserve, at a commit a second, comes to its end.
                answer = offer(disk, offered - answer.told() < 20_000 ? 1_000 : 0);
                Thread.sleep(20);
            }
            assertThat(answer.trouble()).contains("full");
            disk.fail('-');
            disk.awaitWell(offered);
            while (disk.offer(0).inReserve()) {
                Thread.sleep(20);
            }
        }
        assertAllThere();
    }

    @Test
    void whatIsLostBeyondTheReserveIsCountedOnTheFullDiskAndAStartThereKeepsIt() throws Exception {
        long committed;
        try (FaultyDisk disk = disk()) {
            FaultyDisk.Answer answer = offerUntilReserved(disk, 100);
            disk.fail('F');
            while (answer.trouble().equals("-")) {
                // Towards the end little at a time, which would find room in what is kept.
                answer = offer(disk, answer.inReserve() && answer.reserveLeft() < 0.35 ? 20 : 400);
                while (answer.told() < offered && answer.trouble().equals("-")) {
                    Thread.sleep(10);
                    answer = disk.offer(0);
                }
            }
            committed = disk.offer(0).told();
            for (int lost = 0; lost < 3; lost++) {
                disk.lose(500);
                assertThat(disk.await(committed + lost + 1).told())
                        .as("nothing but the count is committed")
                        .isEqualTo(committed + lost + 1);
            }
        }
        for (int start = 0; start < 2; start++) {
            // In another boot: a power cut, with the disk still full.
            try (FaultyDisk disk = disk(UUID.randomUUID(), 'F')) {
                int here = 10;
                FaultyDisk.Answer answer = disk.offer(here);
                while (answer.trouble().equals("-") || !answer.inReserve()) {
                    // What is left beside what is kept takes small commits.
                    here += 100;
                    answer = disk.offer(100);
                }
                assertThat(answer.trouble()).contains("full");
                if (start == 1) {
                    disk.fail('-');
                    disk.awaitWell(here);
                }
            }
        }
        try (Journal journal = open()) {
            List<JournalSummary> journals = journal.journals();
            assertThat(journals).as("one a boot, and this one's").hasSize(4);
            JournalId first = journals.stream()
                    .max(Comparator.comparingLong(JournalSummary::lastSeq))
                    .orElseThrow()
                    .id();
            List<Entry> all = journal.read(first, 1, Schema.MAX_SEQ, 1_000_000);
            assertThat(all).hasSize((int) committed + 3);
            for (Entry entry : all.subList(0, (int) committed)) {
                assertThat(entry.event()).isEqualTo(SampleEvents.read(entry.seq() - 1));
            }
            assertThat(all.subList((int) committed, all.size()))
                    .extracting(entry -> ((Event.BoxState) entry.event()).readsLost())
                    .containsExactly(Map.of("finish-a", 500L), Map.of("finish-a", 1_000L), Map.of("finish-a", 1_500L));
        }
    }

    @Test
    void aStartAfterACleanStopFindsTheReserveAndNeedsNoRoomAtAll() throws Exception {
        try (FaultyDisk disk = disk()) {
            offerUntilReserved(disk, 100);
            disk.await(offered);
            disk.stop();
        }
        for (int start = 0; start < 2; start++) {
            try (FaultyDisk disk = disk(SampleEvents.BOOT, 'F')) {
                disk.offer(50);
                offered += 50;
                FaultyDisk.Answer answer = disk.await(offered);
                assertThat(answer.reserved()).isTrue();
                assertThat(answer.trouble()).isEqualTo("-");
                disk.stop();
            }
        }
        try (Journal journal = open()) {
            assertThat(journal.journals()).as("each stop was a clean one").hasSize(1);
            assertThat(journal.read(journal.id(), 1, Schema.MAX_SEQ, (int) offered + 1))
                    .hasSize((int) offered);
        }
    }

    @Test
    void onAFullDiskAJournalIsDeletedOrLeftAsItIs() throws Exception {
        try (FaultyDisk disk = disk()) {
            offerUntilReserved(disk, 3_000);
            disk.await(offered);
        }
        try (FaultyDisk disk = disk(UUID.randomUUID(), '-')) {
            disk.offer(20);
            disk.await(20);
            disk.stop();
        }
        String first = first().id().toString();
        Path log = data.resolve("journal.db-wal");
        Path room = Files.move(log, scratch.resolve("room"));
        assertThat(delete(first))
                .startsWith("1: ")
                .contains("not deleted, or not all of it", "the disk is full", "give the same command again");
        assertThat(first().events()).isEqualTo(offered);
        Files.move(room, log, StandardCopyOption.REPLACE_EXISTING);
        assertThat(delete(first)).startsWith("0: ").contains("OK: journal " + first + " is deleted");
        assertThat(first().events()).isEqualTo(20);
        assertThat(JournalVerify.verify(data, unused -> {}).findings()).isEmpty();
    }

    private String delete(String journal) throws Exception {
        String[] command = {"journal", "delete", journal, "--yes", "--force", "--data", data.toString()};
        return FaultyDisk.onAFullDisk(FaultyDisk.library(scratch), scratch, data, command);
    }

    /** The oldest journal. */
    private JournalRow first() throws Exception {
        try (JournalFile file = JournalFile.open(data)) {
            return file.journals().getFirst();
        }
    }

    @Test
    void aDatabaseThatIsPutInThePlaceOfAnotherDoesNotFindItsLog() throws Exception {
        JournalId first = write(20);
        Path kept = scratch.resolve("kept.db");
        Files.move(data.resolve("journal.db"), kept);
        JournalId second = write(400);
        assertThat(data.resolve("journal.db-wal")).isNotEmptyFile();
        Files.copy(kept, data.resolve("journal.db"), StandardCopyOption.REPLACE_EXISTING);
        try (Journal journal = open()) {
            assertThat(journal.id()).isEqualTo(first).isNotEqualTo(second);
            assertThat(journal.read(first, 1, Schema.MAX_SEQ, 1_000)).hasSize(20);
        }
        assertThat(JournalVerify.verify(data, unused -> {}).findings()).isEmpty();
    }

    private JournalId write(int reads) throws Exception {
        try (Journal journal = open()) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            for (int i = 0; i < reads; i++) {
                journal.offer(SampleEvents.read(i));
            }
            commits.await(reads);
            return journal.id();
        }
    }

    @Test
    void anErrorOfTheDiskIsOutlasted() throws Exception {
        outlast('E');
    }

    @Test
    void aReadOnlyDiskIsOutlasted() throws Exception {
        outlast('R');
    }

    @Test
    void aFullDiskThatFailsAsWellIsOutlasted() throws Exception {
        try (FaultyDisk disk = disk()) {
            FaultyDisk.Answer answer = offerUntilReserved(disk, 100);
            disk.fail('F');
            while (!answer.inReserve()) {
                offer(disk, 200);
                answer = disk.await(offered);
            }
            for (char failure : new char[] {'E', 'R'}) {
                disk.fail(failure);
                answer = offer(disk, 20);
                while (answer.trouble().equals("-")) {
                    answer = offer(disk, 10);
                }
                disk.fail('F');
                answer = disk.await(offered);
                assertThat(answer.trouble()).as("on in the reserve").isEqualTo("-");
            }
            disk.fail('-');
            offer(disk, 10);
            disk.await(offered);
        }
        assertAllThere();
    }

    private void outlast(char failure) throws Exception {
        try (FaultyDisk disk = disk()) {
            for (int i = 0; i < 3; i++) {
                offer(disk, 500);
                disk.await(offered);
                disk.fail(failure);
                FaultyDisk.Answer answer = offer(disk, 500);
                while (answer.trouble().equals("-")) {
                    answer = offer(disk, 10);
                }
                disk.fail('-');
                disk.awaitWell(offered);
            }
        }
        assertAllThere();
    }

    private FaultyDisk disk() throws Exception {
        return disk(SampleEvents.BOOT, '-');
    }

    private FaultyDisk disk(UUID boot, char how) throws Exception {
        return new FaultyDisk(FaultyDisk.library(scratch), scratch, data, true, boot, how);
    }

    private Journal open() throws Exception {
        return Journal.open(
                new Journal.Opening(data, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO, 1_000_000, true));
    }

    private FaultyDisk.Answer offer(FaultyDisk disk, int reads) throws Exception {
        offered += reads;
        return disk.offer(reads);
    }

    /** So many reads, and more until room is kept for the day on which the disk is full. */
    private FaultyDisk.Answer offerUntilReserved(FaultyDisk disk, int reads) throws Exception {
        FaultyDisk.Answer answer = offer(disk, reads);
        while (!answer.reserved()) {
            answer = offer(disk, 40);
        }
        return answer;
    }

    /** In one journal, each once, as the process was killed in the boot that this is. */
    private void assertAllThere() throws Exception {
        List<String> told = Files.readAllLines(data.resolve("told"));
        assertThat(told.getLast()).endsWith(" " + offered);
        try (Journal journal = open()) {
            assertThat(told.getLast()).startsWith(journal.id().toString());
            List<Entry> all = journal.read(journal.id(), 1, Schema.MAX_SEQ, 1_000_000);
            assertThat(all).hasSize((int) offered);
            for (Entry entry : all) {
                assertThat(entry.event()).isEqualTo(SampleEvents.read(entry.seq() - 1));
            }
        }
    }
}

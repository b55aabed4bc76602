package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;

/**
 * The power fails at instants of a real process's life. The system property {@code cuts} says at how many; more than in a
 * build: {@code gateway/powercuts}.
 */
@Timeout(300)
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("cuts", 12);
    private static final int ROUNDS = 100;
    private static final int READS = 150;

    @TempDir
    Path scratch;

    /** What became of one cut. */
    private record Outcome(long told, long missing) {}

    @Test
    void whatWasToldIsThereAfterEveryCut() throws Exception {
        Random random = new Random(SampleEvents.seed());
        List<FaultyDisk.Step> steps = life(true);
        long told = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            Outcome outcome = cut(steps, random, 0);
            assertThat(outcome.missing).as("missing after cut %d", cut).isZero();
            told += outcome.told;
        }
        assertThat(told).as("the cuts came after something had been told").isPositive();
    }

    @Test
    void withoutForcedCommitsSomethingIsMissing() throws Exception {
        Random random = new Random(SampleEvents.seed());
        List<FaultyDisk.Step> steps = life(false);
        long missing = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            missing += cut(steps, random, 0).missing;
        }
        assertThat(missing).as("else these tests test nothing").isPositive();
    }

    @Test
    void aDiskThatLiesCannotHaveANumberUsedTwice() throws Exception {
        Random random = new Random(SampleEvents.seed());
        List<FaultyDisk.Step> steps = life(true);
        long missing = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            missing += cut(steps, random, 0.5).missing;
        }
        assertThat(missing).as("the disk lied").isPositive();
    }

    private List<FaultyDisk.Step> life(boolean forced) throws Exception {
        Path data = Files.createTempDirectory(scratch, "data");
        Path library = FaultyDisk.library(scratch);
        try (FaultyDisk disk = new FaultyDisk(library, scratch, data, forced, SampleEvents.BOOT)) {
            for (int round = 0; round < ROUNDS; round++) {
                disk.offer(READS);
            }
            disk.await((long) ROUNDS * READS);
            return disk.steps();
        }
    }

    /** Cuts the power somewhere, opens what is left in another boot, and accounts for all that was told. */
    private Outcome cut(List<FaultyDisk.Step> steps, Random random, double lies) throws Exception {
        int from = 0;
        while (!steps.get(from).file().equals("told")) {
            from++;
        }
        List<FaultyDisk.Step> before = steps.subList(0, from + random.nextInt(steps.size() - from));
        Wreck wreck = new Wreck(random, lies).play(before);
        Path data = Files.createTempDirectory(scratch, "wreck");
        wreck.write(data);
        long last = 0;
        JournalId old = new JournalId(0, 0);
        for (String line : wreck.told()) {
            old = JournalId.parse(line.substring(0, 32));
            last = Long.parseLong(line.substring(33));
        }
        try (Journal journal = Journal.open(new Journal.Opening(
                data, "box", SampleEvents.OTHER_BOOT, "machine", 1, Duration.ZERO, 1_000_000, true))) {
            assertThat(journal.id())
                    .as("no number that was told is given again")
                    .isNotEqualTo(old);
            while (journal.status().care().salvaging()) {
                Thread.sleep(5);
            }
            long there = 0;
            for (Entry entry : all(journal, old)) {
                assertThat(entry.event()).isEqualTo(SampleEvents.read(entry.seq() - 1));
                there += entry.seq() <= last ? 1 : 0;
            }
            Commits commits = new Commits();
            journal.subscribe(commits);
            journal.offer(SampleEvents.read(-7));
            assertThat(Commits.seqs(commits.await(1))).containsExactly(1L);
            return new Outcome(last, last - there);
        }
    }

    private static List<Entry> all(Journal journal, JournalId id) throws IOException {
        List<Entry> all = new ArrayList<>();
        for (long next = 1, last = -1; next != last; ) {
            last = next;
            List<Entry> page = journal.read(id, next, Schema.MAX_SEQ, 4096);
            all.addAll(page);
            next = page.isEmpty() ? next : page.getLast().seq() + 1;
        }
        return all;
    }
}

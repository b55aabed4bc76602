package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;

/** A real process that dies at any moment. */
@Timeout(120)
class JournalKillTest {
    private static final int LIVES = 3;
    private static final Pattern COMMITTED = Pattern.compile("^(\\d+)\\R", Pattern.MULTILINE);

    @TempDir
    Path directory;

    @TempDir
    Path scratch;

    @Test
    void whatWasToldIsThereAndNoSeqIsUsedTwice() throws Exception {
        Random random = new Random(SampleEvents.seed());
        JournalId id;
        try (Journal journal = open()) {
            id = journal.id();
        }
        long last = 0;
        for (int life = 0; life < LIVES; life++) {
            List<Long> told = liveAndDie(100 + random.nextInt(8_000), random.nextInt(30));
            assertThat(told.getFirst()).as("seqs go on").isEqualTo(last + 1);
            try (Journal journal = open()) {
                assertThat(journal.continued()).isTrue();
                assertThat(journal.id()).isEqualTo(id);
                List<Entry> stored = journal.read(id, last + 1, Long.MAX_VALUE, 1_000_000);
                assertThat(Commits.seqs(stored)).as("all that was told").startsWith(told.toArray(Long[]::new));
                assertThat(journal.lastHeardMonotonicNanos(SampleEvents.FINISH.reader()))
                        .hasValue(stored.getLast().event().stamp().monotonicNanos());
                for (Entry entry : stored) {
                    Event expected = SampleEvents.read(entry.seq() - last - 1);
                    assertThat(entry).as("without a gap").isEqualTo(new Entry(entry.seq(), expected));
                }
                last += stored.size();
            }
        }
    }

    /** The seqs that the child told before it was killed, after at least so many and some milliseconds more. */
    private List<Long> liveAndDie(int atLeast, int millis) throws IOException, InterruptedException {
        Process child = JournalChild.start(scratch, directory, SampleEvents.BOOT);
        StringBuilder output = new StringBuilder();
        try {
            byte[] buffer = new byte[8192];
            for (int n = 0, lines = 0; n >= 0 && lines < atLeast; ) {
                n = child.getInputStream().read(buffer);
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                    output.append((char) buffer[i]);
                }
            }
            Thread.sleep(millis);
        } finally {
            // Unlike the method of Process this one leaves the output open to be read to its end.
            child.toHandle().destroyForcibly();
        }
        output.append(new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        child.waitFor();
        List<Long> told = new ArrayList<>();
        Matcher line = COMMITTED.matcher(output);
        while (line.find()) {
            told.add(Long.valueOf(line.group(1)));
        }
        assertThat(told)
                .as("the child's output: %s", output.substring(0, Math.min(500, output.length())))
                .hasSizeGreaterThanOrEqualTo(atLeast);
        return told;
    }

    private Journal open() throws IOException {
        return Journal.open(new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO));
    }
}

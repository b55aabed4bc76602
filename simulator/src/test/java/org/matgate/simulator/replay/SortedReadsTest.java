package org.matgate.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;

class SortedReadsTest {
    private final List<Integer> bad = new ArrayList<>();

    private List<Long> sorted(LongStream times) throws IOException {
        Iterator<Long> all = times.iterator();
        List<Long> given = new ArrayList<>();
        try (SortedReads reads = new SortedReads(
                new Reads() {
                    private int line;

                    @Override
                    public Optional<RecordedRead> next() {
                        line++;
                        return all.hasNext()
                                ? Optional.of(new RecordedRead(line, all.next(), new Chip("ABCD"), 1, -5500, "", ""))
                                : Optional.empty();
                    }

                    @Override
                    public TimeForm form() {
                        return TimeForm.SECONDS;
                    }

                    @Override
                    public void close() {}
                },
                (place, what) -> bad.add(place.line()))) {
            for (Optional<RecordedRead> read = reads.next(); read.isPresent(); read = reads.next()) {
                given.add(read.get().nanos());
            }
        }
        return given;
    }

    @Test
    void whatAReaderHeldBackComesInItsPlace() throws IOException {
        long seed = 42;
        Random random = new Random(seed);
        // None stands more rows below its place than there are in 500 of these steps.
        long[] times = random.longs(3 * SortedReads.MOST_BELOW, 0, 500).toArray();
        for (int i = 0; i < times.length; i++) {
            times[i] += i / 100;
        }
        assertThat(sorted(LongStream.of(times)))
                .as("seed %d", seed)
                .hasSize(times.length)
                .isSorted();
        assertThat(bad).isEmpty();
    }

    @Test
    void whatStandsTooFarBelowIsNoSecret() throws IOException {
        int most = SortedReads.MOST_BELOW;
        assertThat(sorted(LongStream.concat(LongStream.range(1, most + 4), LongStream.of(2))))
                .hasSize(most + 3)
                .isSorted();
        assertThat(bad).containsExactly(most + 4);
        bad.clear();
        assertThat(sorted(LongStream.concat(LongStream.range(1, most + 1), LongStream.of(0))))
                .hasSize(most + 1)
                .startsWith(0L, 1L);
        assertThat(bad).isEmpty();
    }
}

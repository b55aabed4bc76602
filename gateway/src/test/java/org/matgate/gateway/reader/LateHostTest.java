package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.protocol.Chip;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.r2000.R2000Tag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Source;

/** A module without a clock, and a host that comes late to look: the truth lies within what is stated of each read. */
@Timeout(60)
class LateHostTest {
    private static final long MILLI = 1_000_000L;
    private static final long NANOS_PER_BYTE = 86_805;
    private static final int READS = 20_000;
    private static final int STALLED_ONCE_IN = 60_000;

    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final ManualClock clock = new ManualClock();
    private final List<Long> truths = new ArrayList<>();
    private final List<Long> errors = new ArrayList<>();
    private final List<Long> stated = new ArrayList<>();
    private int lateOnceIn = 10_000;

    LateHostTest() {
        System.out.println("LateHostTest -Dseed=" + seed);
    }

    /** What a line carries, and a host that looks at it. */
    private final class Line implements ReaderLink {
        private final long nanosPerByte;
        private final long looksEveryNanos;
        private final Deque<Long> arrivals = new ArrayDeque<>();
        private final Deque<Byte> bytes = new ArrayDeque<>();
        private long busyUntil;

        Line(long nanosPerByte, long looksEveryNanos) {
            this.nanosPerByte = nanosPerByte;
            this.looksEveryNanos = looksEveryNanos;
        }

        /** The module sees a chip and says so when its line is free; the way takes that long. */
        void sees(long truth, long wayNanos) {
            byte[] frame = R2000Tag.encode(
                    1,
                    0x8A,
                    new TagReport(
                            new Chip("3008%08X".formatted(truths.size()) + "000000000000"),
                            1,
                            OptionalInt.of(-6_000),
                            ReaderTime.NONE,
                            1),
                    0,
                    OptionalInt.empty());
            truths.add(truth);
            long at = Math.max(busyUntil, truth + wayNanos);
            for (byte value : frame) {
                at += nanosPerByte;
                arrivals.add(at);
                bytes.add(value);
            }
            busyUntil = at;
        }

        @Override
        public int read(byte[] buffer, long waitNanos) throws IOException {
            for (long waited = 0; ; waited += looksEveryNanos) {
                int count = 0;
                while (!arrivals.isEmpty() && arrivals.peek() <= clock.monotonicNanos() && count < buffer.length) {
                    arrivals.remove();
                    buffer[count++] = bytes.remove();
                }
                if (count > 0 || waited >= waitNanos) {
                    stall();
                    return count;
                }
                if (arrivals.isEmpty()) {
                    throw new IOException("over");
                }
                clock.advance(looksEveryNanos);
                stall();
            }
        }

        private void stall() {
            clock.advance(random.nextLong(60_000));
            if (random.nextInt(lateOnceIn) == 0) {
                clock.advance((long) (-Math.log(1 - random.nextDouble()) * 4 * MILLI));
            }
            if (random.nextInt(STALLED_ONCE_IN) == 0) {
                clock.advance(20 * MILLI + random.nextLong(300 * MILLI));
            }
        }

        @Override
        public void write(byte[] bytes) {}

        @Override
        public long nanosPerByte() {
            return nanosPerByte;
        }

        @Override
        public void close() {}
    }

    private final class Listener implements ReaderSession {
        private final R2000Time time;

        Listener(R2000Time time) {
            this.time = time;
        }

        @Override
        public void message(ReaderMessage message, Arrival arrival) {
            long truth = truths.get(errors.size());
            errors.add(arrival.beganNanos() - truth);
            stated.add(time.uncertaintyNanos(arrival));
        }

        @Override
        public void opened(long nowNanos) {}

        @Override
        public void damaged(long nowNanos) {
            throw new AssertionError("damaged");
        }

        @Override
        public void tick(long nowNanos) {}

        @Override
        public void stop(long nowNanos) {}

        @Override
        public void closed(long nowNanos) {}
    }

    private record Family(ReaderSession listener) implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return new R2000Parser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return listener;
        }

        @Override
        public long waitNanos(boolean network) {
            return ReaderFamily.shortWaitNanos(network);
        }
    }

    private void run(Line line, boolean network, R2000Time time) {
        Surroundings box = new Surroundings(clock, clock, event -> true, () -> 0);
        ReaderOutput output = new ReaderOutput(
                new Source("mat-1", "finish", Source.Line.MAIN), "line", List.of(1), box, OptionalLong.empty());
        output.opened(line, OptionalInt.empty(), clock.monotonicNanos());
        Family family = new Family(new Listener(time));
        Optional<String> end = new LinkRun(line, network, family, family.listener(), output, clock)
                .run(clock.monotonicNanos(), () -> false, () -> 0, nanos -> false);
        assertThat(end).contains("over");
        assertThat(errors).hasSize(READS);
    }

    private void assertHonest(long mostMedianNanos) {
        int outside = 0;
        for (int i = 0; i < READS; i++) {
            outside += Math.abs(errors.get(i)) > stated.get(i) ? 1 : 0;
        }
        long[] sorted = stated.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("outside %d of %d, stated median %.3f ms%n", outside, READS, sorted[READS / 2] / 1e6);
        assertThat(outside).as("outside, seed %d", seed).isLessThanOrEqualTo(READS / 1_000);
        assertThat(sorted[READS / 2]).as("median stated, seed %d", seed).isLessThan(mostMedianNanos);
        assertThat(Arrays.stream(sorted).min().orElseThrow()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"10000, 8", "30, 25"})
    void onASerialLineTheTruthIsWithinWhatIsStated(int lateOnceIn, long mostMedianMillis) {
        this.lateOnceIn = lateOnceIn;
        Line line = new Line(NANOS_PER_BYTE, MILLI / 2);
        passing(line, 2 * MILLI);
        run(line, false, new R2000Time(false));
        assertHonest(mostMedianMillis * MILLI);
    }

    @ParameterizedTest
    @CsvSource({"10000, 45", "30, 50"})
    void onANetworkToo(int lateOnceIn, long mostMedianMillis) {
        this.lateOnceIn = lateOnceIn;
        R2000Time time = new R2000Time(true);
        for (int i = 0; i < 6; i++) {
            // One question was answered late.
            long answered = 100L * i * MILLI + (i == 3 ? 300 : 12) * MILLI;
            time.answered(100L * i * MILLI, new Arrival(answered, answered));
        }
        Line line = new Line(0, 10 * MILLI);
        passing(line, 10 * MILLI);
        run(line, true, time);
        assertHonest(mostMedianMillis * MILLI);
    }

    private void passing(Line line, long wayNanos) {
        long truth = clock.monotonicNanos();
        for (int i = 0; i < READS; i++) {
            truth += random.nextInt(20) == 0 ? random.nextLong(300 * MILLI) : random.nextLong(8 * MILLI);
            line.sees(truth, random.nextLong(wayNanos));
        }
    }

    @Test
    void theWayOnANetworkIsMeasured() {
        R2000Time time = new R2000Time(true);
        Arrival report = new Arrival(10_000 * MILLI, 10_001 * MILLI);
        assertThat(time.uncertaintyNanos(report)).isEqualTo(30 * MILLI);
        time.answered(0, new Arrival(80 * MILLI, 80 * MILLI));
        assertThat(time.uncertaintyNanos(new Arrival(11_000 * MILLI, 11_001 * MILLI)))
                .isEqualTo(82 * MILLI);
        time.opened(11_500 * MILLI);
        time.answered(0, new Arrival(MILLI, MILLI));
        assertThat(time.uncertaintyNanos(new Arrival(12_000 * MILLI, 12_001 * MILLI)))
                .isEqualTo(5 * MILLI);
    }
}

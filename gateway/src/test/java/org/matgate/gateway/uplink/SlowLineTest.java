package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** A session on a line of so many bytes a second and so much delay, in time that is played: hours in a moment. */
@Timeout(120)
final class SlowLineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final Source SOURCE = new Source("finish-main", "finish", Source.Line.MAIN);

    @Test
    void aModemOf9600BaudCarriesWhatIsLiveAtOnceAndThePastBehind() {
        Line line = new Line(960, 50 * MILLI, 100_000);
        line.run(600 * SECOND, 2);
        System.out.printf(
                "FIGURE 9600 baud, 100,000 behind, 2 reads/s: live p50 %.2f s, p99 %.2f s, most %.2f s; %.1f of the past a second; %.1f bytes a read%n",
                line.live(0.5), line.live(0.99), line.live(1), line.past / 600.0, line.bytes / (double) line.events);
        assertThat(line.live(0.99)).as("live p99, seconds").isLessThan(3);
        assertThat(line.past).as("of the past, in ten minutes").isGreaterThan(5_000);
        assertThat(line.longestBatchNanos).as("the longest batch").isLessThan(SECOND);
        assertThat(line.longestSilenceNanos).as("silence of the engine").isLessThan(5 * SECOND);
        assertThat(line.closed).isEmpty();
    }

    @Test
    void aSatelliteIsFilledAllTheSame() {
        Line line = new Line(100_000, 350 * MILLI, 100_000);
        line.run(60 * SECOND, 10);
        System.out.printf(
                "FIGURE satellite of 1 Mbit/s, 700 ms: live p99 %.2f s; %.0f of the past a second; %.1f bytes a read%n",
                line.live(0.99), line.past / 60.0, line.bytes / (double) line.events);
        assertThat(line.bytes)
                .as("of 6,000,000 that the line carries, or all is there")
                .satisfiesAnyOf(
                        bytes -> assertThat(bytes).isGreaterThan(3_000_000L),
                        bytes -> assertThat(line.past).isGreaterThan(99_000L));
        assertThat(line.live(0.99)).isLessThan(1.5);
    }

    @Test
    void moreThanTheLineCarriesLeavesThePastItsTenth() {
        Line line = new Line(960, 50 * MILLI, 100_000);
        line.run(300 * SECOND, 60);
        assertThat(line.past).as("of the past").isGreaterThan(line.events / 11);
        assertThat(line.closed).isEmpty();
    }

    @Test
    void aLineThatBecomesSlowIsNotFilledForLong() {
        Line line = new Line(200_000, 20 * MILLI, 100_000);
        line.run(2 * SECOND, 5);
        line.bytesPerSecond = 2_000;
        line.run(60 * SECOND, 5);
        line.arrivals.clear();
        line.run(120 * SECOND, 5);
        assertThat(line.live(0.99)).as("live p99 once it is noticed").isLessThan(3);
        assertThat(line.closed).isEmpty();
    }

    /** Box, line and engine. */
    private static final class Line {
        private record Due(long nanos, long order, Runnable what) {}

        private final UplinkSession session =
                new UplinkSession(Fixture.IDENTITY, "", UplinkSettings.DEFAULT, new SentRegister());
        private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) ->
                a.nanos() == b.nanos() ? Long.compare(a.order(), b.order()) : Long.compare(a.nanos(), b.nanos()));
        private final Map<Long, Long> committed = new HashMap<>();
        private final List<Long> arrivals = new ArrayList<>();
        private final Random random = new Random(Fixture.seed());
        private final long delayNanos;
        private final long behind;
        private long bytesPerSecond;
        private long lastSeq;
        private long now;
        private long order;
        private long lineFree;
        private long backFree;
        private long heardNanos;
        private long past;
        private long bytes;
        private long events;
        private long longestBatchNanos;
        private long longestSilenceNanos;
        private String closed = "";

        Line(long bytesPerSecond, long delayNanos, long behind) {
            this.bytesPerSecond = bytesPerSecond;
            this.delayNanos = delayNanos;
            this.behind = behind;
            lastSeq = behind;
            session.journals(List.of(new JournalSummary(NOW, 1, behind)));
            perform(session.connected(0));
            perform(session.received(new Welcome(2, "slow", List.of(), 0, 0)));
            tick();
        }

        private void at(long nanos, Runnable what) {
            due.add(new Due(nanos, order++, what));
        }

        private void tick() {
            longestSilenceNanos = Math.max(longestSilenceNanos, now - heardNanos);
            perform(session.tick(now));
            at(now + 250 * MILLI, this::tick);
        }

        void run(long nanos, double readsPerSecond) {
            long end = now + nanos;
            for (double next = now; next < end; next += SECOND / readsPerSecond * 2 * random.nextDouble()) {
                at((long) next, this::commit);
            }
            while (!due.isEmpty() && due.peek().nanos() <= end) {
                Due first = due.remove();
                now = first.nanos();
                session.at(now);
                first.what().run();
            }
            now = end;
        }

        private void commit() {
            lastSeq++;
            committed.put(lastSeq, now);
            perform(session.committed(NOW, reads(lastSeq, lastSeq)));
        }

        /** Of an LLRP reader: numbered chips, microseconds, and noise in all that is measured. */
        private static List<Entry> reads(long first, long last) {
            return LongStream.rangeClosed(first, last)
                    .mapToObj(seq -> {
                        Random noise = new Random(seq);
                        long micros = 8_000 * seq + noise.nextInt(8_000);
                        Stamp stamp = new Stamp(
                                Fixture.BOOT,
                                micros * 1000 + micros * 12 / 1000,
                                micros * 1000,
                                1_000_000 + seq * 7 % 9_999,
                                180_000);
                        return new Entry(
                                seq,
                                new Event.TagRead(
                                        stamp,
                                        SOURCE,
                                        1 + noise.nextInt(4),
                                        new Chip(String.format("E2801160600000020A1B%04X", noise.nextInt(2500))),
                                        OptionalInt.of(-100 * (45 + noise.nextInt(25))),
                                        new ReaderTime(ReaderTime.Base.UTC, 1_780_000_000_000_000L + micros),
                                        stamp.monotonicNanos() + 400_000 + noise.nextInt(3_000_000),
                                        1));
                    })
                    .toList();
        }

        private void perform(List<UplinkAction> actions) {
            for (UplinkAction action : actions) {
                switch (action) {
                    case UplinkAction.Send send -> send(send.message());
                    case ReadPage page ->
                        at(
                                now + page.restNanos() + 2 * MILLI,
                                () -> perform(session.pageRead(reads(page.firstSeq(), page.lastSeq()))));
                    case UplinkAction.Close close -> closed = close.reason();
                    default -> {}
                }
            }
        }

        private void send(StreamMessage message) {
            int size = 4 + StreamCodec.encode(message, session.version(), session.compress()).length;
            long takes = SECOND * size / bytesPerSecond;
            lineFree = Math.max(now, lineFree) + takes;
            if (message instanceof Events run) {
                longestBatchNanos = Math.max(longestBatchNanos, takes);
                bytes += size;
                events += run.events().size();
                at(lineFree + delayNanos, () -> arrived(run));
            }
        }

        private void arrived(Events run) {
            for (long seq = run.firstSeq(); seq <= run.lastSeq(); seq++) {
                Long since = committed.get(seq);
                if (since != null) {
                    arrivals.add(now - since);
                }
                past += seq <= behind ? 1 : 0;
            }
            Ack ack = new Ack(NOW, SeqRanges.of(run.firstSeq(), run.lastSeq()));
            backFree = Math.max(now, backFree) + SECOND * (4 + StreamCodec.encode(ack).length) / bytesPerSecond;
            at(backFree + delayNanos, () -> {
                heardNanos = now;
                perform(session.received(ack));
            });
        }

        /** Seconds from commit to the engine. */
        double live(double share) {
            List<Long> sorted = arrivals.stream().sorted().toList();
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e9;
        }
    }
}

package org.matgate.gateway.clock;

import java.util.ArrayDeque;
import java.util.List;
import org.matgate.gateway.clock.Evidence.Observation;

/**
 * At what rate the offset between a reader's clock and the box's moves, and within which bounds: those of two bad
 * quartzes at first, then what was measured. Now and then the lowest observation of late is kept with how much delay may
 * be in it; two of them bound the rate, the closer the longer ago the older is.
 *
 * <p>The offset of a reader whose clock stands still now and then grows faster than any quartz would have it. That is
 * believed only when it was measured.
 *
 * <p>Not thread-safe.
 */
final class DriftTrack {
    /** Two bad quartzes, some 60 ppm each. */
    static final long QUARTZ_PPB = 100_000;

    /** What temperature may have changed since it was measured. */
    private static final long WOBBLE_PPB = 5_000;

    /** Pauses vary: by so much of their share. */
    private static final int PAUSES_VARY_BY = 4;

    private static final int KEPT_PER_WINDOW = 4;

    /** With so many, the oldest was measured 16 windows ago at least: older ones tell of another temperature. */
    private static final int MOST = 64;

    private final long everyNanos;
    private final long shortestNanos;
    private final long mostPausePpb;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private long ppb;
    private long uncertaintyPpb = QUARTZ_PPB;
    private long lastReader;

    /** At this time of the reader's the offset was this, or less by at most the doubt. */
    private record Mark(long readerNanos, long offsetNanos, long doubtNanos) {}

    /** @param mostPausePpb how much faster the offset may grow than a quartz has it */
    DriftTrack(long windowNanos, long mostPausePpb) {
        this.everyNanos = windowNanos / KEPT_PER_WINDOW;
        this.shortestNanos = windowNanos / 2;
        this.mostPausePpb = mostPausePpb;
    }

    void clear() {
        marks.clear();
        ppb = 0;
        uncertaintyPpb = QUARTZ_PPB;
    }

    /** How fast the offset grows by the reader's time. */
    long ppb() {
        return ppb;
    }

    /** How far the offset may be off after so long at {@link #ppb}. */
    long uncertainty(long ageNanos) {
        return Scale.ppb(ageNanos, uncertaintyPpb);
    }

    /** Whether it is time to {@link #learn}. */
    boolean isDue(long newestReader) {
        return marks.isEmpty() || newestReader - lastReader >= everyNanos;
    }

    /** Takes the lowest observation of late, which tells as much as the evidence has it. */
    void learn(Observation low, Evidence evidence, long newestReader) {
        if (!evidence.isEnough() || (!marks.isEmpty() && low.readerNanos() <= marks.getLast().readerNanos)) {
            return;
        }
        lastReader = newestReader;
        Observation best = evidence.best();
        long drifted = uncertainty(Math.abs(low.readerNanos() - best.readerNanos()));
        long height = low.offsetNanos() - best.offsetAt(low.readerNanos(), ppb) + drifted;
        marks.addLast(new Mark(low.readerNanos(), low.offsetNanos(), Math.max(0, height) + evidence.spreadNanos()));
        if (marks.size() > MOST) {
            marks.removeFirst();
        }
        measure(List.copyOf(marks));
    }

    /** What every two marks allow; they bound the rate from below and from above. */
    private void measure(List<Mark> all) {
        double least = Long.MIN_VALUE;
        double most = Long.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            Mark older = all.get(i);
            for (Mark newer : all.subList(i + 1, all.size())) {
                double nanos = newer.readerNanos - older.readerNanos;
                if (nanos >= shortestNanos) {
                    double grown = newer.offsetNanos - older.offsetNanos;
                    least = Math.max(least, (grown - newer.doubtNanos) / nanos * 1e9);
                    most = Math.min(most, (grown + older.doubtNanos) / nanos * 1e9);
                }
            }
        }
        if (most < Long.MAX_VALUE) {
            judge((long) least, (long) most);
        }
    }

    private void judge(long least, long most) {
        boolean pauses = least > QUARTZ_PPB;
        long low = Math.max(least, -QUARTZ_PPB);
        long high = Math.min(most, pauses ? QUARTZ_PPB + mostPausePpb : QUARTZ_PPB);
        long middle = low + (high - low) / 2;
        long varies = WOBBLE_PPB + (pauses ? Math.max(0, middle - QUARTZ_PPB) / PAUSES_VARY_BY : 0);
        if (low > high + 2 * varies) {
            // No quartz does that: the clock was set a little, or what was believed of delays was wrong.
            clear();
            return;
        }
        ppb = middle;
        uncertaintyPpb = Math.abs(high - low) / 2 + 1 + varies;
    }
}

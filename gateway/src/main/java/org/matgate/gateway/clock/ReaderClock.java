package org.matgate.gateway.clock;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Maps a reader's own time onto CLOCK_MONOTONIC_RAW by the smallest delay seen of late between a reader's stamp and its
 * arrival: a message can come late but never early, so a stalled host does not move a read.
 *
 * <p>An observation is a reader's stamp with its arrival; {@code offset = arrival - stamp} is the offset of the two
 * clocks plus the message's delay. Each has a cost, {@code offset + DRIFT * age}: an upper bound on the true offset now,
 * whatever way the reader's quartz drifts. The cheapest is relied on. Old ones are forgotten when they are older than the
 * window and enough newer evidence is there; evidence is counted in slots of arrival time, because a burst of messages
 * that were all held back together is one piece of evidence, however many there are.
 *
 * <p>A reader that was rebooted or set begins anew, with an uncertainty of a host's stall until there is evidence
 * again. A reader whose clock lost time without ever showing a time before its last cannot be told from one whose messages
 * are held back: it is believed after a window of constant delay, and until then the uncertainty tells of it.
 *
 * <p>Constant time for each observation, amortised; at most {@value #MOST} of them are kept. Not thread-safe.
 */
public final class ReaderClock {
    /** Drift of a reader's quartz against the box's: 50 ppm is one in this many. */
    private static final long DRIFT_DIVISOR = 20_000;

    /** Observations kept; those within 1/4,000 of a window are as one. */
    private static final int MOST = 4_096;

    private static final int COALESCED_PER_WINDOW = 4_000;

    /** What a stalled host or link may hold a message back, until there is evidence that it did not. */
    private static final long STALL_NANOS = 250_000_000;

    /** An observation whose age alone makes it more doubtful than a stall is of no use. */
    private static final long MOST_AGE_NANOS = STALL_NANOS * DRIFT_DIVISOR;

    /** Beyond this the reader's clock was set, or began anew. */
    private static final long STEP_NANOS = 1_000_000_000;

    /** The time that a waiting thread takes to see a message. */
    private static final long FLOOR_NANOS = 500_000;

    private final long windowNanos;
    private final long quantumNanos;
    private final long coalesceNanos;
    private final Evidence evidence;
    private final ArrayDeque<Observation> ascending = new ArrayDeque<>();
    private long newestReader;
    private long newestArrival;
    private long lastArrival;

    /** A stamp and what its arrival tells; {@code key} is the cost but for the present time, equal for all. */
    private record Observation(long readerNanos, long arrivalNanos, long offsetNanos, long key) {}

    /**
     * A mapped moment.
     *
     * @param rawNanos on CLOCK_MONOTONIC_RAW
     * @param uncertaintyNanos how wrong the mapping may be, more than 0
     */
    public record Mapped(long rawNanos, long uncertaintyNanos) {}

    /**
     * @param windowNanos how long an observation counts; longer, where messages are rare
     * @param quantumNanos the reader's resolution
     */
    public ReaderClock(long windowNanos, long quantumNanos) {
        if (windowNanos < 1_000_000 || quantumNanos < 0) {
            throw new IllegalArgumentException("window " + windowNanos + " ns, quantum " + quantumNanos
                    + " ns; want a window of at least 1 ms and a quantum of at least 0");
        }
        this.windowNanos = windowNanos;
        this.quantumNanos = quantumNanos;
        this.coalesceNanos = windowNanos / COALESCED_PER_WINDOW;
        this.evidence = new Evidence(windowNanos);
    }

    /** A message stamped {@code readerNanos} by the reader arrived at {@code arrivalRawNanos}. */
    public void observe(long readerNanos, long arrivalRawNanos) {
        long offset = arrivalRawNanos - readerNanos;
        if (clockWasSet(readerNanos, offset)) {
            ascending.clear();
            evidence.clear();
        }
        boolean first = ascending.isEmpty();
        newestReader = first ? readerNanos : Math.max(newestReader, readerNanos);
        newestArrival = first ? arrivalRawNanos : Math.max(newestArrival, arrivalRawNanos);
        lastArrival = arrivalRawNanos;
        Observation now = new Observation(readerNanos, newestArrival, offset, offset - readerNanos / DRIFT_DIVISOR);
        append(now);
        evidence.add(newestArrival, now.key);
        forgetOld();
    }

    /**
     * The moment of a reader's stamp; call after the {@link #observe} of the message that carried it. Never after the
     * arrival of that message.
     *
     * @throws IllegalStateException before the first observation
     */
    public Mapped map(long readerNanos) {
        @Nullable Observation best = ascending.peekFirst();
        if (best == null) {
            throw new IllegalStateException("no message of the reader was observed before its time " + readerNanos);
        }
        long raw = Math.min(readerNanos + best.offsetNanos, lastArrival);
        long drift = Math.abs(readerNanos - best.readerNanos) / DRIFT_DIVISOR;
        return new Mapped(raw, 1 + quantumNanos + drift + Math.max(FLOOR_NANOS, evidence.spread(best.key)));
    }

    /**
     * When a message of this time would arrive that is held back no longer than the one relied on; also for a message
     * that is still to be observed.
     *
     * @throws IllegalStateException before the first observation
     */
    public long expectedArrival(long readerNanos) {
        @Nullable Observation best = ascending.peekFirst();
        if (best == null) {
            throw new IllegalStateException("no message of the reader was observed before its time " + readerNanos);
        }
        return readerNanos + best.offsetNanos;
    }

    /** How many observations are kept. */
    int size() {
        return ascending.size();
    }

    private boolean clockWasSet(long readerNanos, long offset) {
        @Nullable Observation best = ascending.peekFirst();
        if (best == null) {
            return false;
        }
        long later = offset - best.offsetNanos;
        // Earlier than the earliest by more than drift can do: the clock was set forwards, or what we have is
        // worthless.
        // Later may be a message held back, unless the reader's time went backwards too.
        return later < -STEP_NANOS || (later > STEP_NANOS && readerNanos < newestReader - STEP_NANOS);
    }

    private void append(Observation now) {
        for (Observation last = ascending.peekLast(); last != null; last = ascending.peekLast()) {
            if (last.key < now.key) {
                if (now.arrivalNanos - last.arrivalNanos < coalesceNanos || ascending.size() >= MOST) {
                    return;
                }
                break;
            }
            ascending.removeLast();
        }
        ascending.addLast(now);
    }

    private void forgetOld() {
        long keepFrom = Math.min(newestArrival - windowNanos, evidence.keepFrom());
        keepFrom = Math.max(keepFrom, newestArrival - MOST_AGE_NANOS);
        evidence.forgetBefore(newestArrival - Math.max(MOST_AGE_NANOS, windowNanos));
        while (ascending.size() > 1 && ascending.getFirst().arrivalNanos < keepFrom) {
            ascending.removeFirst();
        }
    }

    /**
     * The lowest cost in each of the last few slots of arrival time that had any message. Delays being independent from
     * slot to slot, how far these minima lie above the lowest tells how much delay may still be in the lowest.
     */
    private static final class Evidence {
        private static final int SLOTS_PER_WINDOW = 8;

        /** One more, the newest, is not complete yet and counts for nothing. */
        private static final int SLOTS = SLOTS_PER_WINDOW + 1;

        /** With so many slots filled, what is older than the window may be forgotten. */
        private static final int ENOUGH = 6;

        /**
         * By the number of complete slots: times the sum of their heights above the lowest, in 1/1000, leaving out the
         * highest, which may be nothing but a stall. For exponential delays, one in a thousand times there is more delay
         * in the lowest; found by drawing two million samples of each number.
         */
        private static final int[] FACTOR_PERMILLE = {0, 0, 0, 0, 13_200, 2_900, 1_200, 650, 400};

        private static final int FEWEST = 4;

        private final long slotNanos;
        private final long[] slots = new long[SLOTS];
        private final long[] lowest = new long[SLOTS];
        private int count;

        Evidence(long windowNanos) {
            slotNanos = windowNanos / SLOTS_PER_WINDOW;
        }

        void clear() {
            count = 0;
        }

        /** Slots are kept from the oldest to the newest. */
        void add(long arrivalNanos, long key) {
            long slot = Math.floorDiv(arrivalNanos, slotNanos);
            if (count > 0 && slots[count - 1] == slot) {
                lowest[count - 1] = Math.min(lowest[count - 1], key);
                return;
            }
            if (count == SLOTS) {
                dropOldest();
            }
            slots[count] = slot;
            lowest[count] = key;
            count++;
        }

        void forgetBefore(long arrivalNanos) {
            while (count > 1 && (slots[0] + 1) * slotNanos < arrivalNanos) {
                dropOldest();
            }
        }

        /** Where the slots begin that together are evidence enough; the distant past while there are too few. */
        long keepFrom() {
            return count < ENOUGH ? Long.MIN_VALUE : slots[count - ENOUGH] * slotNanos;
        }

        /** How much delay may be in an observation of this cost. */
        long spread(long bestKey) {
            int complete = count - 1;
            if (complete < FEWEST) {
                return STALL_NANOS;
            }
            long sum = 0;
            long highest = 0;
            for (int i = 0; i < complete; i++) {
                long height = Math.clamp(lowest[i] - bestKey, 0, MOST_AGE_NANOS);
                sum += height;
                highest = Math.max(highest, height);
            }
            long spread = (sum - highest) * FACTOR_PERMILLE[complete] / 1_000;
            // All of late being later by more may be a reader's clock that lost time.
            long ofLate = Math.min(lowest[count - 1], lowest[count - 2]) - bestKey;
            return Math.max(complete < ENOUGH ? Math.min(spread, STALL_NANOS) : spread, ofLate);
        }

        private void dropOldest() {
            System.arraycopy(slots, 1, slots, 0, count - 1);
            System.arraycopy(lowest, 1, lowest, 0, count - 1);
            count--;
        }
    }
}

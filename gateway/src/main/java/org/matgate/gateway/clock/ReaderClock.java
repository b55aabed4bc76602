package org.matgate.gateway.clock;

import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.Evidence.Observation;

/**
 * Maps a reader's own time onto CLOCK_MONOTONIC_RAW by the smallest delay seen of late between a reader's stamp and its
 * arrival: a message can come late but never early, so a stalled host does not move a read.
 *
 * <p>An observation is a reader's stamp with its arrival; {@code arrival - stamp} is the offset of the two clocks plus the
 * message's delay. With what the two quartzes may have drifted since, each is an upper bound on the true offset now; the
 * lowest is relied on ({@link Evidence}), moved on by the rate found so far ({@link DriftTrack}). What may still be in it
 * is known in two ways, and the better counts: by how far the lowest of each span of time lie apart, and by a moment
 * before which the stamp cannot have been taken, such as that of the question that it answers.
 *
 * <p>A delay that every message has cannot be seen. Half of the quickest answer to a question on the same link bounds it
 * where both directions are alike; without one it is taken for half a millisecond.
 *
 * <p>A reader that was rebooted or set begins anew, with an uncertainty of a host's stall until there is evidence
 * again, which takes a second; what this host knows of its own delay comes on top of that. A reader whose clock lost
 * time without ever showing a time before its last cannot be told from one whose messages are held back, but by a moment
 * before which a stamp cannot have been taken: without one it is believed after a window of constant delay, and until
 * then the uncertainty tells of it.
 *
 * <p>Bounded time and memory for each observation. Not thread-safe.
 */
public final class ReaderClock {
    /** What a stalled host or link may hold a message back, until there is evidence that it did not. */
    static final long STALL_NANOS = 250_000_000;

    /** Beyond this the reader's clock was set, or began anew, whatever is known. */
    private static final long STEP_NANOS = 1_000_000_000;

    /** What comes earlier than all that is known allows, by more: the clock was set forwards by less than a step. */
    private static final long SMALL_STEP_NANOS = 20_000_000;

    private static final long DOUBTS_IN_A_SMALL_STEP = 4;

    /** A stamp that was too early by more was taken by another clock, or the clock was set; stamps may be whole milliseconds. */
    private static final long DISPROVED_NANOS = 2_000_000;

    /** The time that a waiting thread takes to see a message, and a line its way. */
    private static final long FLOOR_NANOS = 500_000;

    private final long windowNanos;
    private final long quantumNanos;
    private final Evidence evidence;
    private final DriftTrack drift;
    private @Nullable Bound notBefore;
    private long newestReader;
    private long newestArrival;
    private long lastArrival;
    private long quickestAnswerNanos = Long.MAX_VALUE;
    private boolean newLink;
    /** What the next observation may have lain at this host. */
    private long lainNanos;

    /** Before this the offset was not, but for a stall: of the observation that can have lain least. */
    private @Nullable Bound lain;

    /** At this time of the reader's the offset was no less than this. */
    private record Bound(long readerNanos, long offsetNanos) {}

    /**
     * A mapped moment.
     *
     * @param rawNanos on CLOCK_MONOTONIC_RAW
     * @param uncertaintyNanos how wrong the mapping may be, more than 0
     */
    public record Mapped(long rawNanos, long uncertaintyNanos) {}

    /**
     * A reader whose clock is a quartz.
     *
     * @param windowNanos how long an observation counts; longer, where messages are rare
     * @param quantumNanos the reader's resolution
     */
    public ReaderClock(long windowNanos, long quantumNanos) {
        this(windowNanos, quantumNanos, 0);
    }

    /**
     * @param mostPausePpb for how much of the time, in parts per billion, the reader's clock may stand still
     */
    public ReaderClock(long windowNanos, long quantumNanos, long mostPausePpb) {
        if (windowNanos < 1_000_000 || quantumNanos < 0 || mostPausePpb < 0) {
            throw new IllegalArgumentException("window " + windowNanos + " ns, quantum " + quantumNanos + " ns, pauses "
                    + mostPausePpb + " ppb; want a window of at least 1 ms and the others at least 0");
        }
        this.windowNanos = windowNanos;
        this.quantumNanos = quantumNanos;
        this.evidence = new Evidence(windowNanos);
        this.drift = new DriftTrack(windowNanos, mostPausePpb);
    }

    /** A message stamped {@code readerNanos} by the reader arrived at {@code arrivalRawNanos}. */
    public void observe(long readerNanos, long arrivalRawNanos) {
        long offset = arrivalRawNanos - readerNanos;
        if (clockWasSet(readerNanos, offset)) {
            beginAnew();
        }
        boolean first = evidence.isEmpty();
        newestReader = first ? readerNanos : Math.max(newestReader, readerNanos);
        newestArrival = first ? arrivalRawNanos : Math.max(newestArrival, arrivalRawNanos);
        lastArrival = arrivalRawNanos;
        evidence.add(new Observation(readerNanos, newestArrival, offset), newestReader, drift);
        if (drift.isDue(newestReader)) {
            drift.learn(evidence.lowestSince(newestArrival - windowNanos / 4, drift), evidence, newestReader);
        }
        lain = higher(lain, new Bound(readerNanos, offset - lainNanos));
        lainNanos = 0;
        forgetContradicted();
    }

    /**
     * As {@link #observe(long, long)}, of a stamp that cannot have been taken before {@code notBeforeRawNanos}: what a
     * reader did when it was told to, or what it said after it had answered.
     */
    public void observe(long readerNanos, long arrivalRawNanos, long notBeforeRawNanos) {
        long mayHaveLainNanos = lainNanos;
        observe(readerNanos, arrivalRawNanos);
        // The stamp may have been rounded down by a quantum.
        Bound bound = new Bound(readerNanos, notBeforeRawNanos - readerNanos - quantumNanos);
        if (disprovesTheEvidence(bound)) {
            beginAnew();
            lainNanos = mayHaveLainNanos;
            observe(readerNanos, arrivalRawNanos);
        }
        notBefore = higher(notBefore, bound);
        forgetContradicted();
    }

    /** By all that was known this stamp would have been taken before it can have been. */
    private boolean disprovesTheEvidence(Bound bound) {
        Observation best = evidence.best();
        long drifted = drift.uncertainty(Math.abs(bound.readerNanos - best.readerNanos()));
        return best.offsetAt(bound.readerNanos, drift.ppb()) + drifted + DISPROVED_NANOS < bound.offsetNanos;
    }

    private void beginAnew() {
        evidence.clear();
        drift.clear();
        notBefore = null;
        lain = null;
    }

    private Bound higher(@Nullable Bound known, Bound bound) {
        return known == null || lowest(bound, newestReader) >= lowest(known, newestReader) ? bound : known;
    }

    /** A question on the link by which the reader's messages come was answered in this time. */
    public void answered(long roundTripNanos) {
        if (newLink) {
            newLink = false;
            quickestAnswerNanos = Long.MAX_VALUE;
        }
        quickestAnswerNanos = Math.min(quickestAnswerNanos, Math.max(0, roundTripNanos));
    }

    /**
     * What is observed next, and that alone, may have lain at this host for so long before it was taken: until there is
     * evidence, that comes on top of a stall, less what an observation that lay for a shorter time shows.
     */
    public void mayHaveLain(long nanos) {
        lainNanos = nanos;
    }

    /** The way is another from now on: what was measured on the old one counts until the first answer on it. */
    public void newLink() {
        newLink = true;
    }

    /**
     * The moment of a reader's stamp: in the middle of its quantum. Call after the {@link #observe} of the message that
     * carried it. Never after the arrival of that message.
     *
     * @throws IllegalStateException before the first observation
     */
    public Mapped map(long readerNanos) {
        long raw = Math.min(expectedArrival(readerNanos) + quantumNanos / 2, lastArrival);
        return new Mapped(raw, uncertaintyNanos(readerNanos));
    }

    private long uncertaintyNanos(long readerNanos) {
        Observation best = evidence.best();
        long age = Math.abs(readerNanos - best.readerNanos());
        // A reader that takes its time to answer tells nothing of the way beyond a stall.
        long floor = quickestAnswerNanos == Long.MAX_VALUE
                ? FLOOR_NANOS
                : Math.clamp(quickestAnswerNanos / 2, FLOOR_NANOS, STALL_NANOS);
        long delay =
                evidence.isEnough() ? floor + evidence.spreadNanos() : STALL_NANOS + mostLainNanos(best, readerNanos);
        if (notBefore != null) {
            long hidden = best.offsetAt(readerNanos, drift.ppb()) - lowest(notBefore, readerNanos);
            delay = Math.min(delay, Math.max(hidden, FLOOR_NANOS));
        }
        // A clock that falls behind goes on to: by its newest message it may be twice as late as all of late were.
        long late = evidence.isEnough() ? 2 * evidence.lateNanos() : evidence.lateNanos();
        return 1 + (quantumNanos + 1) / 2 + drift.uncertainty(age) + delay + late;
    }

    /** How long the best may have lain, as no observation lay for longer than was said of it. */
    private long mostLainNanos(Observation best, long readerNanos) {
        return lain == null ? 0 : Math.max(0, best.offsetAt(readerNanos, drift.ppb()) - lowest(lain, readerNanos));
    }

    /**
     * When a message of this time would arrive that is held back no longer than the one relied on; also for a message
     * that is still to be observed.
     *
     * @throws IllegalStateException before the first observation
     */
    public long expectedArrival(long readerNanos) {
        if (evidence.isEmpty()) {
            throw new IllegalStateException("no message of the reader was observed before its time " + readerNanos);
        }
        return readerNanos + evidence.best().offsetAt(readerNanos, drift.ppb());
    }

    /** How many observations are kept. */
    int size() {
        return evidence.size();
    }

    private long lowest(Bound bound, long readerNanos) {
        long age = readerNanos - bound.readerNanos;
        return bound.offsetNanos + Scale.ppb(age, drift.ppb()) - drift.uncertainty(Math.abs(age));
    }

    /** What came too early for an older bound shows that the reader's clock was set, or did not do as it was told. */
    private void forgetContradicted() {
        if (notBefore != null) {
            long offset = evidence.best().offsetAt(newestReader, drift.ppb());
            if (offset + FLOOR_NANOS < lowest(notBefore, newestReader)) {
                notBefore = null;
            }
        }
    }

    private boolean clockWasSet(long readerNanos, long offset) {
        if (evidence.isEmpty()) {
            return false;
        }
        Observation best = evidence.best();
        long later = offset - best.offsetAt(readerNanos, drift.ppb());
        // Later may be a message held back, unless the reader's time went backwards too.
        if (later > STEP_NANOS) {
            return readerNanos < newestReader - STEP_NANOS;
        }
        long surprising = evidence.isEnough()
                ? Math.max(SMALL_STEP_NANOS, DOUBTS_IN_A_SMALL_STEP * evidence.spreadNanos())
                : STEP_NANOS;
        long drifted = drift.uncertainty(Math.abs(readerNanos - best.readerNanos()));
        return later < -Math.min(STEP_NANOS, surprising + drifted);
    }
}

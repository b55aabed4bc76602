package org.matgate.gateway.uplink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/**
 * How many events may be on their way to one engine, by what it was seen to acknowledge. One batch after the other is
 * timed from its sending to its acknowledgement: what was acknowledged meanwhile gives the rate, the shortest time when
 * next to nothing else was under way what the line and the engine take in any case. Of the past no more is under way than
 * that rate fills this time twice with, and no more than {@link #PAST_NANOS} beyond it: so long a live event may have to
 * wait behind it, on a modem as well as on a cable. Not thread-safe; {@code now} is any monotonic time in nanoseconds.
 */
final class Pace {
    /** The past may delay a live event by this much, on a line that takes as long in any case. */
    static final long PAST_NANOS = Duration.ofMillis(250).toNanos();

    /** And by this much where nothing takes any time: less would leave the line empty between two pages. */
    static final long LEAST_PAST_NANOS = Duration.ofMillis(1).toNanos();

    /** Live events that the line does not take within this time are the past. */
    static final long LIVE_NANOS = Duration.ofSeconds(1).toNanos();

    /** Above so many events a second, 2 MB/s, the line carries more than a small machine's processor compresses. */
    private static final double COMPRESSED_PER_NANO = 50_000 / 1e9;

    /** So much of the past may be under way in any case: a third of a second at 9,600 baud. */
    static final long LEAST_PAST = 8;

    /** A handful of runners at once is sent at once. */
    static final long LEAST_LIVE = 32;

    /** Before anything was acknowledged. */
    static final long FIRST_LIVE = 256;

    /**
     * The share of the line that the disk keeps when there is too much that is live: one in so many. Half of that is what
     * has just found no room, which leaves a tenth to the past proper.
     */
    static final long PAST_SHARE = 5;

    /** The shortest time is taken anew after this: a modem may have changed its network. */
    private static final long BASE_NANOS = Duration.ofSeconds(20).toNanos();

    /** So long the past may hold back for that. */
    private static final long CALM_NANOS = Duration.ofSeconds(2).toNanos();

    /** Something is queued on the line, or the engine is busy: more does not help. */
    private static final long QUEUED_NANOS = Duration.ofMillis(500).toNanos();

    /** A batch that is timed. */
    private record Timed(
            JournalId journal, long lastSeq, long sentNanos, long before, long underWay, boolean pastWaits) {}

    private @Nullable Timed timed;
    private long acknowledged;
    private double perNano;
    private long baseNanos;
    private long baseTakenNanos;
    private boolean starting = true;
    private long startingLimit = LEAST_PAST;
    private int noFaster;

    /**
     * A batch was sent.
     *
     * @param underWay all events under way, these included
     * @param pastWaits whether more of the past waits for room, so that the line is the bound
     */
    void sent(JournalId journal, long lastSeq, long underWay, boolean pastWaits, long now) {
        if (timed == null) {
            timed = new Timed(journal, lastSeq, now, acknowledged, underWay, pastWaits);
        }
    }

    /** The engine acknowledged {@code fresh} events that were under way. */
    void acknowledged(JournalId journal, SeqRanges stored, long fresh, long now) {
        acknowledged += fresh;
        Timed batch = timed;
        if (batch != null && batch.journal().equals(journal) && stored.contains(batch.lastSeq())) {
            timed = null;
            measured(batch, Math.max(1, now - batch.sentNanos()), now);
        }
    }

    private void measured(Timed batch, long elapsed, long now) {
        boolean calm = batch.underWay() <= LEAST_PAST;
        if (baseNanos == 0 || elapsed < baseNanos || (calm && now - baseTakenNanos > BASE_NANOS)) {
            baseNanos = elapsed;
            baseTakenNanos = now;
        }
        double sample = (double) (acknowledged - batch.before()) / elapsed;
        if (starting && batch.pastWaits()) {
            start(sample, elapsed, batch.underWay());
        }
        // Where nothing waited the line may well carry more, and where it was quick, too: then our own limit was the
        // bound.
        if (sample > perNano || (batch.pastWaits() && elapsed > baseNanos + QUEUED_NANOS)) {
            perNano = sample;
        } else if (batch.pastWaits() && elapsed > baseNanos + PAST_NANOS) {
            perNano -= (perNano - sample) / 4;
        }
    }

    /** As long as more under way means more acknowledged, there may be twice as much. */
    private void start(double sample, long elapsed, long underWay) {
        if (sample > 1.25 * perNano) {
            noFaster = 0;
        } else if (2 * underWay >= startingLimit) {
            noFaster++;
        }
        startingLimit = Math.max(startingLimit, 2 * underWay);
        starting = noFaster < 2 && elapsed < baseNanos + QUEUED_NANOS;
    }

    /**
     * The most events of the past that may be under way.
     *
     * @param live so many live ones are under way beside them
     * @param crowded whether not even all that is live finds room: then it waits anyway, and what counts is how much goes
     */
    long pastLimit(long live, boolean crowded, long now) {
        long sinceBase = now - baseTakenNanos;
        if (baseNanos != 0 && sinceBase > BASE_NANOS) {
            if (sinceBase < BASE_NANOS + baseNanos + CALM_NANOS) {
                return LEAST_PAST;
            }
            // It does not get calm, for all that is live.
            baseTakenNanos = now;
        }
        if (late(now)) {
            return LEAST_PAST;
        }
        // A quarter more, because what comes in pages does not fill it all the time.
        long delay = crowded ? PAST_NANOS : Math.clamp(baseNanos, LEAST_PAST_NANOS, PAST_NANOS);
        long target = inTime(baseNanos + baseNanos / 4 + delay);
        long besideLive = Math.max(target - live, live / (PAST_SHARE - 1));
        return Math.max(LEAST_PAST, starting ? Math.max(besideLive, startingLimit) : besideLive);
    }

    /** The most live events that may be under way. */
    long liveLimit(long now) {
        if (perNano == 0) {
            return FIRST_LIVE;
        }
        return late(now) ? LEAST_LIVE : Math.max(LEAST_LIVE, inTime(baseNanos + LIVE_NANOS));
    }

    /** Whether the line has become slower than it was, or the engine busy: what is under way will tell. */
    private boolean late(long now) {
        Timed batch = timed;
        return batch != null && perNano > 0 && now - batch.sentNanos() > baseNanos + LIVE_NANOS;
    }

    /** The most events of one batch, so that none fills the line for more than a fraction of a second. */
    int batchLimit(int most) {
        return (int) Math.clamp(inTime(PAST_NANOS), Math.min(most, LEAST_LIVE), most);
    }

    /** Whether the line is slow enough for compression to pay, or not known yet. */
    boolean compress() {
        return perNano < COMPRESSED_PER_NANO;
    }

    private long inTime(long nanos) {
        return (long) Math.min(1e12, perNano * nanos);
    }
}

package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * What arrivals tell of the offset between a reader's clock and the box's: the observation that bounds it best, and how
 * much delay may still be in that one.
 *
 * <p>Messages that arrive together were perhaps held back together, and are one piece of evidence: of each group of them
 * only the best is kept. Groups are short at first, so that a second has enough of them, and grow with the time that they
 * span. Old ones are forgotten when they are older than the window and enough newer evidence is there.
 *
 * <p>The evidence is parted into up to eight slots of equal length that had any message. Delays being independent from
 * slot to slot, how far the lowest of each lie above the lowest of all tells how much delay may still be in that.
 *
 * <p>Not thread-safe.
 */
final class Evidence {
    /** A stamp and what its arrival tells: the offset, or less. */
    record Observation(long readerNanos, long arrivalNanos, long offsetNanos) {
        /** The offset at another time of the reader's, if it moves at this rate. */
        long offsetAt(long atReaderNanos, long ppb) {
            return offsetNanos + Scale.ppb(atReaderNanos - readerNanos, ppb);
        }
    }

    /** Groups kept: two windows of the longest. */
    private static final int MOST = 64;

    private static final int SHORTEST_GROUPS_PER_WINDOW = 256;
    private static final int LONGEST_GROUPS_PER_WINDOW = 32;
    private static final int SLOTS = 8;

    /** With so many slots filled, what is older than the window may be forgotten. */
    private static final int ENOUGH = 6;

    private static final int FEWEST = 4;

    /** Evidence spans at least this: four stalls of a host. */
    private static final long SHORTEST_SPAN_NANOS = 1_000_000_000;

    /** What is later than this above the best is late, whatever it is. */
    private static final long MOST_HEIGHT_NANOS = 1_000_000_000_000L;

    /**
     * By the number of slots: times the sum of their heights above the lowest, in 1/1000, leaving out the highest, which
     * may be nothing but a stall. For exponential delays, three in a thousand times there is more delay in the lowest;
     * found by drawing a million samples of each number.
     */
    private static final int[] FACTOR_PERMILLE = {0, 0, 0, 0, 7_500, 1_900, 810, 450, 280};

    private final long windowNanos;
    private final long shortestNanos;
    private final List<Observation> groups = new ArrayList<>();
    private final long[] lowest = new long[SLOTS];
    private int slots;
    private long groupNanos;
    private int best;
    private long spreadNanos;
    private long lateNanos;
    private boolean enough;

    Evidence(long windowNanos) {
        this.windowNanos = windowNanos;
        this.shortestNanos = Math.max(1, windowNanos / SHORTEST_GROUPS_PER_WINDOW);
        this.groupNanos = shortestNanos;
    }

    void clear() {
        groups.clear();
        groupNanos = shortestNanos;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    int size() {
        return groups.size();
    }

    /** The observation relied on; there is one. */
    Observation best() {
        return groups.get(best);
    }

    /** Whether {@link #spreadNanos} is to be believed. */
    boolean isEnough() {
        return enough;
    }

    /** How much delay may be in the best. */
    long spreadNanos() {
        return spreadNanos;
    }

    /** By how much all of late was later than the best: held back, or of a reader's clock that lost time. */
    long lateNanos() {
        return lateNanos;
    }

    /** Observations are added in the order of their arrival. */
    void add(Observation now, long newestReader, DriftTrack drift) {
        int last = groups.size() - 1;
        if (last >= 0 && sameGroup(groups.get(last), now)) {
            groups.set(last, better(groups.get(last), now, drift));
        } else {
            groups.add(now);
            if (groups.size() > MOST) {
                makeRoom(drift);
            }
        }
        judge(newestReader, drift);
    }

    private boolean sameGroup(Observation a, Observation b) {
        return Math.floorDiv(a.arrivalNanos, groupNanos) == Math.floorDiv(b.arrivalNanos, groupNanos);
    }

    /** The lower bound on the offset, whatever the drift was in between. */
    private static Observation better(Observation a, Observation b, DriftTrack drift) {
        long at = Math.max(a.readerNanos, b.readerNanos);
        return bound(b, at, drift) <= bound(a, at, drift) ? b : a;
    }

    private static long bound(Observation of, long readerNanos, DriftTrack drift) {
        return of.offsetAt(readerNanos, drift.ppb()) + drift.uncertainty(Math.abs(readerNanos - of.readerNanos));
    }

    private void makeRoom(DriftTrack drift) {
        if (groupNanos * LONGEST_GROUPS_PER_WINDOW >= windowNanos) {
            groups.removeFirst();
            return;
        }
        groupNanos *= 2;
        List<Observation> longer = new ArrayList<>(MOST + 1);
        for (Observation group : groups) {
            int last = longer.size() - 1;
            if (last >= 0 && sameGroup(longer.get(last), group)) {
                longer.set(last, better(longer.get(last), group, drift));
            } else {
                longer.add(group);
            }
        }
        groups.clear();
        groups.addAll(longer);
    }

    /** The observation that lies lowest of those that arrived since; there is one. */
    Observation lowestSince(long arrivalNanos, DriftTrack drift) {
        Observation low = groups.getLast();
        for (int i = groups.size() - 2; i >= 0 && groups.get(i).arrivalNanos >= arrivalNanos; i--) {
            low = better(groups.get(i), low, drift);
        }
        return low;
    }

    private void judge(long newestReader, DriftTrack drift) {
        part(newestReader, drift);
        best = 0;
        for (int i = 1; i < groups.size(); i++) {
            if (bound(groups.get(i), newestReader, drift) <= bound(groups.get(best), newestReader, drift)) {
                best = i;
            }
        }
        long base = bound(best(), newestReader, drift);
        enough = slots >= FEWEST && spanNanos() >= Math.min(windowNanos / 2, SHORTEST_SPAN_NANOS);
        spreadNanos = spread(base);
        int ofLate = slots >= FEWEST ? 2 : 1;
        long late = MOST_HEIGHT_NANOS;
        for (int i = groups.size() - 1; i >= 0 && ofLate(i, ofLate); i--) {
            late = Math.min(late, bound(groups.get(i), newestReader, drift) - base);
        }
        lateNanos = Math.max(0, late);
    }

    private boolean ofLate(int group, int inSlots) {
        long age = groups.getLast().arrivalNanos - groups.get(group).arrivalNanos;
        return group >= groups.size() - inSlots || age < inSlots * (windowNanos / SLOTS);
    }

    private long spanNanos() {
        return groups.getLast().arrivalNanos - groups.getFirst().arrivalNanos;
    }

    /** Parts the groups into slots, newest first, and forgets what is too old. */
    private void part(long newestReader, DriftTrack drift) {
        long newest = groups.getLast().arrivalNanos;
        long slotNanos = Math.clamp(spanNanos() / SLOTS + 1, shortestNanos, windowNanos / SLOTS);
        slots = 0;
        long slot = -1;
        for (int i = groups.size() - 1; i >= 0; i--) {
            Observation group = groups.get(i);
            long age = newest - group.arrivalNanos;
            if (age > windowNanos && slots >= ENOUGH) {
                groups.subList(0, i + 1).clear();
                return;
            }
            long height = bound(group, newestReader, drift);
            if (age / slotNanos != slot) {
                if (slots == SLOTS) {
                    continue;
                }
                slot = age / slotNanos;
                lowest[slots++] = height;
            } else {
                lowest[slots - 1] = Math.min(lowest[slots - 1], height);
            }
        }
    }

    private long spread(long base) {
        long sum = 0;
        long highest = 0;
        for (int i = 0; i < slots; i++) {
            long height = Math.clamp(lowest[i] - base, 0, MOST_HEIGHT_NANOS);
            sum += height;
            highest = Math.max(highest, height);
        }
        long spread = (sum - highest) * FACTOR_PERMILLE[slots] / 1_000;
        return slots < ENOUGH ? Math.min(spread, ReaderClock.STALL_NANOS) : spread;
    }
}

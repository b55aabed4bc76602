package org.matgate.protocol.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of seqs, kept as ascending, disjoint ranges with a hole between any two. Immutable.
 *
 * <p>Adding at the end, which is what a live stream does, copies only the ranges, of which there is then one.
 */
public final class SeqRanges {
    /** The largest seq: 40 bits, so that a store can put the journal's number in front of it in one 64-bit key. */
    public static final long MAX_SEQ = (1L << 40) - 1;

    /** The most ranges that one message of the read stream names. */
    public static final int MAX_RANGES_ON_WIRE = 1024;

    /** No seq at all. */
    public static final SeqRanges EMPTY = new SeqRanges(new long[0]);

    /** A run of seqs, both ends included: {@code 1 <= first <= last <= MAX_SEQ}. */
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last < first || last > MAX_SEQ) {
                throw new IllegalArgumentException(
                        "range " + first + " to " + last + "; want 1 <= first <= last <= " + MAX_SEQ);
            }
        }

        /** How many seqs. */
        public long size() {
            return last - first + 1;
        }
    }

    /** first, last, first, last, … */
    private final long[] bounds;

    private SeqRanges(long[] bounds) {
        this.bounds = bounds;
    }

    /** The seqs from {@code first} to {@code last}, both included. */
    public static SeqRanges of(long first, long last) {
        Range checked = new Range(first, last);
        return new SeqRanges(new long[] {checked.first(), checked.last()});
    }

    /** The union of these ranges, which may overlap and come in any order. */
    public static SeqRanges of(Iterable<Range> ranges) {
        List<Range> sorted = new ArrayList<>();
        ranges.forEach(sorted::add);
        sorted.sort((a, b) -> Long.compare(a.first(), b.first()));
        long[] out = new long[2 * sorted.size()];
        int n = 0;
        for (Range range : sorted) {
            n = append(out, n, range.first(), range.last());
        }
        return new SeqRanges(Arrays.copyOf(out, n));
    }

    /** The ranges, ascending. */
    public List<Range> ranges() {
        List<Range> list = new ArrayList<>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            list.add(new Range(bounds[i], bounds[i + 1]));
        }
        return List.copyOf(list);
    }

    /** How many ranges. */
    public int rangeCount() {
        return bounds.length / 2;
    }

    /** How many seqs. */
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** The largest seq, or 0 if there is none. */
    public long last() {
        return isEmpty() ? 0 : bounds[bounds.length - 1];
    }

    /** The smallest seq, or 0 if there is none. */
    public long first() {
        return isEmpty() ? 0 : bounds[0];
    }

    public boolean contains(long seq) {
        int at = Arrays.binarySearch(bounds, seq);
        // A bound itself is inside; between bounds, inside means that a first lies to the left.
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    /** These and the seqs from {@code first} to {@code last}. */
    public SeqRanges plus(long first, long last) {
        return plus(of(first, last));
    }

    /** These and those. */
    public SeqRanges plus(SeqRanges other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        long[] out = new long[bounds.length + other.bounds.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < other.bounds.length) {
            boolean mine = j >= other.bounds.length || (i < bounds.length && bounds[i] <= other.bounds[j]);
            if (mine) {
                n = append(out, n, bounds[i], bounds[i + 1]);
                i += 2;
            } else {
                n = append(out, n, other.bounds[j], other.bounds[j + 1]);
                j += 2;
            }
        }
        return new SeqRanges(Arrays.copyOf(out, n));
    }

    /** These without those. */
    public SeqRanges minus(SeqRanges other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        long[] out = new long[bounds.length + other.bounds.length];
        int n = 0;
        int j = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long from = bounds[i];
            long to = bounds[i + 1];
            while (j < other.bounds.length && other.bounds[j + 1] < from) {
                j += 2;
            }
            // A range of other may reach over several of ours, so j stays where it is.
            for (int k = j; k < other.bounds.length && other.bounds[k] <= to && from <= to; k += 2) {
                if (other.bounds[k] > from) {
                    n = append(out, n, from, other.bounds[k] - 1);
                }
                from = Math.max(from, other.bounds[k + 1] + 1);
            }
            if (from <= to) {
                n = append(out, n, from, to);
            }
        }
        return new SeqRanges(Arrays.copyOf(out, n));
    }

    /** The seqs that are in both. */
    public SeqRanges intersect(SeqRanges other) {
        return minus(minus(other));
    }

    /** The {@code most} ranges with the largest seqs; the smaller ones are forgotten. */
    public SeqRanges largest(int most) {
        return rangeCount() <= most
                ? this
                : new SeqRanges(Arrays.copyOfRange(bounds, bounds.length - 2 * most, bounds.length));
    }

    private static int append(long[] out, int n, long first, long last) {
        if (n > 0 && first <= out[n - 1] + 1) {
            out[n - 1] = Math.max(out[n - 1], last);
            return n;
        }
        out[n] = first;
        out[n + 1] = last;
        return n + 2;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SeqRanges other && Arrays.equals(bounds, other.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Such as {@code 1-7,9,12-40}; {@code none} if there is no seq. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(bounds[i]);
            if (bounds[i + 1] != bounds[i]) {
                text.append('-').append(bounds[i + 1]);
            }
        }
        return text.toString();
    }
}

package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import java.util.Arrays;

/**
 * A column of a batch: one whole number for each read, as {@code read_stream.proto} has it. Exact for every 64-bit number;
 * all sums wrap. Pure.
 */
final class Column {
    /** What a number takes at most, and what stands in front of the numbers. */
    private static final int MOST_BYTES = 10;

    private static final int SAMPLES = 9;

    private Column() {}

    /** A number that may be absent, as one number: 0 says that it is. */
    static long present(long value) {
        return value >= 0 ? value + 1 : value;
    }

    /** The number that {@link #present} made this of; not for 0. */
    static long value(long present) {
        return present > 0 ? present - 1 : present;
    }

    /** Writes columns, one after the other, of up to so many values each. Not thread-safe. */
    static final class Writer {
        private final byte[] out;
        private int at;

        Writer(int mostValues) {
            out = new byte[MOST_BYTES * (2 + mostValues)];
        }

        /** The column of these values from the first to before {@code end}. */
        ByteString plain(long[] values, int end) {
            at = 0;
            if (end > 0 && !(values[0] == 0 && constant(values, 0, end))) {
                column(values, 0, end);
            }
            return ByteString.copyFrom(out, 0, at);
        }

        /** The same as differences: {@code before} tells for each value but the first from which earlier one. */
        ByteString differences(long[] values, int end, int[] before) {
            at = 0;
            // From the end, so that what is subtracted is still what it was.
            for (int i = end - 1; i > 0; i--) {
                values[i] -= values[before[i]];
            }
            if (end > 0 && !(values[0] == 0 && constant(values, 0, end))) {
                signed(values[0]);
                if (end > 1 && !(values[1] == 0 && constant(values, 1, end))) {
                    column(values, 1, end);
                }
            }
            return ByteString.copyFrom(out, 0, at);
        }

        private static boolean constant(long[] values, int from, int end) {
            int different = from + 1;
            while (different < end && values[different] == values[from]) {
                different++;
            }
            return different >= end;
        }

        private void column(long[] values, int from, int end) {
            if (constant(values, from, end)) {
                signed(values[from]);
                return;
            }
            long base = middle(values, from, end);
            long step = step(values, from, end, base);
            signed(base);
            unsigned(step);
            for (int i = from; i < end; i++) {
                signed(step == 1 ? values[i] - base : (values[i] - base) / step);
            }
        }

        /** About the median, from which most are not far; extremes do not move it. */
        private static long middle(long[] values, int from, int end) {
            long[] some = new long[Math.min(SAMPLES, end - from)];
            for (int i = 0; i < some.length; i++) {
                some[i] = values[from + i * (end - from) / some.length];
            }
            Arrays.sort(some);
            return some[some.length / 2];
        }

        /** What divides all distances from the base; 1 as soon as nothing else does. */
        private static long step(long[] values, int from, int end, long base) {
            long step = 0;
            for (int i = from; i < end && step != 1; i++) {
                long distance = values[i] - base;
                if (distance == Long.MIN_VALUE) {
                    return 1;
                }
                step = divisor(step, Math.abs(distance));
            }
            return step;
        }

        private static long divisor(long a, long b) {
            long greater = a;
            long less = b;
            if (greater != 0 && less % greater == 0) {
                return greater;
            }
            while (less != 0) {
                long rest = greater % less;
                greater = less;
                less = rest;
            }
            return greater;
        }

        private void signed(long value) {
            unsigned((value << 1) ^ (value >> 63));
        }

        private void unsigned(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out[at++] = (byte) (left | 0x80);
                left >>>= 7;
            }
            out[at++] = (byte) left;
        }
    }

    /**
     * The values of a column.
     *
     * @param name for what is said of one that is wrong
     * @throws StreamFormatException if there are not exactly {@code count}
     */
    static long[] plain(ByteString column, int count, String name) throws StreamFormatException {
        long[] values = new long[count];
        new Reader(column, count, name).column(values, 0);
        return values;
    }

    /**
     * The values of a column of differences.
     *
     * @param before for each value but the first, from which earlier one it differs
     * @throws StreamFormatException as {@link #plain}
     */
    static long[] differences(ByteString column, int[] before, String name) throws StreamFormatException {
        long[] values = new long[before.length];
        Reader reader = new Reader(column, before.length, name);
        if (!reader.done()) {
            if (before.length > 0) {
                values[0] = reader.signed();
            }
            reader.column(values, 1);
            for (int i = 1; i < values.length; i++) {
                values[i] += values[before[i]];
            }
        }
        return values;
    }

    private static final class Reader {
        private final byte[] bytes;
        private final int count;
        private final String name;
        private int at;

        Reader(ByteString column, int count, String name) {
            this.bytes = column.toByteArray();
            this.count = count;
            this.name = name;
        }

        boolean done() {
            return at == bytes.length;
        }

        void column(long[] values, int from) throws StreamFormatException {
            if (done()) {
                return;
            }
            long base = signed();
            if (done()) {
                Arrays.fill(values, Math.min(from, values.length), values.length, base);
                return;
            }
            long step = unsigned();
            for (int i = from; i < values.length; i++) {
                values[i] = base + step * signed();
            }
            if (!done()) {
                throw new StreamFormatException("column " + name + " goes on for " + (bytes.length - at)
                        + " bytes behind its " + count + " values");
            }
        }

        long signed() throws StreamFormatException {
            long value = unsigned();
            return (value >>> 1) ^ -(value & 1);
        }

        long unsigned() throws StreamFormatException {
            long value = 0;
            for (int shift = 0; at < bytes.length; shift += 7) {
                byte next = bytes[at++];
                if (shift == 63 && (next & 0xff) > 1) {
                    throw new StreamFormatException(
                            "column " + name + " has a number of over 64 bits before byte " + at);
                }
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new StreamFormatException(
                    "column " + name + " of " + bytes.length + " bytes ends early; want " + count + " values");
        }
    }
}

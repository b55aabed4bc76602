package org.matgate.simulator.link;

import java.util.Arrays;

/** Bytes that wait for a slow reader, first in, first out; what does not fit is lost and counted. Not thread-safe. */
final class DriverBuffer {
    private final int limit;
    private byte[] bytes = new byte[256];
    private int offset;
    private int length;
    private long overrun;

    DriverBuffer(int limit) {
        this.limit = limit;
    }

    void add(byte[] from, int start, int count) {
        int fits = Math.min(count, limit - length);
        overrun += count - fits;
        if (offset + length + fits > bytes.length) {
            byte[] room = length + fits > bytes.length ? new byte[Math.max(2 * bytes.length, length + fits)] : bytes;
            System.arraycopy(bytes, offset, room, 0, length);
            bytes = room;
            offset = 0;
        }
        System.arraycopy(from, start, bytes, offset + length, fits);
        length += fits;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The array in which the bytes lie from {@link #offset} on, valid until the next change. */
    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Takes the first {@code count} bytes away. */
    void drop(int count) {
        offset += count;
        length -= count;
        if (length == 0) {
            offset = 0;
        }
    }

    void clear() {
        drop(length);
        bytes = Arrays.copyOf(bytes, 256);
    }

    /** How many bytes were lost since the start. */
    long overrun() {
        return overrun;
    }
}

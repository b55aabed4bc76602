package org.matgate.gateway.reader;

import java.util.concurrent.locks.LockSupport;
import org.matgate.gateway.link.ReaderLink;

/** A link that says one thing so many times, and then nothing. */
final class EndlessLink implements ReaderLink {
    private final byte[] line;
    private int left;

    EndlessLink(byte[] line, int times) {
        this.line = line.clone();
        this.left = times;
    }

    @Override
    public int read(byte[] buffer, long waitNanos) {
        if (left == 0) {
            LockSupport.parkNanos(Math.min(waitNanos, 1_000_000));
            return 0;
        }
        left--;
        System.arraycopy(line, 0, buffer, 0, line.length);
        return line.length;
    }

    @Override
    public void write(byte[] bytes) {}

    @Override
    public long nanosPerByte() {
        return 0;
    }

    @Override
    public void close() {}
}

package org.matgate.simulator.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.matgate.simulator.link.ReaderEnd;

/**
 * A cable that can be pulled out and put back: while it is out, nobody listens and the other side finds no device.
 * Thread-safe as a {@link ReaderEnd} is; pulling and putting may come from any thread.
 */
public final class Cable implements ReaderEnd {
    /** More listeners than any link has in a rehearsal, so that numbers never come twice. */
    private static final int LISTENERS_A_PLUG = 1_000_000;

    private static final long LOOK_NANOS = 2_000_000;

    private final Plug plug;
    private final String address;
    private volatile @Nullable ReaderEnd end;
    private volatile int plugs;
    private volatile boolean closed;

    /** Opens the reader's end, each time under the same address. */
    @FunctionalInterface
    public interface Plug {
        ReaderEnd in() throws IOException;
    }

    /** A cable that is plugged in. */
    public Cable(Plug plug) throws IOException {
        this.plug = plug;
        ReaderEnd first = plug.in();
        this.address = first.address();
        this.end = first;
    }

    /** Pulls it out. */
    public synchronized void out() {
        ReaderEnd old = end;
        end = null;
        if (old != null) {
            old.close();
        }
    }

    /** Puts it back. */
    public synchronized void in() throws IOException {
        if (end == null && !closed) {
            ReaderEnd next = plug.in();
            plugs++;
            end = next;
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int listener() {
        int before = plugs;
        ReaderEnd now = end;
        int listener = now == null ? 0 : now.listener();
        return listener == 0 ? 0 : listener + before * LISTENERS_A_PLUG;
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        ReaderEnd now = end;
        if (now != null) {
            try {
                return now.read(buffer, waitNanos);
            } catch (IOException e) {
                requirePulled(now, e);
            }
        }
        requireOpen();
        if (waitNanos > 0) {
            LockSupport.parkNanos(Math.min(waitNanos, LOOK_NANOS));
        }
        return 0;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        int before = plugs;
        ReaderEnd now = end;
        if (now != null) {
            try {
                int listener = now.write(bytes, offset, length);
                return listener == 0 ? 0 : listener + before * LISTENERS_A_PLUG;
            } catch (IOException e) {
                requirePulled(now, e);
            }
        }
        requireOpen();
        return 0;
    }

    /** A failure of an end that has just been pulled out is none. */
    private void requirePulled(ReaderEnd failed, IOException e) throws IOException {
        if (end == failed || closed) {
            throw e;
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(address + " is closed");
        }
    }

    @Override
    public void finish(Duration limit) {
        ReaderEnd now = end;
        if (now != null) {
            now.finish(limit);
        }
    }

    @Override
    public void close() {
        closed = true;
        out();
    }
}

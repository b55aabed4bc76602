package org.matgate.simulator.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
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
    private final boolean onNetwork;
    /** Empty while it is out. */
    private volatile Optional<Plugged> plugged;

    private int plugs;
    private OptionalInt baud = OptionalInt.empty();
    private volatile boolean closed;

    /** Opens the reader's end, each time under the same address. */
    @FunctionalInterface
    public interface Plug {
        ReaderEnd in() throws IOException;
    }

    /** One time that it is in, with how many such times there were before. */
    private record Plugged(ReaderEnd end, int before) {
        int number(int listener) {
            return listener == 0 ? 0 : listener + before * LISTENERS_A_PLUG;
        }

        void hangUp(int number) {
            if (number / LISTENERS_A_PLUG == before) {
                end.hangUp(number % LISTENERS_A_PLUG);
            }
        }
    }

    /** A cable that is plugged in. */
    public Cable(Plug plug) throws IOException {
        this.plug = plug;
        ReaderEnd first = plug.in();
        this.address = first.address();
        this.onNetwork = first.onNetwork();
        this.plugged = Optional.of(new Plugged(first, 0));
    }

    /** Pulls it out. */
    public synchronized void out() {
        Optional<Plugged> old = plugged;
        plugged = Optional.empty();
        old.ifPresent(now -> {
            plugs = now.before() + 1;
            now.end().close();
        });
    }

    /** Puts it back. */
    public synchronized void in() throws IOException {
        if (plugged.isEmpty() && !closed) {
            ReaderEnd end = plug.in();
            baud.ifPresent(end::baud);
            plugged = Optional.of(new Plugged(end, plugs));
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean onNetwork() {
        return onNetwork;
    }

    @Override
    public int listener() {
        return plugged.map(now -> now.number(now.end().listener())).orElse(0);
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        Optional<Plugged> now = plugged;
        if (now.isPresent()) {
            try {
                return now.get().end().read(buffer, waitNanos);
            } catch (IOException e) {
                requirePulled(now.get(), e);
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
        Optional<Plugged> now = plugged;
        if (now.isPresent()) {
            try {
                return now.get().number(now.get().end().write(bytes, offset, length));
            } catch (IOException e) {
                requirePulled(now.get(), e);
            }
        }
        requireOpen();
        return 0;
    }

    /** A failure of an end that has just been pulled out is none. */
    private void requirePulled(Plugged failed, IOException e) throws IOException {
        if (closed || plugged.map(Plugged::before).equals(Optional.of(failed.before()))) {
            throw e;
        }
    }

    @Override
    public boolean congested() {
        return plugged.map(now -> now.end().congested()).orElse(false);
    }

    @Override
    public int turnedAway() {
        return plugged.map(now -> now.end().turnedAway()).orElse(0);
    }

    @Override
    public void hangUp(int listener) {
        plugged.ifPresent(now -> now.hangUp(listener));
    }

    @Override
    public synchronized void baud(int now) {
        baud = OptionalInt.of(now);
        plugged.ifPresent(in -> in.end().baud(now));
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(address + " is closed");
        }
    }

    @Override
    public void finish(Duration limit) {
        plugged.ifPresent(now -> now.end().finish(limit));
    }

    @Override
    public void close() {
        closed = true;
        out();
    }
}

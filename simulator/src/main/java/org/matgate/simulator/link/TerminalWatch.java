package org.matgate.simulator.link;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.matgate.simulator.SimClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how promptly this machine hands on what is written to its pseudo-terminals. A busy one lets it lie for up to
 * some tenths of a second, in all terminals at once, as a kernel's worker takes it from one side to the other; who asks
 * how much has come in, as serial drivers are asked, hears of nothing meanwhile, however promptly it asks.
 *
 * <p>Writes a byte at a time to a terminal of its own and asks for it at the other side. Thread-safe.
 */
public final class TerminalWatch implements AutoCloseable {
    /** Shorter is what a process on a busy machine is late by anyhow. */
    static final long LEAST_NANOS = 30_000_000;

    private static final Logger log = LoggerFactory.getLogger(TerminalWatch.class);
    private static final long LOOK_NANOS = 2_000_000;
    private static final int SLAVE_FLAGS = LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    /** Hears of each time in which terminals held bytes back, when it is over; CLOCK_MONOTONIC. */
    public interface Listener {
        void heldBack(long fromNanos, long untilNanos);
    }

    /** The two sides of a terminal. */
    interface Terminal {
        void write() throws IOException;

        /** Takes the byte at the other side. @return whether it was there */
        boolean take() throws IOException;
    }

    private final Terminal terminal;
    private final SimClock clock;
    private final Listener listener;
    private long writtenNanos;
    private boolean onItsWay;
    private boolean missed;
    private volatile boolean closed;
    private Thread thread = Thread.currentThread();

    TerminalWatch(Terminal terminal, SimClock clock, Listener listener) {
        this.terminal = terminal;
        this.clock = clock;
        this.listener = listener;
    }

    /** Opens a terminal and watches it until closed. */
    public static TerminalWatch start(SimClock clock, Listener listener) throws IOException {
        LibC libc = new LibC();
        PtyDevice device = PtyDevice.open(libc);
        int slave = libc.open(device.path(), SLAVE_FLAGS);
        if (slave < 0) {
            libc.close(device.master());
            throw new IOException("cannot open " + device.path() + ": errno " + libc.errno());
        }
        TerminalWatch watch = new TerminalWatch(new Own(libc, device.master(), slave), clock, listener);
        watch.thread = Thread.ofPlatform().daemon().name("terminal-watch").start(() -> {
            watch.run();
            libc.close(slave);
            libc.close(device.master());
        });
        return watch;
    }

    private record Own(LibC libc, int master, int slave) implements Terminal {
        @Override
        public void write() throws IOException {
            if (libc.write(master, new byte[] {1}, 0, 1) != 1) {
                throw new IOException("cannot write to a pseudo-terminal: errno " + libc.errno());
            }
        }

        @Override
        public boolean take() throws IOException {
            // Not a poll or a read: these wait for the kernel's worker, and would be late instead of hearing of
            // nothing.
            return libc.waiting(slave) > 0 && libc.read(slave, new byte[1]) == 1;
        }
    }

    private void run() {
        try {
            while (!closed) {
                look();
                LockSupport.parkNanos(LOOK_NANOS);
            }
            end();
        } catch (IOException e) {
            log.warn("nobody watches this machine's terminals any more: {}", e.getMessage());
        }
    }

    /** Sends a byte off if none is on its way, or asks for it. */
    void look() throws IOException {
        long now = clock.monotonicNanos();
        if (!onItsWay) {
            terminal.write();
            writtenNanos = now;
            onItsWay = true;
            missed = false;
        } else if (terminal.take()) {
            end();
        } else {
            missed = true;
        }
    }

    /** A byte that was there when it was asked for first was not held back: nobody had asked. */
    private void end() {
        long now = clock.monotonicNanos();
        if (onItsWay && missed && now - writtenNanos >= LEAST_NANOS) {
            listener.heldBack(writtenNanos, now);
        }
        onItsWay = false;
    }

    /** Ends the watch; the listener hears of nothing afterwards. */
    public void stop() throws InterruptedException {
        closed = true;
        thread.join();
    }

    /** Ends the watch soon. */
    @Override
    public void close() {
        closed = true;
    }
}

package org.matgate.gateway.gpio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.config.Config;

/**
 * Edges from the kernel, which stamps them in its interrupt. Nothing below us debounces: the kernel's debounce would
 * stamp a bouncing contact when it has calmed down.
 *
 * <p>Both edges are asked for. The kernel then tells the level that it finds a little after the interrupt, not the
 * direction of the edge: a short pulse may be told as two falling edges, the first of which has the time of the rise.
 */
final class KernelEdges implements EdgeSource {
    /** Events that the kernel keeps while nobody looks: more than a bouncing contact makes while a host stalls. */
    private static final int KERNEL_BUFFER = 256;

    private static final int EVENTS_PER_READ = 64;
    /** The wake-up and all lines. */
    private static final int MOST_POLLED = 8;

    private final String chip;
    private final int wakeup;
    private final MemorySegment pollfds = Arena.ofAuto().allocate(MOST_POLLED * GpioAbi.POLLFD_BYTES, 8);
    private final MemorySegment drain = Arena.ofAuto().allocate(8, 8);

    private boolean closed;

    /** @param chip path, name or label */
    KernelEdges(String chip) throws PinTrouble {
        this.chip = chip;
        try {
            wakeup = GpioCalls.eventfd();
        } catch (GpioCalls.Failed e) {
            throw new PinTrouble(String.valueOf(e.getMessage()), "restart the service");
        }
    }

    @Override
    public Line open(Config.Gpio.TimedPin pin, String consumer) throws PinTrouble {
        return take(chip, pin.line(), pin.bias(), true, consumer);
    }

    /** Takes a line as an input. */
    static KernelLine take(String chip, String line, Config.Gpio.Bias bias, boolean edges, String consumer)
            throws PinTrouble {
        // The line stays ours when the chip's own descriptor is closed.
        try (GpioChip opened = GpioChip.open(chip)) {
            GpioChip.LineInfo info = opened.line(line);
            int fd = opened.request(info, bias, edges, consumer, KERNEL_BUFFER);
            return new KernelLine(fd, opened.name() + " " + info.words());
        }
    }

    @Override
    public void await(List<Line> lines, long nanos) throws PinTrouble {
        set(0, wakeup);
        int count = 1;
        for (Line line : lines) {
            KernelLine polled = (KernelLine) line;
            polled.ready = false;
            set(count++, polled.fd);
        }
        try {
            if (GpioCalls.poll(pollfds, count, (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000)) == 0) {
                return;
            }
            for (int i = 0; i < lines.size(); i++) {
                // Also when the chip is gone: the read then says so.
                ((KernelLine) lines.get(i)).ready = revents(i + 1) != 0;
            }
            if (revents(0) != 0) {
                long unused = GpioCalls.read(wakeup, drain);
            }
        } catch (GpioCalls.Failed e) {
            throw new PinTrouble(String.valueOf(e.getMessage()), "it is tried again all the time");
        }
    }

    private void set(int index, int fd) {
        long at = index * GpioAbi.POLLFD_BYTES;
        pollfds.set(JAVA_INT, at, fd);
        pollfds.set(JAVA_SHORT, at + GpioAbi.POLLFD_EVENTS, GpioAbi.POLLIN);
        pollfds.set(JAVA_SHORT, at + GpioAbi.POLLFD_REVENTS, (short) 0);
    }

    private short revents(int index) {
        return pollfds.get(JAVA_SHORT, index * GpioAbi.POLLFD_BYTES + GpioAbi.POLLFD_REVENTS);
    }

    @Override
    public synchronized void wake() {
        if (closed) {
            return;
        }
        try {
            GpioCalls.wake(wakeup);
        } catch (GpioCalls.Failed e) {
            // A counter that is full wakes as well as one that is written.
            if (e.errno() != GpioCalls.EAGAIN) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        // The number may be another file's at once.
        closed = true;
        GpioCalls.close(wakeup);
    }

    /** A line that the kernel has given us. */
    static final class KernelLine implements Line {
        private final int fd;
        private final String where;
        private final Arena arena = Arena.ofShared();
        private final MemorySegment values = arena.allocate(GpioAbi.VALUES_BYTES, 8);
        private final MemorySegment events = arena.allocate(EVENTS_PER_READ * GpioAbi.EVENT_BYTES, 8);
        /** Whether a read does not wait. */
        private boolean ready;

        private KernelLine(int fd, String where) {
            this.fd = fd;
            this.where = where;
        }

        @Override
        public String where() {
            return where;
        }

        @Override
        public boolean high() throws PinTrouble {
            values.set(JAVA_LONG, 0, 0);
            values.set(JAVA_LONG, GpioAbi.VALUES_MASK, 1);
            try {
                GpioCalls.ioctl(fd, GpioAbi.GET_VALUES, values);
            } catch (GpioCalls.Failed e) {
                throw gone(e);
            }
            return (values.get(JAVA_LONG, 0) & 1) != 0;
        }

        @Override
        public List<RawEdge> read() throws PinTrouble {
            if (!ready) {
                return List.of();
            }
            ready = false;
            try {
                return parse(events, GpioCalls.read(fd, events));
            } catch (GpioCalls.Failed e) {
                throw gone(e);
            }
        }

        private PinTrouble gone(GpioCalls.Failed e) {
            return new PinTrouble(
                    where + ": " + e.getMessage(), "the chip may be gone; it is tried again all the time");
        }

        @Override
        public void close() {
            GpioCalls.close(fd);
            arena.close();
        }
    }

    /** The edges in what the kernel gave. */
    static List<RawEdge> parse(MemorySegment events, long bytes) {
        List<RawEdge> edges = new ArrayList<>();
        for (long at = 0; at + GpioAbi.EVENT_BYTES <= bytes; at += GpioAbi.EVENT_BYTES) {
            edges.add(new RawEdge(
                    events.get(JAVA_LONG, at),
                    events.get(JAVA_INT, at + GpioAbi.EVENT_ID) == GpioAbi.RISING,
                    Integer.toUnsignedLong(events.get(JAVA_INT, at + GpioAbi.EVENT_LINE_SEQNO))));
        }
        return edges;
    }
}

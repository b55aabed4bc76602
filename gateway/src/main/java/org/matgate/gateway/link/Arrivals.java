package org.matgate.gateway.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Waits for bytes at a serial port with {@code ppoll} of the C library, on 64-bit Linux. The kernel collects what a port's
 * interrupts bring and hands it on by a worker of its own, which on a busy machine may be late by hundreds of
 * milliseconds. Asking how much there is (FIONREAD) does not wait for that worker and tells of nothing meanwhile;
 * {@code ppoll} does wait, so that one who comes late for it knows so. It also wakes at once where a look now and then
 * would cost a timer each.
 *
 * <table>
 * <caption>Layouts</caption>
 * <tr><th>struct</th><th>size</th><th>offset</th><th>field</th></tr>
 * <tr><td>pollfd</td><td>8</td><td>0</td><td>int fd</td></tr>
 * <tr><td></td><td></td><td>4</td><td>short events</td></tr>
 * <tr><td></td><td></td><td>6</td><td>short revents</td></tr>
 * <tr><td>timespec</td><td>16</td><td>0</td><td>long tv_sec</td></tr>
 * <tr><td></td><td></td><td>8</td><td>long tv_nsec</td></tr>
 * </table>
 *
 * Not thread-safe.
 */
final class Arrivals {
    /** What there is at the port. */
    enum Finding {
        NOTHING,
        BYTES,
        /** The far end is gone, and nothing of what it sent is left. */
        HUNG_UP
    }

    private static final short POLLIN = 1;
    private static final int POLLERR_HUP_NVAL = 0x8 | 0x10 | 0x20;
    private static final long REVENTS = 6;
    private static final long NSEC = 8;
    private static final long SECOND = 1_000_000_000L;

    private static final MethodHandle PPOLL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("ppoll"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment pollfd = arena.allocate(8, 8);
    private final MemorySegment timespec = arena.allocate(16, 8);

    /** @param fd the open port */
    Arrivals(int fd) {
        pollfd.set(JAVA_INT, 0, fd);
        pollfd.set(JAVA_SHORT, 4, POLLIN);
    }

    /** Waits so long at most; a signal may end it early, with nothing. */
    Finding await(long nanos) {
        timespec.set(JAVA_LONG, 0, nanos / SECOND);
        timespec.set(JAVA_LONG, NSEC, nanos % SECOND);
        pollfd.set(JAVA_SHORT, REVENTS, (short) 0);
        int ready;
        try {
            ready = (int) PPOLL.invokeExact(pollfd, 1L, timespec, MemorySegment.NULL);
        } catch (Throwable e) {
            throw new IllegalStateException("ppoll", e);
        }
        if (ready <= 0) {
            return Finding.NOTHING;
        }
        int found = pollfd.get(JAVA_SHORT, REVENTS);
        if ((found & POLLIN) != 0) {
            return Finding.BYTES;
        }
        return (found & POLLERR_HUP_NVAL) != 0 ? Finding.HUNG_UP : Finding.NOTHING;
    }
}

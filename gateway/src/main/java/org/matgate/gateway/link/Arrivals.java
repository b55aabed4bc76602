package org.matgate.gateway.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Waits for bytes at a serial port with {@code ppoll} of the C library, and takes them with its {@code read}, on 64-bit
 * Linux. The kernel collects what a port's
 * interrupts bring and hands it on by a worker of its own, which on a busy machine may be late by hundreds of
 * milliseconds. Asking how much there is (FIONREAD) does not wait for that worker and tells of nothing meanwhile;
 * {@code ppoll} does wait, so that one who comes late for it knows so. It also wakes at once where a look now and then
 * would cost a timer each.
 *
 * <p>A port whose adapter is pulled between the two has nothing to read, for ever. jSSC's own reading asks on and on then,
 * and never returns; a {@code read} here is made once.
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
    private static final short POLLIN = 1;
    private static final int POLLERR_HUP_NVAL = 0x8 | 0x10 | 0x20;
    private static final long REVENTS = 6;
    private static final long NSEC = 8;
    private static final long SECOND = 1_000_000_000L;

    /** What the kernel keeps of a port. */
    private static final int MOST_BYTES = 4096;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle PPOLL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ppoll"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private static final MethodHandle READ = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("read"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    private final int fd;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment pollfd = arena.allocate(8, 8);
    private final MemorySegment timespec = arena.allocate(16, 8);
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment taken = arena.allocate(MOST_BYTES);

    /** @param fd the open port; it must be so at each call */
    Arrivals(int fd) {
        this.fd = fd;
        pollfd.set(JAVA_INT, 0, fd);
        pollfd.set(JAVA_SHORT, 4, POLLIN);
    }

    /**
     * Waits so long at most; a signal may end it early.
     *
     * @return whether {@link #take} has something to say: bytes, or that the port is gone
     */
    boolean await(long nanos) {
        timespec.set(JAVA_LONG, 0, nanos / SECOND);
        timespec.set(JAVA_LONG, NSEC, nanos % SECOND);
        pollfd.set(JAVA_SHORT, REVENTS, (short) 0);
        try {
            return (int) PPOLL.invokeExact(pollfd, 1L, timespec, MemorySegment.NULL) > 0;
        } catch (Throwable e) {
            throw new IllegalStateException("ppoll", e);
        }
    }

    /**
     * Takes what is there, without waiting: the port is set to give nothing (VMIN and VTIME 0) rather than wait for more.
     *
     * @return how many bytes; 0 if there are none after all
     * @throws IOException if the port is gone
     */
    int take(byte[] buffer) throws IOException {
        long count;
        try {
            count = (long) READ.invokeExact(state, fd, taken, (long) Math.min(buffer.length, MOST_BYTES));
        } catch (Throwable e) {
            throw new IllegalStateException("read", e);
        }
        int errno = count < 0 ? (int) ERRNO.get(state, 0L) : 0;
        // Of a port that is gone the kernel says that there is nothing, or EIO, as it finds it at that moment.
        if (errno != 0 && errno != EINTR && errno != EAGAIN) {
            throw new IOException("the system says errno " + errno);
        }
        if (count > 0) {
            MemorySegment.copy(taken, JAVA_BYTE, 0, buffer, 0, (int) count);
            return (int) count;
        }
        if (hungUp()) {
            throw new IOException("the system reports a hang-up");
        }
        return 0;
    }

    /** A port that has hung up says that there are bytes, too. */
    private boolean hungUp() {
        return await(0) && (pollfd.get(JAVA_SHORT, REVENTS) & POLLERR_HUP_NVAL) != 0;
    }
}

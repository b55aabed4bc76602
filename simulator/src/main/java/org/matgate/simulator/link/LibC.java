package org.matgate.simulator.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library that a pseudo-terminal needs, with the constants of Linux on x86-64 and aarch64, which are
 * the same. Not thread-safe: one instance keeps the error number of its last call.
 */
final class LibC {
    static final int O_RDWR = 2;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int POLLIN = 1;
    static final int POLLHUP = 0x10;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EBUSY = 16;
    private static final long FIONREAD = 0x541B;
    private static final int TCSANOW = 0;
    private static final int TCIFLUSH = 0;
    private static final int TERMIOS_BYTES = 60;
    private static final int CFLAG_OFFSET = 8;
    /** The bits of the control flags that hold the rate. */
    private static final int CBAUD = 0x100F;

    private static final int PATH_BYTES = 128;
    private static final int BUFFER_BYTES = 4096;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle POSIX_OPENPT = of("posix_openpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle GRANTPT = of("grantpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle UNLOCKPT = of("unlockpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle PTSNAME_R = of("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle OPEN = of("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = of("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle TCGETATTR = of("tcgetattr", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle TCSETATTR = of("tcsetattr", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle TCFLUSH = of("tcflush", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = of("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = of("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle IOCTL = of("ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle PPOLL = of("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle CFMAKERAW =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ADDRESS));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
    private final MemorySegment pollfd = arena.allocate(8, 8);
    private final MemorySegment timespec = arena.allocate(16, 8);

    /** A call by C's own rules, which Java cannot check. */
    private interface Call {
        long run() throws Throwable;
    }

    private static MethodHandle of(String name, ValueLayout result, MemoryLayout... arguments) {
        // open and ioctl are declared with an ellipsis; both machines call them like any other.
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static long run(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a foreign call threw", e);
        }
    }

    private int check(String what, Call call) throws IOException {
        long result = run(call);
        if (result < 0) {
            throw new IOException(what + " failed with errno " + errno());
        }
        return (int) result;
    }

    /** The error number of the call that failed last. */
    int errno() {
        return (int) ERRNO.get(state, 0L);
    }

    int posixOpenpt(int flags) throws IOException {
        return check("posix_openpt", () -> (int) POSIX_OPENPT.invokeExact(state, flags));
    }

    /** Makes the other side of a master usable, and gives its path. */
    String unlock(int master) throws IOException {
        check("grantpt", () -> (int) GRANTPT.invokeExact(state, master));
        check("unlockpt", () -> (int) UNLOCKPT.invokeExact(state, master));
        long error = run(() -> (int) PTSNAME_R.invokeExact(state, master, buffer, (long) PATH_BYTES));
        if (error != 0) {
            throw new IOException("ptsname_r failed with error " + error);
        }
        return buffer.getString(0);
    }

    /** Gives a new descriptor; negative on failure, see {@link #errno}. */
    int open(String path, int flags) {
        buffer.setString(0, path);
        return (int) run(() -> (int) OPEN.invokeExact(state, buffer, flags));
    }

    void close(int descriptor) {
        run(() -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /** Bytes go through as they are: no echo, no line editing, no translation. */
    void makeRaw(int descriptor) throws IOException {
        MemorySegment termios = buffer.asSlice(0, TERMIOS_BYTES);
        check("tcgetattr", () -> (int) TCGETATTR.invokeExact(state, descriptor, termios));
        run(() -> {
            CFMAKERAW.invokeExact(termios);
            return 0;
        });
        check("tcsetattr", () -> (int) TCSETATTR.invokeExact(state, descriptor, TCSANOW, termios));
    }

    /** The rate that whoever holds the other side has set, baud; 0 if it is none of the usual ones. */
    int baud(int descriptor) throws IOException {
        MemorySegment termios = buffer.asSlice(0, TERMIOS_BYTES);
        check("tcgetattr", () -> (int) TCGETATTR.invokeExact(state, descriptor, termios));
        return switch (termios.get(JAVA_INT, CFLAG_OFFSET) & CBAUD) {
            case 11 -> 2_400;
            case 12 -> 4_800;
            case 13 -> 9_600;
            case 14 -> 19_200;
            case 15 -> 38_400;
            case 0x1001 -> 57_600;
            case 0x1002 -> 115_200;
            case 0x1003 -> 230_400;
            case 0x1004 -> 460_800;
            case 0x1007 -> 921_600;
            case 0x1008 -> 1_000_000;
            case 0x100B -> 2_000_000;
            case 0x100F -> 4_000_000;
            default -> 0;
        };
    }

    /** Throws away what has come in and was not read. */
    void flushInput(int descriptor) {
        run(() -> (int) TCFLUSH.invokeExact(state, descriptor, TCIFLUSH));
    }

    /** How many bytes have come in and were not read. */
    int waiting(int descriptor) throws IOException {
        check("ioctl FIONREAD", () -> (int) IOCTL.invokeExact(state, descriptor, FIONREAD, buffer));
        return buffer.get(JAVA_INT, 0);
    }

    /** Reads what is there and gives how many bytes; negative on failure, see {@link #errno}. */
    int read(int descriptor, byte[] bytes) {
        long most = Math.min(bytes.length, BUFFER_BYTES);
        long n = run(() -> (long) READ.invokeExact(state, descriptor, buffer, most));
        if (n > 0) {
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) n);
        }
        return (int) n;
    }

    /** Writes what there is room for and gives how many bytes; negative on failure, see {@link #errno}. */
    int write(int descriptor, byte[] bytes, int offset, int length) {
        int most = Math.min(length, BUFFER_BYTES);
        MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, most);
        return (int) run(() -> (long) WRITE.invokeExact(state, descriptor, buffer, (long) most));
    }

    /** Waits for input or a hang-up. @return the bits of {@link #POLLIN} and {@link #POLLHUP}; 0 if neither came in time */
    int poll(int descriptor, long waitNanos) throws IOException {
        pollfd.set(JAVA_INT, 0, descriptor);
        pollfd.set(JAVA_SHORT, 4, (short) POLLIN);
        pollfd.set(JAVA_SHORT, 6, (short) 0);
        timespec.set(JAVA_LONG, 0, waitNanos / 1_000_000_000L);
        timespec.set(JAVA_LONG, 8, waitNanos % 1_000_000_000L);
        long n = run(() -> (int) PPOLL.invokeExact(state, pollfd, 1L, timespec, MemorySegment.NULL));
        if (n < 0 && errno() != EINTR) {
            throw new IOException("ppoll failed with errno " + errno());
        }
        return n > 0 ? pollfd.get(JAVA_SHORT, 6) & 0xFFFF : 0;
    }
}

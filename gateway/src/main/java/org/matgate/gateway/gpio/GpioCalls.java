package org.matgate.gateway.gpio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The C library's calls that pins need, on 64-bit Linux (x86-64 and aarch64). Thread-safe. */
final class GpioCalls {
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int EPERM = 1;

    private static final int O_RDWR_CLOEXEC = 2 | 0x80000;
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");

    private static final MethodHandle OPEN = find(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), KEEP_ERRNO, Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL = find(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            KEEP_ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), KEEP_ERRNO);
    private static final MethodHandle WRITE =
            find("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), KEEP_ERRNO);
    private static final MethodHandle POLL =
            find("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), KEEP_ERRNO);
    private static final MethodHandle EVENTFD =
            find("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), KEEP_ERRNO);
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private GpioCalls() {}

    /** A call failed; the number is errno's. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int errno;

        Failed(String call, int errno) {
            super(call + ": " + word(errno));
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }

    /** Errno's name where we know it. */
    static String word(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case ENXIO -> "ENXIO";
            case EAGAIN -> "EAGAIN";
            case EACCES -> "EACCES";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ENOTTY -> "ENOTTY";
            default -> "errno " + errno;
        };
    }

    /** Opens a device for reading and writing. */
    static int open(String path) throws Failed {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(path), O_RDWR_CLOEXEC);
            return (int) checked("open " + path, fd, state);
        } catch (Throwable e) {
            throw fault("open", e);
        }
    }

    /** Asks the device; {@code argument} is the request's struct. */
    static void ioctl(int fd, long request, MemorySegment argument) throws Failed {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) IOCTL.invokeExact(state, fd, request, argument);
            checked("ioctl " + Long.toHexString(request), result, state);
        } catch (Throwable e) {
            throw fault("ioctl", e);
        }
    }

    /** Reads at most what fits; returns how many bytes came. */
    static long read(int fd, MemorySegment into) throws Failed {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return checked("read", (long) READ.invokeExact(state, fd, into, into.byteSize()), state);
        } catch (Throwable e) {
            throw fault("read", e);
        }
    }

    /** Waits until one of the {@code count} descriptors has something; returns how many have. An interrupted wait is 0. */
    static int poll(MemorySegment pollfds, int count, int millis) throws Failed {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) POLL.invokeExact(state, pollfds, (long) count, millis);
            boolean interrupted = result < 0 && (int) ERRNO.get(state, 0L) == EINTR;
            return interrupted ? 0 : (int) checked("poll", result, state);
        } catch (Throwable e) {
            throw fault("poll", e);
        }
    }

    /** A counter by which one thread wakes another out of {@link #poll}. */
    static int eventfd() throws Failed {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return (int) checked("eventfd", (int) EVENTFD.invokeExact(state, 0, EFD_CLOEXEC_NONBLOCK), state);
        } catch (Throwable e) {
            throw fault("eventfd", e);
        }
    }

    /** Wakes whoever polls the counter. */
    static void wake(int eventfd) throws Failed {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
            checked("write", (long) WRITE.invokeExact(state, eventfd, one, JAVA_LONG.byteSize()), state);
        } catch (Throwable e) {
            throw fault("write", e);
        }
    }

    static void close(int fd) {
        try {
            // What close says of a descriptor without unwritten data is of no use.
            int unused = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw new IllegalStateException("close", e);
        }
    }

    private static long checked(String call, long result, MemorySegment state) throws Failed {
        if (result < 0) {
            throw new Failed(call, (int) ERRNO.get(state, 0L));
        }
        return result;
    }

    private static Failed fault(String call, Throwable e) {
        if (e instanceof Failed failed) {
            return failed;
        }
        throw new IllegalStateException(call, e);
    }

    private static MethodHandle find(String function, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment address = LINKER.defaultLookup()
                .find(function)
                .orElseThrow(() -> new IllegalStateException(
                        "The C library has no " + function + "; matgate needs Linux with glibc or musl."));
        return LINKER.downcallHandle(address, descriptor, options);
    }
}

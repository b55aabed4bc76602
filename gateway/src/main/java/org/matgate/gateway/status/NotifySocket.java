package org.matgate.gateway.status;

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
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix socket by the C library, on 64-bit Linux: Java knows Unix sockets that stream only. The layout
 * is that of unix(7), the same on x86-64 and aarch64:
 *
 * <table>
 * <caption>struct sockaddr_un</caption>
 * <tr><th>offset</th><th>field</th></tr>
 * <tr><td>0</td><td>unsigned short sun_family, 1</td></tr>
 * <tr><td>2</td><td>char sun_path[108]: a path and a zero, or a zero and an abstract name, which ends with the
 * address</td></tr>
 * </table>
 *
 * Thread-safe.
 */
final class NotifySocket implements AutoCloseable {
    /** Of a name: a path has a zero behind it, an abstract name one before it. */
    static final int MOST_NAME_BYTES = 107;

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    private static final int EAGAIN = 11;

    /** A reader that does not keep up is told of by an error instead of a wait; one that is gone, without a signal. */
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;

    private static final int PATH_OFFSET = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
    private static final MethodHandle SOCKET =
            find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), KEEP_ERRNO);
    private static final MethodHandle SENDTO = find(
            "sendto",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            KEEP_ERRNO);
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final String name;
    private final byte[] address;
    private final int fd;
    private boolean closed;

    private NotifySocket(String name, byte[] address, int fd) {
        this.name = name;
        this.address = address;
        this.fd = fd;
    }

    /**
     * A socket from which that one can be told something; whether anybody listens there is not looked at.
     *
     * @param name a path from the root, or an abstract name behind an {@code @}, as in NOTIFY_SOCKET of sd_notify(3)
     * @throws IOException if that is no such name, or there is no socket to be had
     */
    static NotifySocket to(String name) throws IOException {
        byte[] address = address(name);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int fd = (int) SOCKET.invokeExact(state, (int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            checked("no socket to be had", fd, state);
            return new NotifySocket(name, address, fd);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    private static byte[] address(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.startsWith("@");
        if (!isAbstract && !name.startsWith("/")) {
            throw new IOException(
                    "\"" + name + "\" is neither a path from the root nor an abstract name such as @name");
        }
        int length = isAbstract ? bytes.length - 1 : bytes.length;
        if (length < 1 || length > MOST_NAME_BYTES) {
            throw new IOException("\"" + name + "\" has " + length + " bytes; the name of a local socket has 1 to "
                    + MOST_NAME_BYTES);
        }
        byte[] address = new byte[PATH_OFFSET + length + 1];
        System.arraycopy(bytes, isAbstract ? 1 : 0, address, isAbstract ? PATH_OFFSET + 1 : PATH_OFFSET, length);
        return address;
    }

    /**
     * Sends a datagram, without waiting.
     *
     * @return false if the other end has not taken earlier ones: it may later
     * @throws IOException if it does not go out, as nobody is there
     */
    synchronized boolean send(String text) throws IOException {
        if (closed) {
            throw new IOException(name + ": was closed");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment to = arena.allocate(address.length, JAVA_SHORT.byteAlignment());
            MemorySegment.copy(address, 0, to, JAVA_BYTE, 0, address.length);
            to.set(JAVA_SHORT, 0, AF_UNIX);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment message = arena.allocateFrom(JAVA_BYTE, bytes);
            long sent = (long) SENDTO.invokeExact(
                    state, fd, message, (long) bytes.length, MSG_DONTWAIT_NOSIGNAL, to, address.length);
            if (sent < 0 && (int) ERRNO.get(state, 0L) == EAGAIN) {
                return false;
            }
            checked(name + " takes nothing", sent, state);
            return true;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // What close says of a socket without unsent data is of no use.
            int unused = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw new IllegalStateException("close", e);
        }
    }

    private static void checked(String what, long result, MemorySegment state) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + word((int) ERRNO.get(state, 0L)));
        }
    }

    /** Errno's meaning where it is one that comes; the numbers are Linux's. */
    private static String word(int errno) {
        return switch (errno) {
            case 2 -> "there is no such socket (ENOENT)";
            case 13 -> "permission denied (EACCES)";
            case 97 -> "no local sockets are allowed here (EAFNOSUPPORT)";
            case 111 -> "nobody listens there (ECONNREFUSED)";
            default -> "errno " + errno;
        };
    }

    private static IOException fault(Throwable e) {
        if (e instanceof IOException failure) {
            return failure;
        }
        throw new IllegalStateException(e);
    }

    private static MethodHandle find(String function, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment address = LINKER.defaultLookup()
                .find(function)
                .orElseThrow(() -> new IllegalStateException(
                        "The C library has no " + function + "; matgate needs Linux with glibc or musl."));
        return LINKER.downcallHandle(address, descriptor, options);
    }
}

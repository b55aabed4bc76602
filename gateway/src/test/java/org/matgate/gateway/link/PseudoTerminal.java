package org.matgate.gateway.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** A raw pseudo-terminal that stands in for a serial line; this is the reader's end of it. */
public final class PseudoTerminal implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int POLLIN = 1;
    private static final long TERMIOS_BYTES = 64;
    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle POSIX_OPENPT = find("posix_openpt", JAVA_INT);
    private static final MethodHandle GRANTPT = find("grantpt", JAVA_INT);
    private static final MethodHandle UNLOCKPT = find("unlockpt", JAVA_INT);
    private static final MethodHandle PTSNAME_R = find("ptsname_r", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle TCGETATTR = find("tcgetattr", JAVA_INT, ADDRESS);
    private static final MethodHandle TCSETATTR = find("tcsetattr", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CFMAKERAW =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle POLL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("poll"), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle READ = transfer("read");
    private static final MethodHandle WRITE = transfer("write");
    private static final MethodHandle CLOSE = find("close", JAVA_INT);

    private final int master;
    private final Path port;
    private boolean closed;

    private PseudoTerminal(int master, Path port) {
        this.master = master;
        this.port = port;
    }

    public static PseudoTerminal open() {
        try (Arena arena = Arena.ofConfined()) {
            int master = check("posix_openpt", (int) POSIX_OPENPT.invokeExact(O_RDWR | O_NOCTTY));
            check("grantpt", (int) GRANTPT.invokeExact(master));
            check("unlockpt", (int) UNLOCKPT.invokeExact(master));
            MemorySegment name = arena.allocate(64);
            check("ptsname_r", (int) PTSNAME_R.invokeExact(master, name, name.byteSize()));
            MemorySegment termios = arena.allocate(TERMIOS_BYTES, 8);
            check("tcgetattr", (int) TCGETATTR.invokeExact(master, termios));
            CFMAKERAW.invokeExact(termios);
            check("tcsetattr", (int) TCSETATTR.invokeExact(master, 0, termios));
            return new PseudoTerminal(master, Path.of(name.getString(0)));
        } catch (Throwable e) {
            throw new IllegalStateException("no pseudo-terminal", e);
        }
    }

    /** What the box opens. */
    public Path port() {
        return port;
    }

    public void write(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocateFrom(JAVA_BYTE, bytes);
            long count = (long) WRITE.invokeExact(master, buffer, buffer.byteSize());
            if (count != bytes.length) {
                throw new IllegalStateException("wrote " + count + " of " + bytes.length);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("write", e);
        }
    }

    /** Waits for some bytes, at most {@code most}. */
    byte[] read(int most) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment waiting = arena.allocate(8, 4);
            waiting.set(JAVA_INT, 0, master);
            waiting.set(JAVA_SHORT, 4, (short) POLLIN);
            check("poll", (int) POLL.invokeExact(waiting, 1L, 10_000));
            MemorySegment buffer = arena.allocate(most);
            long count = (long) READ.invokeExact(master, buffer, (long) most);
            return buffer.asSlice(0, Math.max(0, count)).toArray(JAVA_BYTE);
        } catch (Throwable e) {
            throw new IllegalStateException("read", e);
        }
    }

    /** Hangs up. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                check("close", (int) CLOSE.invokeExact(master));
            } catch (Throwable e) {
                throw new IllegalStateException("close", e);
            }
        }
    }

    private static MethodHandle find(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle transfer(String name) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static int check(String call, int result) {
        if (result < 0) {
            throw new IllegalStateException(call + " returned " + result);
        }
        return result;
    }
}

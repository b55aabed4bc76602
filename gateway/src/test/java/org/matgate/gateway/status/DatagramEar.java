package org.matgate.gateway.status;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Where a service manager would listen: a real Unix datagram socket. For one thread. */
public final class DatagramEar implements AutoCloseable {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MOST_BYTES = 4096;

    private static final MethodHandle SOCKET =
            find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = find("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV =
            find("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final int fd;
    private final List<String> heard = new ArrayList<>();

    /** @param name as in NOTIFY_SOCKET */
    public DatagramEar(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.startsWith("@");
        try (Arena arena = Arena.ofConfined()) {
            fd = (int) SOCKET.invokeExact(1, 2, 0);
            MemorySegment address = arena.allocate(2L + bytes.length + 1, 2);
            address.set(JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 2, bytes.length);
            if (isAbstract) {
                address.set(JAVA_BYTE, 2, (byte) 0);
            }
            int length = 2 + bytes.length + (isAbstract ? 0 : 1);
            if ((int) BIND.invokeExact(fd, address, length) != 0) {
                throw new IllegalStateException("cannot listen at " + name);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle find(String function, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor);
    }

    /** What came next, if anything has come. */
    public Optional<String> poll() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MOST_BYTES);
            long length = (long) RECV.invokeExact(fd, buffer, (long) MOST_BYTES, MSG_DONTWAIT);
            if (length < 0) {
                return Optional.empty();
            }
            String text = new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
            heard.add(text);
            return Optional.of(text);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next datagram like this; others before it are passed over. */
    public String await(Predicate<String> like, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> next = poll();
            if (next.filter(like).isPresent()) {
                return next.get();
            }
            if (next.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        throw new AssertionError("nothing of the kind within " + most + "; heard " + heard);
    }

    /** Takes and forgets what waits. */
    public void drain() {
        while (poll().isPresent()) {
            heard.clear();
        }
    }

    @Override
    public void close() {
        try {
            int unused = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

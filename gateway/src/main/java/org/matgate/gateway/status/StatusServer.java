package org.matgate.gateway.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever connects to the socket in the data directory how the box stands, or does what he asks, and hangs up. It
 * hears one short line, serves few at once and each for a bounded time, so that a caller can harm nobody. Thread-safe.
 */
public final class StatusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    /** A person, a display and a monitor, and then some; who comes beyond that is turned away. */
    static final int MOST_CALLERS = 8;

    /** How long a caller that takes nothing is waited for, in all. */
    private static final int MOST_WAITS = 20;

    private static final long WAIT_MILLIS = 100;
    private static final long KNOCK_MILLIS = 500;

    /** Who says nothing within this time wants a report. */
    private static final long SILENCE_MILLIS = 200;

    /** In how many looks a line must be whole. */
    private static final int MOST_LOOKS = 20;

    private final Path path;
    private final ServerSocketChannel server;
    private final @Nullable Object fileKey;
    private final Supplier<Report> report;
    private final Order.Handler orders;
    private final Semaphore places = new Semaphore(MOST_CALLERS);
    private volatile boolean closed;
    private volatile boolean failed;

    private StatusServer(Path path, ServerSocketChannel server, Supplier<Report> report, Order.Handler orders)
            throws IOException {
        this.path = path;
        this.server = server;
        this.report = report;
        this.orders = orders;
        this.fileKey = fileKey(path);
    }

    /**
     * Begins to answer; where that is not possible it is logged, with what to do, and nothing else comes of it.
     *
     * @param report says how the box stands now; from several threads
     * @param orders does what else callers ask for
     */
    public static Optional<StatusServer> start(Path dataDirectory, Supplier<Report> report, Order.Handler orders) {
        try {
            Path path = StatusSocket.in(dataDirectory);
            StatusServer server = new StatusServer(path, bind(path), report, orders);
            Thread.ofPlatform().daemon().name("status").start(server::accept);
            return Optional.of(server);
        } catch (IOException e) {
            LOG.warn("`matgate status` will find nobody here, all else goes on: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** A socket under that name, which only this user and group may use from the moment on at which it has the name. */
    private static ServerSocketChannel bind(Path path) throws IOException {
        requireFree(path);
        Path unready = path.resolveSibling(StatusSocket.UNREADY_NAME);
        Files.deleteIfExists(unready);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(unready), MOST_CALLERS);
            Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-rw----"));
            Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
            return server;
        } catch (IOException e) {
            server.close();
            throw new IOException(path + " cannot be made: " + e, e);
        }
    }

    /** What a killed process left is not in the way; a live listener, and what is no socket, is. */
    private static void requireFree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(path + " is there and is no socket: move it away and start matgate again");
        }
        boolean alive = true;
        try (SocketChannel knock = StatusSocket.connect(path, KNOCK_MILLIS)) {
            LOG.debug("{} answers {}", path, knock);
        } catch (StatusSocket.TooSlowException e) {
            LOG.debug("{} has a listener that takes nobody", path, e);
        } catch (IOException e) {
            alive = false;
        }
        if (alive) {
            throw new IOException(path + " belongs to another process that is running");
        }
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel caller = server.accept();
                if (!places.tryAcquire()) {
                    caller.close();
                } else {
                    Thread.ofPlatform().daemon().name("status-caller").start(() -> serve(caller));
                }
            } catch (IOException e) {
                if (!closed) {
                    complain("cannot take a caller", e);
                    pause();
                }
            }
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            caller.configureBlocking(false);
            Optional<String> line = hear(caller);
            if (line.isEmpty()) {
                send(caller, new Order.Reply(false, "no whole line of a request came in time").line());
                return;
            }
            Order order = Order.parse(line.get());
            boolean status = order.verb().isEmpty() || order.verb().equals(Order.STATUS);
            send(
                    caller,
                    status
                            ? ReportWire.encode(report.get())
                            : orders.perform(order).line());
        } catch (IOException e) {
            LOG.debug("a caller went away", e);
        } catch (RuntimeException e) {
            complain("cannot answer a caller", e);
        } finally {
            places.release();
        }
    }

    /** The caller's line; an empty one of a caller that says nothing; nothing if it is too long or does not end. */
    private static Optional<String> hear(SocketChannel caller) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Order.MOST_BYTES);
        try (Selector selector = Selector.open()) {
            caller.register(selector, SelectionKey.OP_READ);
            for (int looks = 0; looks < MOST_LOOKS && bytes.hasRemaining(); looks++) {
                selector.select(looks == 0 ? SILENCE_MILLIS : WAIT_MILLIS);
                boolean end = caller.read(bytes) < 0;
                int length = bytes.position();
                if (length == 0) {
                    return Optional.of("");
                }
                if (bytes.get(length - 1) == '\n') {
                    return Optional.of(new String(bytes.array(), 0, length, StandardCharsets.UTF_8));
                }
                if (end) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void send(SocketChannel caller, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (Selector selector = Selector.open()) {
            caller.register(selector, SelectionKey.OP_WRITE);
            for (int waits = 0; bytes.hasRemaining() && waits < MOST_WAITS; ) {
                if (caller.write(bytes) == 0) {
                    waits++;
                    selector.select(WAIT_MILLIS);
                }
            }
        }
    }

    /** Once: what a caller can bring about must not fill the log. */
    private void complain(String what, Exception e) {
        if (!failed) {
            failed = true;
            LOG.warn("status: {}; told once", what, e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers nobody any more, and takes the socket away if it is still this one's. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            if (fileKey != null && fileKey.equals(fileKey(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.debug("{} is gone already", path, e);
        }
    }
}

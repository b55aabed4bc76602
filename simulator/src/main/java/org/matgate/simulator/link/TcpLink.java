package org.matgate.simulator.link;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket that serves one client at a time: as it was opened, a newer client replaces the older, or the first
 * keeps the link and newcomers are turned away. What is sent while no client is there is lost. A client that does not
 * read holds up the writer, as TCP does, until it reads, goes or is replaced.
 */
public final class TcpLink implements ReaderEnd {
    private static final Logger log = LoggerFactory.getLogger(TcpLink.class);
    private static final long LOOK_NANOS = 2_000_000;
    private static final long LET_GO_NANOS = 2_000_000_000L;

    private final ServerSocket server;
    /** What newcomers are told while somebody has the link; empty if they get it. */
    private final Optional<Supplier<byte[]>> refusal;

    private final AtomicReference<@Nullable TcpClient> client = new AtomicReference<>();
    private final AtomicInteger turnedAway = new AtomicInteger();
    /** The last client that the link's other side was told of. */
    private volatile int admitted;

    private volatile boolean closed;
    private volatile @Nullable Thread acceptor;

    private TcpLink(ServerSocket server, Optional<Supplier<byte[]>> refusal) {
        this.server = server;
        this.refusal = refusal;
    }

    /** Listens on {@code address}; its port 0 takes any free one. A newer client replaces the older. */
    public static TcpLink listen(InetSocketAddress address) throws IOException {
        return listen(address, Optional.empty());
    }

    /**
     * Listens on {@code address}; its port 0 takes any free one. The first client keeps the link until it goes; only
     * {@link #read} admits one, and gives nothing then, so that nothing meant for its predecessor reaches it.
     *
     * @param refusal what each newcomer is told meanwhile, before it is closed; called from any thread
     */
    public static TcpLink listenForOne(InetSocketAddress address, Supplier<byte[]> refusal) throws IOException {
        return listen(address, Optional.of(refusal));
    }

    private static TcpLink listen(InetSocketAddress address, Optional<Supplier<byte[]>> refusal) throws IOException {
        ServerSocket server = bound(address);
        TcpLink link = new TcpLink(server, refusal);
        link.acceptor =
                Thread.ofVirtual().name("accept-" + server.getLocalPort()).start(link::accept);
        return link;
    }

    /** A socket that was just closed lets go of its port only when the thread that accepted on it has noticed. */
    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        for (long waited = 0; ; waited += LOOK_NANOS) {
            ServerSocket server = new ServerSocket();
            try {
                server.setReuseAddress(true);
                server.bind(address);
                return server;
            } catch (IOException e) {
                server.close();
                if (!(e instanceof BindException) || waited >= LET_GO_NANOS) {
                    throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** The port that clients connect to. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    @Override
    public boolean onNetwork() {
        return true;
    }

    private void accept() {
        int number = 0;
        while (!closed) {
            try {
                Socket socket = server.accept();
                number++;
                TcpClient next = new TcpClient(socket, number, gone -> client.compareAndSet(gone, null));
                if (!take(next)) {
                    turnAway(next, refusal.orElseThrow().get());
                    continue;
                }
                next.start();
                if (closed) {
                    next.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    log.warn("{}: cannot accept: {}", address(), e.getMessage());
                    LockSupport.parkNanos(100 * LOOK_NANOS);
                }
            }
        }
    }

    /** Gives whether the link is the client's. */
    private boolean take(TcpClient next) {
        if (refusal.isPresent()) {
            return client.compareAndSet(null, next);
        }
        admitted = next.number();
        TcpClient older = client.getAndSet(next);
        if (older != null) {
            log.info("{}: a newer client replaces the older", address());
            older.close();
        }
        return true;
    }

    private void turnAway(TcpClient next, byte[] told) {
        log.info("{}: a client is turned away, as another one has the link", address());
        turnedAway.incrementAndGet();
        next.write(told, 0, told.length);
        next.endOutput();
        next.close();
    }

    @Override
    public int turnedAway() {
        return turnedAway.get();
    }

    @Override
    public int listener() {
        TcpClient now = client();
        return now == null ? 0 : now.number();
    }

    /** The client, if it is admitted. */
    private @Nullable TcpClient client() {
        TcpClient now = client.get();
        return now != null && now.number() <= admitted ? now : null;
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        requireOpen();
        TcpClient now = client.get();
        if (now != null && now.number() > admitted) {
            admitted = now.number();
            return 0;
        }
        if (now != null) {
            return now.read(buffer, waitNanos);
        }
        if (waitNanos > 0) {
            LockSupport.parkNanos(Math.min(waitNanos, LOOK_NANOS));
        }
        return 0;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        requireOpen();
        TcpClient now = client();
        return now != null && now.write(bytes, offset, length) ? now.number() : 0;
    }

    @Override
    public void hangUp(int listener) {
        TcpClient now = client.get();
        if (now != null && now.number() == listener) {
            now.close();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(address() + " is closed");
        }
    }

    /** Ends the stream and waits for the client to close its side, which it does after it has read to the end. */
    @Override
    public void finish(Duration limit) {
        TcpClient last = client.get();
        if (last == null) {
            return;
        }
        last.endOutput();
        long left = limit.toNanos();
        while (left > 0 && client.get() == last) {
            LockSupport.parkNanos(LOOK_NANOS);
            left -= LOOK_NANOS;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            log.debug("{}: closing: {}", address(), e.getMessage());
        }
        awaitAcceptor();
        TcpClient now = client.getAndSet(null);
        if (now != null) {
            now.close();
        }
    }

    /** Until it has noticed, the kernel goes on taking clients. */
    private void awaitAcceptor() {
        Thread accepting = acceptor;
        if (accepting != null) {
            try {
                accepting.join(Duration.ofNanos(LET_GO_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

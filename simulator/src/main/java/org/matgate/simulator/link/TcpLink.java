package org.matgate.simulator.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket that serves one client at a time; a newer client replaces the older. What is sent while no client
 * is there is lost. A client that does not read holds up the writer, as TCP does, until it reads, goes or is replaced.
 */
public final class TcpLink implements ReaderEnd {
    private static final Logger log = LoggerFactory.getLogger(TcpLink.class);
    private static final long LOOK_NANOS = 2_000_000;

    private final ServerSocket server;
    private final AtomicReference<@Nullable TcpClient> client = new AtomicReference<>();
    private volatile boolean closed;

    private TcpLink(ServerSocket server) {
        this.server = server;
    }

    /** Listens on {@code address}; its port 0 takes any free one. */
    public static TcpLink listen(InetSocketAddress address) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        TcpLink link = new TcpLink(server);
        Thread.ofVirtual().name("accept-" + server.getLocalPort()).start(link::accept);
        return link;
    }

    /** The port that clients connect to. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    private void accept() {
        int number = 0;
        while (!closed) {
            try {
                Socket socket = server.accept();
                number++;
                TcpClient next = new TcpClient(socket, number, gone -> client.compareAndSet(gone, null));
                TcpClient older = client.getAndSet(next);
                if (older != null) {
                    log.info("{}: a newer client replaces the older", address());
                    older.close();
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

    @Override
    public int listener() {
        TcpClient now = client.get();
        return now == null ? 0 : now.number();
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        requireOpen();
        TcpClient now = client.get();
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
        TcpClient now = client.get();
        return now != null && now.write(bytes, offset, length) ? now.number() : 0;
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
        TcpClient now = client.getAndSet(null);
        if (now != null) {
            now.close();
        }
    }
}

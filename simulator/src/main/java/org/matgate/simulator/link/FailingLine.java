package org.matgate.simulator.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of the loopback that passes everything on to another one, as long as it is well. Thread-safe. */
public final class FailingLine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FailingLine.class);
    private static final int LOOK_MILLIS = 20;
    private static final int SLOW_BYTES = 100;
    private static final int BUFFER_BYTES = 4096;

    private final Supplier<InetSocketAddress> target;
    private final ServerSocket server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WELL;

    /** How it is. */
    public enum State {
        WELL,
        /** Connections are cut, and new ones at once. */
        CLOSED,
        /** What is sent stays on the way until it is well again. */
        HELD,
        /** What is sent is gone, and so is all that these connections will ever send; nobody is told. */
        DEAD,
        /** {@value #SLOW_BYTES} bytes every {@value #LOOK_MILLIS} ms. */
        SLOW
    }

    /** @param target asked anew for each connection */
    public FailingLine(Supplier<InetSocketAddress> target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("line").start(this::accept);
    }

    /** Such as {@code 127.0.0.1:40113}. */
    public String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    /** From now on it is so. */
    public void is(State now) {
        state = now;
        if (now == State.CLOSED) {
            connections.forEach(Connection::reset);
        }
    }

    /** All present connections are cut, each in the middle of what is sent next. */
    public void cutInTheMiddle() {
        connections.forEach(connection -> connection.cutNext = true);
    }

    /** Whoever dialled has vanished without a word: nothing more reaches the other side. */
    public void diallersVanish() {
        connections.forEach(connection -> connection.dead = true);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (state == State.CLOSED) {
                    reset(near);
                } else {
                    Thread.ofVirtual().start(() -> connect(near));
                }
            } catch (IOException e) {
                log.debug("the line's port", e);
            }
        }
    }

    private void connect(Socket near) {
        Socket far = new Socket();
        try {
            far.connect(target.get());
            Connection connection = new Connection(near, far);
            connections.add(connection);
            if (state == State.CLOSED) {
                connection.reset();
            }
            Thread.ofVirtual().start(() -> connection.carry(near, far));
            Thread.ofVirtual().start(() -> connection.carry(far, near));
        } catch (IOException e) {
            // Nobody is there.
            reset(near);
            reset(far);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            log.debug("a socket of the line", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("the line's port", e);
        }
        connections.forEach(Connection::reset);
    }

    private final class Connection {
        private final Socket near;
        private final Socket far;
        private volatile boolean dead;
        private volatile boolean cutNext;

        private Connection(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        private void reset() {
            FailingLine.reset(near);
            FailingLine.reset(far);
            connections.remove(this);
        }

        private void carry(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                from.setSoTimeout(LOOK_MILLIS);
                for (int n = next(from, buffer); n >= 0; n = next(from, buffer)) {
                    if (n > 0 && !dead) {
                        boolean cut = cutNext && n > 1;
                        to.getOutputStream().write(buffer, 0, cut ? n / 2 : n);
                        if (cut) {
                            break;
                        }
                    }
                }
            } catch (IOException e) {
                log.debug("a connection of the line", e);
            }
            end(from);
        }

        /** Of a dead connection the other side is not told that this one has ended. */
        private void end(Socket from) {
            FailingLine.reset(from);
            if (!dead || (near.isClosed() && far.isClosed())) {
                reset();
            }
        }

        private int next(Socket from, byte[] buffer) throws IOException {
            State now = state;
            dead |= now == State.DEAD;
            if (now == State.HELD || now == State.SLOW) {
                pause();
            }
            if (now == State.HELD && !dead) {
                return 0;
            }
            try {
                int n = from.getInputStream().read(buffer, 0, now == State.SLOW ? SLOW_BYTES : buffer.length);
                dead |= state == State.DEAD;
                return n;
            } catch (SocketTimeoutException e) {
                return 0;
            }
        }

        private void pause() throws IOException {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the line is taken down", e);
            }
        }
    }
}

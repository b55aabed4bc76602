package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.SimulatedEngine;

/** The engine of a rehearsal, which may go away and come back on the same port and file. Thread-safe. */
final class EngineHost implements AutoCloseable {
    /** Its clock is the truth; that a box cannot know. */
    private static final long UNCERTAINTY_NANOS = 1_000_000;

    private final Path database;
    private final String token;
    private final SimClock clock;
    private final InetSocketAddress address;
    private @Nullable SimulatedEngine engine;
    private boolean closed;

    private EngineHost(Path database, String token, SimClock clock) throws IOException {
        this.database = database;
        this.token = token;
        this.clock = clock;
        SimulatedEngine first = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.engine = first;
        this.address = first.address();
    }

    /** Starts an engine on a free port of the loopback. */
    static EngineHost start(Path database, String token, SimClock clock) throws IOException {
        return new EngineHost(database, token, clock);
    }

    private SimulatedEngine open(InetSocketAddress bind) throws IOException {
        return SimulatedEngine.start(
                database, bind, Admission.token(token), SessionListener.NONE, clock, UNCERTAINTY_NANOS);
    }

    /** Such as {@code 127.0.0.1:40113}. */
    String address() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Goes away. */
    synchronized void stop() throws IOException {
        SimulatedEngine running = engine;
        engine = null;
        if (running != null) {
            running.close();
        }
    }

    /** Comes back; does nothing if it is there, or was closed for good. */
    synchronized void restart() throws IOException {
        if (engine == null && !closed) {
            engine = open(address);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        stop();
    }
}

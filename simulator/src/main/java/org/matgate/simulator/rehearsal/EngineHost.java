package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.channel.Token;
import org.matgate.protocol.receiver.EngineKey;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.receiver.TokenBook;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.SimulatedEngine;

/** The engine of a rehearsal, which may go away and come back on the same port and file. Thread-safe. */
final class EngineHost implements AutoCloseable {
    /** Its clock is the truth; that a box cannot know. */
    private static final long UNCERTAINTY_NANOS = 1_000_000;

    private final Path database;
    private final Optional<EngineKey> key;
    private final TokenBook tokens = new TokenBook();
    private final Map<String, byte[]> hashes = new HashMap<>();
    private final SimClock clock;
    private final InetSocketAddress address;
    private @Nullable SimulatedEngine engine;
    private boolean closed;
    private long readsOfEarlier;

    private EngineHost(Path database, boolean plain, SimClock clock) throws IOException {
        this.database = database;
        this.key = plain ? Optional.empty() : Optional.of(EngineKey.generate());
        this.clock = clock;
        SimulatedEngine first = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.engine = first;
        this.address = first.address();
    }

    /**
     * Starts an engine on a free port of the loopback.
     *
     * @param plain without TLS
     */
    static EngineHost start(Path database, boolean plain, SimClock clock) throws IOException {
        return new EngineHost(database, plain, clock);
    }

    private SimulatedEngine open(InetSocketAddress bind) throws IOException {
        return SimulatedEngine.start(database, bind, key, tokens, SessionListener.NONE, clock, UNCERTAINTY_NANOS);
    }

    /** Gives this box a token. */
    synchronized EngineAccess enroll(String box) {
        String token = Token.random();
        hashes.put(box, Token.hash(token));
        tokens.set(hashes);
        return new EngineAccess(
                address.getAddress().getHostAddress() + ":" + address.getPort(), key.map(EngineKey::pin), token);
    }

    /** Where it listens, also while it is away. */
    InetSocketAddress address() {
        return address;
    }

    /** Goes away. */
    synchronized void stop() throws IOException {
        SimulatedEngine running = engine;
        engine = null;
        if (running != null) {
            running.close();
            readsOfEarlier += running.store().readsStored();
        }
    }

    /** How many reads it has stored so far. */
    synchronized long reads() {
        return readsOfEarlier + (engine == null ? 0 : engine.store().readsStored());
    }

    /** Whether it is there. */
    synchronized boolean running() {
        return engine != null;
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

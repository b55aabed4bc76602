package org.matgate.simulator.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.Counters;
import org.matgate.protocol.receiver.EngineKey;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.stream.WallClock;
import org.matgate.simulator.SimClock;

/** A small real results engine: the receiver on a SQLite file. Thread-safe. */
public final class SimulatedEngine implements AutoCloseable {
    private final SqliteEventStore store;
    private final ReadStreamServer server;

    private SimulatedEngine(SqliteEventStore store, ReadStreamServer server) {
        this.store = store;
        this.server = server;
    }

    /**
     * Opens the store and listens. An engine that was closed may be started again on the same address and file.
     *
     * @param bind port 0 takes a free one
     * @param key speaks TLS with it; plain TCP without
     * @param uncertaintyNanos how wrong it says that its clock may be; 0: it does not say
     * @throws IOException if the file or the address cannot be had
     */
    public static SimulatedEngine start(
            Path file,
            InetSocketAddress bind,
            Optional<EngineKey> key,
            Admission admission,
            SessionListener listener,
            SimClock clock,
            long uncertaintyNanos)
            throws IOException {
        return start(file, bind, key, admission, listener, clock, uncertaintyNanos, 0);
    }

    /**
     * The same for an engine that does not want everything.
     *
     * @param sinceUtcNanos what is older boxes keep for themselves, nanoseconds since 1970; 0: everything is wanted
     */
    public static SimulatedEngine start(
            Path file,
            InetSocketAddress bind,
            Optional<EngineKey> key,
            Admission admission,
            SessionListener listener,
            SimClock clock,
            long uncertaintyNanos,
            long sinceUtcNanos)
            throws IOException {
        LongSupplier utcNanos = () -> clock.utcNanos(clock.monotonicNanos());
        SqliteEventStore store = new SqliteEventStore(file, utcNanos);
        try {
            ReadStreamServer.Builder server = ReadStreamServer.builder(store, wallClock(clock, uncertaintyNanos))
                    .bind(bind)
                    .engine("matsim engine")
                    .admission(admission)
                    .since(sinceUtcNanos)
                    .listener(listener);
            key.ifPresent(server::tls);
            return new SimulatedEngine(store, server.start());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static WallClock wallClock(SimClock clock, long uncertaintyNanos) {
        return new WallClock() {
            @Override
            public long utcNanos() {
                return clock.utcNanos(clock.monotonicNanos());
            }

            @Override
            public long uncertaintyNanos() {
                return uncertaintyNanos;
            }
        };
    }

    /** Where it listens, with the true port. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What it has seen since it started. */
    public Counters counters() {
        return server.counters();
    }

    /** The receiver, for resend and beep. */
    public ReadStreamServer server() {
        return server;
    }

    /** The store, open until the engine is closed. */
    public SqliteEventStore store() {
        return store;
    }

    /** Ends all connections, then closes the store. What was not acknowledged will be sent again. */
    @Override
    public void close() throws IOException {
        server.close();
        store.close();
    }
}

package org.matgate.gateway.uplink;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.StreamMessage.Ping;
import org.matgate.protocol.stream.WallClock;

/**
 * Asks the engine what time it is while the box needs to know, by Pings of its own. Their ids are the box's
 * CLOCK_MONOTONIC, so that they are not taken for those that only look whether the engine is alive, which count from 1.
 * Belongs to the event loop.
 */
final class EngineTime {
    static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final String engine;
    private final UplinkListener listener;
    private OptionalLong lastNanos = OptionalLong.empty();
    private OptionalLong asked = OptionalLong.empty();
    private boolean sameMachine;

    EngineTime(String engine, UplinkListener listener) {
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * The connection is another one: what was asked on the old one is not answered here.
     *
     * @param sameMachine whether the engine runs on the box itself
     */
    void connected(boolean sameMachine) {
        asked = OptionalLong.empty();
        lastNanos = OptionalLong.empty();
        this.sameMachine = sameMachine;
    }

    /** Whether the two ends of a connection are of one machine. */
    static boolean sameMachine(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
        return local instanceof InetSocketAddress here
                && remote instanceof InetSocketAddress there
                && there.getAddress() != null
                && (there.getAddress().isLoopbackAddress() || there.getAddress().equals(here.getAddress()));
    }

    /**
     * The question, if it is time to ask.
     *
     * @param nowNanos by the loop's clock
     */
    Optional<Ping> question(long nowNanos, WallClock clock) {
        if (lastNanos.isPresent() && nowNanos - lastNanos.getAsLong() < EVERY_NANOS) {
            return Optional.empty();
        }
        OptionalLong box = listener.engineClockWanted();
        if (box.isEmpty()) {
            return Optional.empty();
        }
        lastNanos = OptionalLong.of(nowNanos);
        asked = box;
        return Optional.of(new Ping(box.getAsLong(), clock.utcNanos()));
    }

    /**
     * A Pong came; only that to the last question counts. An engine on the box itself most likely tells the box's own
     * clock, and a clock cannot vouch for itself: there it counts only if it says how wrong it may be.
     */
    void answered(UplinkAction.EngineClock pong) {
        if (asked.isPresent() && asked.getAsLong() == pong.pingId()) {
            asked = OptionalLong.empty();
            if (!sameMachine || pong.uncertaintyNanos() > 0) {
                listener.engineClock(engine, pong.pingId(), pong.utcNanos(), pong.uncertaintyNanos());
            }
        }
    }
}

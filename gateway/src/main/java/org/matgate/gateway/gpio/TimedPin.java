package org.matgate.gateway.gpio;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Line;
import org.matgate.protocol.stream.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line whose edges are times: takes it, makes events of its pulses, and takes it again when it is lost. For the thread
 * of {@link EdgeInput}, but for {@link #line}.
 */
final class TimedPin {
    private static final Logger LOG = LoggerFactory.getLogger(TimedPin.class);

    /** From the edge to the kernel's stamp: the latency of an interrupt on a small board, and more. */
    static final long KERNEL_UNCERTAINTY_NANOS = 100_000L;

    /** A stamp so far ahead of the clock is none. */
    private static final long AHEAD_NANOS = 1_000_000L;

    private static final long TRY_EVERY_NANOS = 3_000_000_000L;

    /** A contact that chatters must not fill the log. */
    private static final long LOG_EVERY_NANOS = 1_000_000_000L;

    /** What the edges tell. */
    enum Kind {
        GUN,
        MARK;

        String word() {
            return this == GUN ? "gun" : "mark";
        }
    }

    private final Kind kind;
    private final Config.Gpio.TimedPin pin;
    private final String chip;
    private final EdgeFilter filter;
    private EdgeSource.@Nullable Line source;
    private long nextTryNanos;
    private long lastSequence;
    private long drainedNanos;
    private long bouncesLogged;
    private long missedLogged;
    private long leftOutLogNanos = Long.MIN_VALUE / 2;
    private long pulseLogNanos = Long.MIN_VALUE / 2;
    private int pulsesNotLogged;
    private volatile TimedPinStatus status;

    TimedPin(Kind kind, Config.Gpio.TimedPin pin, String chip) {
        this.kind = kind;
        this.pin = pin;
        this.chip = chip;
        this.filter = new EdgeFilter(pin.lockoutNanos());
        this.status = TimedPinStatus.notTaken(chip + " line " + pin.line());
    }

    /** The line, while it is ours. */
    Optional<EdgeSource.Line> source() {
        return Optional.ofNullable(source);
    }

    /** From when on this pin wants to be looked at without an edge. */
    long dueNanos() {
        return source == null ? nextTryNanos : filter.levelWantedNanos();
    }

    /** Takes the line if it is time to try. */
    void arm(EdgeSource from, LongSupplier clock) {
        if (source != null || clock.getAsLong() < nextTryNanos) {
            return;
        }
        try {
            EdgeSource.Line taken = from.open(pin, "matgate " + kind.word());
            source = taken;
            boolean active = taken.high() == pin.activeHigh();
            // Now, after the kernel has armed it: what it stamped before is stale.
            drainedNanos = clock.getAsLong();
            lastSequence = 0;
            filter.armed(active, drainedNanos);
            status = status.with(filter, drainedNanos).with(Optional.empty(), taken.where());
            LOG.info(
                    "pin {}: {} is ready, {}{}",
                    kind.word(),
                    taken.where(),
                    PinName.level(active == pin.activeHigh()),
                    active ? ", which is ACTIVE: the next edge counts after its release" : "");
        } catch (PinTrouble e) {
            lost(e, clock.getAsLong());
        }
    }

    /** The line cannot be had, or no longer. */
    void lost(PinTrouble trouble, long nowNanos) {
        release();
        nextTryNanos = nowNanos + TRY_EVERY_NANOS;
        Optional<PinTrouble> before = status.trouble();
        if (before.isEmpty() || !before.get().what().equals(trouble.what())) {
            LOG.warn("pin {}: {}; {}", kind.word(), trouble.what(), trouble.todo());
        }
        status = status.with(Optional.of(trouble), status.where());
    }

    void release() {
        EdgeSource.Line taken = source;
        source = null;
        if (taken != null) {
            taken.close();
        }
    }

    /**
     * Makes events of the edges that have come.
     *
     * @param lookedNanos when the present look for edges began
     */
    void look(long lookedNanos, long nowNanos, Stamper stamper, Consumer<Event> events) {
        EdgeSource.Line taken = source;
        if (taken == null) {
            return;
        }
        try {
            boolean levelWanted = nowNanos >= filter.levelWantedNanos();
            boolean high = false;
            Optional<PinTrouble> unanswered = Optional.empty();
            try {
                high = levelWanted && taken.high();
            } catch (PinTrouble e) {
                // The edges that wait may still be had.
                unanswered = Optional.of(e);
            }
            List<EdgeSource.RawEdge> edges = taken.read();
            for (EdgeSource.RawEdge edge : edges) {
                edge(edge, nowNanos, stamper, events);
            }
            if (unanswered.isPresent()) {
                throw unanswered.get();
            }
            if (edges.size() < EdgeSource.MOST_AT_ONCE) {
                drainedNanos = lookedNanos;
            }
            if (edges.isEmpty() && levelWanted) {
                filter.level(high == pin.activeHigh(), nowNanos);
                logLeftOut(nowNanos);
            }
            boolean chattered = status.chatters();
            status = status.with(filter, nowNanos);
            if (status.chatters() && !chattered) {
                LOG.error(
                        "pin {}: {}: {}; {}",
                        kind.word(),
                        taken.where(),
                        TimedPinStatus.CHATTERS,
                        TimedPinStatus.CHATTERS_TODO);
            }
        } catch (PinTrouble e) {
            lost(e, nowNanos);
        }
    }

    private void edge(EdgeSource.RawEdge edge, long nowNanos, Stamper stamper, Consumer<Event> events) {
        int missed = 0;
        if (edge.sequence() > 0) {
            missed = Math.clamp(edge.sequence() - lastSequence - 1, 0, Integer.MAX_VALUE);
            lastSequence = edge.sequence();
        }
        boolean stamped = edge.stampNanos() != EdgeSource.NO_STAMP && edge.stampNanos() <= nowNanos + AHEAD_NANOS;
        // Without a stamp it came at some time since the last look that found nothing.
        long half = (nowNanos - drainedNanos) / 2;
        long moment = stamped ? edge.stampNanos() : nowNanos - half;
        long uncertainty = KERNEL_UNCERTAINTY_NANOS + (stamped ? 0 : half);
        Optional<EdgeFilter.Pulse> found = filter.edge(moment, edge.high() == pin.activeHigh(), missed);
        if (found.isEmpty()) {
            return;
        }
        EdgeFilter.Pulse pulse = found.get();
        if (pulse.edgesMissed() > 0) {
            // The pulse may have begun with an edge that was lost, which nobody looked for before then.
            uncertainty += Math.max(0, moment - drainedNanos);
        }
        status = status.with(pulse);
        tell(pulse, uncertainty, stamped, stamper, events);
    }

    private void tell(
            EdgeFilter.Pulse pulse, long uncertaintyNanos, boolean stamped, Stamper stamper, Consumer<Event> events) {
        logPulse(pulse, stamped);
        var stamp = stamper.stamp(pulse.nanos(), uncertaintyNanos);
        switch (kind) {
            case GUN ->
                events.accept(new Event.Gun(
                        stamp, pin.timingPoint(), pin.line(), stamped, pulse.withinLockout(), pulse.edgesMissed()));
            case MARK -> {
                // Of a finger that slips; it has no way of being told apart.
                if (!pulse.withinLockout()) {
                    events.accept(new Event.Mark(stamp, pin.timingPoint(), pin.line(), stamped, pulse.edgesMissed()));
                }
            }
        }
    }

    private void logPulse(EdgeFilter.Pulse pulse, boolean stamped) {
        if (pulse.nanos() - pulseLogNanos < LOG_EVERY_NANOS) {
            pulsesNotLogged++;
            return;
        }
        LOG.info(
                "pin {}: {} at {} ns of CLOCK_MONOTONIC, {}{}{}{}",
                kind.word(),
                pin.line(),
                pulse.nanos(),
                stamped ? "by the kernel" : "by its arrival",
                pulse.withinLockout() ? ", within the lock-out" : "",
                pulse.edgesMissed() > 0 ? ", " + pulse.edgesMissed() + " edges missed" : "",
                pulsesNotLogged > 0 ? "; " + pulsesNotLogged + " more since the last that was logged" : "");
        pulseLogNanos = pulse.nanos();
        pulsesNotLogged = 0;
    }

    private void logLeftOut(long nowNanos) {
        if (nowNanos - leftOutLogNanos < LOG_EVERY_NANOS) {
            return;
        }
        if (filter.bounces() > bouncesLogged) {
            LOG.info("pin {}: {} edges of bouncing left out", kind.word(), filter.bounces() - bouncesLogged);
            leftOutLogNanos = nowNanos;
        }
        if (filter.missed() > missedLogged) {
            LOG.warn("pin {}: the kernel had no room for {} edges", kind.word(), filter.missed() - missedLogged);
            leftOutLogNanos = nowNanos;
        }
        bouncesLogged = filter.bounces();
        missedLogged = filter.missed();
    }

    /** How the pin stands; from any thread. */
    Line line(long nowNanos) {
        return status.line(kind, pin, chip, nowNanos);
    }
}

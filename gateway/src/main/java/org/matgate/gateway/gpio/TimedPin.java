package org.matgate.gateway.gpio;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
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
    private volatile Status status;

    /** For other threads. */
    private record Status(
            Optional<PinTrouble> trouble,
            String where,
            boolean active,
            long pulses,
            long lockedOut,
            long bounces,
            long edgesMissed,
            OptionalLong lastPulseNanos) {
        Status with(Optional<PinTrouble> now, String place) {
            return new Status(now, place, active, pulses, lockedOut, bounces, edgesMissed, lastPulseNanos);
        }

        Status with(boolean activeNow, long bouncesNow) {
            return new Status(trouble, where, activeNow, pulses, lockedOut, bouncesNow, edgesMissed, lastPulseNanos);
        }

        Status with(EdgeFilter.Pulse pulse) {
            return new Status(
                    trouble,
                    where,
                    active,
                    pulses + 1,
                    lockedOut + (pulse.withinLockout() ? 1 : 0),
                    bounces,
                    edgesMissed + pulse.edgesMissed(),
                    OptionalLong.of(pulse.nanos()));
        }
    }

    TimedPin(Kind kind, Config.Gpio.TimedPin pin, String chip) {
        this.kind = kind;
        this.pin = pin;
        this.chip = chip;
        this.filter = new EdgeFilter(pin.lockoutNanos());
        this.status = new Status(
                Optional.of(new PinTrouble("not taken yet", "wait a second and ask again")),
                chip + " line " + pin.line(),
                false,
                0,
                0,
                0,
                0,
                OptionalLong.empty());
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
            status = status.with(active, filter.bounces()).with(Optional.empty(), taken.where());
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
            boolean high = levelWanted && taken.high();
            List<EdgeSource.RawEdge> edges = taken.read();
            for (EdgeSource.RawEdge edge : edges) {
                edge(edge, nowNanos, stamper, events);
            }
            if (edges.isEmpty()) {
                drainedNanos = lookedNanos;
                if (levelWanted) {
                    filter.level(high == pin.activeHigh(), nowNanos);
                    logBounces();
                }
            }
            status = status.with(filter.active(), filter.bounces());
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
        LOG.info(
                "pin {}: {} at {} ns of CLOCK_MONOTONIC, {}{}{}",
                kind.word(),
                pin.line(),
                pulse.nanos(),
                stamped ? "by the kernel" : "by its arrival",
                pulse.withinLockout() ? ", within the lock-out" : "",
                pulse.edgesMissed() > 0 ? ", " + pulse.edgesMissed() + " edges missed" : "");
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

    private void logBounces() {
        long bounces = filter.bounces();
        if (bounces > bouncesLogged) {
            LOG.info("pin {}: {} edges of bouncing left out", kind.word(), bounces - bouncesLogged);
            bouncesLogged = bounces;
        }
    }

    /** How the pin stands; from any thread. */
    Line line(long nowNanos) {
        Status now = status;
        Optional<String> trouble = now.trouble().map(PinTrouble::what);
        boolean high = now.active() == pin.activeHigh();
        Facts facts = PinName.facts(chip, pin.line())
                .with("ready", trouble.isEmpty())
                .with("trouble", trouble)
                .with("level", trouble.isEmpty() ? Optional.of(PinName.level(high)) : Optional.<String>empty())
                .with("pulses", now.pulses())
                .with("within_lockout", now.lockedOut())
                .with("bounces", now.bounces())
                .with("edges_missed", now.edgesMissed())
                .withSeconds(
                        "since_pulse_seconds",
                        now.lastPulseNanos().isPresent()
                                ? OptionalLong.of(
                                        nowNanos - now.lastPulseNanos().getAsLong())
                                : OptionalLong.empty());
        String text = trouble.orElseGet(() -> now.where() + ": ready, " + PinName.level(high)
                + (now.active() ? ", ACTIVE" : "")
                + (now.pulses() == 0
                        ? ""
                        : ", " + now.pulses() + (now.pulses() == 1 ? " pulse" : " pulses")
                                + (now.lockedOut() == 0 ? "" : " (" + now.lockedOut() + " within the lock-out)")));
        return new Findings()
                .fail(trouble.isPresent(), now.trouble().map(PinTrouble::todo).orElse(""))
                .warn(
                        trouble.isEmpty() && now.active(),
                        "the contact is closed or the pulse stands: release it; if nobody holds it, edge or bias in"
                                + " [gpio." + kind.word() + "] does not fit the wiring")
                .line(PinName.PART, kind.word(), text, facts);
    }
}

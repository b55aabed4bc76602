package org.matgate.gateway.gpio;

import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;

/**
 * How a {@link TimedPin} stands, for other threads.
 *
 * @param trouble why it is not ours
 * @param active the level as it is believed
 * @param chatters whether there is no calm in which a pulse could begin
 * @param pulses guns or marks since the service started, of which {@code lockedOut} came within the lock-out
 * @param bounces edges left out
 * @param edgesMissed edges that the kernel had no room for
 * @param lastPulseNanos on CLOCK_MONOTONIC
 */
record TimedPinStatus(
        Optional<PinTrouble> trouble,
        String where,
        boolean active,
        boolean chatters,
        long pulses,
        long lockedOut,
        long bounces,
        long edgesMissed,
        OptionalLong lastPulseNanos) {
    static final String CHATTERS = "the line does not calm down, and nothing on it can be told apart";
    static final String CHATTERS_TODO =
            "see to the cable, its plug and the pull-up or pull-down resistor; a long cable wants an opto-coupler";

    static TimedPinStatus notTaken(String where) {
        PinTrouble why = new PinTrouble("not taken yet", "wait a second and ask again");
        return new TimedPinStatus(Optional.of(why), where, false, false, 0, 0, 0, 0, OptionalLong.empty());
    }

    TimedPinStatus with(Optional<PinTrouble> now, String place) {
        return new TimedPinStatus(now, place, active, false, pulses, lockedOut, bounces, edgesMissed, lastPulseNanos);
    }

    TimedPinStatus with(EdgeFilter filter, long nowNanos) {
        return new TimedPinStatus(
                trouble,
                where,
                filter.active(),
                filter.chatters(nowNanos),
                pulses,
                lockedOut,
                filter.bounces(),
                filter.missed(),
                lastPulseNanos);
    }

    TimedPinStatus with(EdgeFilter.Pulse pulse) {
        return new TimedPinStatus(
                trouble,
                where,
                active,
                chatters,
                pulses + 1,
                lockedOut + (pulse.withinLockout() ? 1 : 0),
                bounces,
                edgesMissed,
                OptionalLong.of(pulse.nanos()));
    }

    /** For a person and for programs. */
    Line line(TimedPin.Kind kind, Config.Gpio.TimedPin pin, String chip, long nowNanos) {
        Optional<String> trouble = this.trouble.map(PinTrouble::what);
        boolean high = active == pin.activeHigh();
        Facts facts = PinName.facts(chip, pin.line())
                .with("ready", trouble.isEmpty())
                .with("trouble", trouble)
                .with("level", trouble.isEmpty() ? Optional.of(PinName.level(high)) : Optional.<String>empty())
                .with("pulses", pulses)
                .with("within_lockout", lockedOut)
                .with("chatters", chatters)
                .with("bounces", bounces)
                .with("edges_missed", edgesMissed)
                .withSeconds(
                        "since_pulse_seconds",
                        lastPulseNanos.isPresent()
                                ? OptionalLong.of(nowNanos - lastPulseNanos.getAsLong())
                                : OptionalLong.empty());
        String text = trouble.orElseGet(() -> where + ": ready, " + PinName.level(high)
                + (active ? ", ACTIVE" : "")
                + (chatters ? ", CHATTERING" : "")
                + (pulses == 0
                        ? ""
                        : ", " + pulses + (pulses == 1 ? " pulse" : " pulses")
                                + (lockedOut == 0 ? "" : " (" + lockedOut + " within the lock-out)")));
        return new Findings()
                .fail(trouble.isPresent(), this.trouble.map(PinTrouble::todo).orElse(""))
                .fail(chatters, CHATTERS + "; " + CHATTERS_TODO)
                .warn(
                        trouble.isEmpty() && active && !chatters,
                        "the contact is closed or the pulse stands: release it; if nobody holds it, edge or bias in"
                                + " [gpio." + kind.word() + "] does not fit the wiring")
                .line(PinName.PART, kind.word(), text, facts);
    }
}

package org.matgate.gateway.status;

import java.util.Locale;
import java.util.OptionalLong;
import org.matgate.gateway.clock.ClockStatus;
import org.matgate.protocol.stream.Stamp;

/** The line of the box's clock. */
public final class ClockLine {
    /** A kernel's bound beyond this is of no use to tell two runners apart. */
    static final long LOOSE_NANOS = 250_000_000L;

    private ClockLine() {}

    /**
     * How well the box knows the time.
     *
     * @param now a stamp of this moment
     * @param clock how the clock stands
     */
    public static Line of(Stamp now, ClockStatus clock) {
        Facts facts = Facts.NONE
                .with("synchronised", clock.synchronised())
                .with("source", clock.source().name().toLowerCase(Locale.ROOT))
                .with("utc", Words.iso(now.utcNanos()))
                .withSeconds(
                        "uncertainty_seconds",
                        now.synchronised() ? OptionalLong.of(now.uncertaintyNanos()) : OptionalLong.empty())
                .with("leap", clock.leap().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .with("last_step", clock.lastStep())
                .withSeconds("since_step_seconds", sinceStep(now, clock));
        return new Findings()
                .warn(
                        !now.synchronised(),
                        "give the box a network or GPS time and run chronyd (`chronyc tracking` tells), or say when"
                                + " something was: `matgate clock anchor --help`; reads are kept, their UTC is marked as"
                                + " a guess")
                .warn(
                        now.synchronised() && !clock.synchronised(),
                        "no time daemon steers the clock: look at `chronyc sources`")
                .warn(
                        clock.synchronised() && now.uncertaintyNanos() > LOOSE_NANOS,
                        "the bound is loose: look at `chronyc sources`; chronyd keeps a tighter one than"
                                + " systemd-timesyncd")
                .line("clock", "", text(now, clock), facts);
    }

    private static OptionalLong sinceStep(Stamp now, ClockStatus clock) {
        return clock.lastStepMonotonicNanos().isPresent()
                ? OptionalLong.of(
                        now.monotonicNanos() - clock.lastStepMonotonicNanos().getAsLong())
                : OptionalLong.empty();
    }

    private static String text(Stamp now, ClockStatus clock) {
        String time = Words.utc(now.utcNanos());
        String known = now.synchronised()
                ? ", right within " + Words.millis(now.uncertaintyNanos()) + ", by " + Words.source(clock.source())
                        + (clock.note().startsWith("held over") ? ", held over" : "")
                        + (clock.note().contains("contradict") ? ", of which two contradict each other" : "")
                : ", NOT SYNCHRONISED: may be wrong by any amount";
        String step = sinceStep(now, clock).isPresent()
                ? "; " + clock.lastStep() + ", "
                        + Words.duration(sinceStep(now, clock).getAsLong()) + " ago"
                : "";
        String leap = switch (clock.leap()) {
            case NONE -> "";
            case INSERT -> "; a leap second comes at the end of the UTC day";
            case DELETE -> "; the last second of the UTC day will be left out";
            case IN_PROGRESS -> "; a leap second has just been";
        };
        return time + known + step + leap;
    }
}

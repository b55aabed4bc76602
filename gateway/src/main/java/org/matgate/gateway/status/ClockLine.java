package org.matgate.gateway.status;

import java.util.OptionalLong;
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
     */
    public static Line of(Stamp now) {
        Facts facts = Facts.NONE
                .with("synchronised", now.synchronised())
                .with("utc", Words.iso(now.utcNanos()))
                .withSeconds(
                        "uncertainty_seconds",
                        now.synchronised() ? OptionalLong.of(now.uncertaintyNanos()) : OptionalLong.empty());
        String time = Words.utc(now.utcNanos());
        String text = now.synchronised()
                ? time + ", right within " + Words.millis(now.uncertaintyNanos())
                : time + ", NOT SYNCHRONISED: may be wrong by any amount";
        return new Findings()
                .warn(
                        !now.synchronised(),
                        "give the box a network or GPS time and run chronyd (`chronyc tracking` tells);"
                                + " reads are kept, their UTC is marked as a guess")
                .warn(
                        now.synchronised() && now.uncertaintyNanos() > LOOSE_NANOS,
                        "the bound is loose: look at `chronyc sources`; chronyd keeps a tighter one than"
                                + " systemd-timesyncd")
                .line("clock", "", text, facts);
    }
}

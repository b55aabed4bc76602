package org.matgate.simulator.torture;

import java.util.List;
import java.util.Locale;
import org.matgate.simulator.fault.Fault;

/**
 * Something that goes wrong in a cycle.
 *
 * @param subject the mat, the box or the engine
 * @param fromNanos when, after the cycle's start
 * @param untilNanos when it is over, or put right
 * @param amount what the kind says
 */
record Blow(Kind kind, String subject, long fromNanos, long untilNanos, long amount) {
    /** What goes wrong. Of each group a cycle has one at most. */
    enum Kind {
        KILL(Group.BOX, "kill -9"),
        /** The amount is how long after its start the box is killed once more, nanoseconds. */
        KILL_IN_START(Group.BOX, "kill -9, and again while it starts"),
        TERMINATE(Group.BOX, "SIGTERM"),
        STALL(Group.BOX, "SIGSTOP"),
        POWER_CUT(Group.BOX, "power cut, torn files"),
        /** The amount is by how much the clock is wrong after the boot, nanoseconds, until the blow is over. */
        POWER_CUT_CLOCK_WRONG(Group.BOX, "power cut, torn files, a wrong clock"),
        DISK_FULL(Group.BOX, "disk full"),
        /** Drawn in place of every other full disk. */
        DISK_READ_ONLY(Group.BOX, "disk read-only"),
        LINE_CLOSED(Group.LINE, "connections refused"),
        LINE_HELD(Group.LINE, "nothing passes"),
        LINE_DEAD(Group.LINE, "half-open connections"),
        LINE_SLOW(Group.LINE, "slow line"),
        LINE_CUT(Group.LINE, "cut in the middle of a frame"),
        ENGINE_KILL(Group.ENGINE, "kill -9"),
        ENGINE_STALL(Group.ENGINE, "SIGSTOP"),
        ENGINE_LOCKED(Group.ENGINE, "store locked"),
        /** The amount is by how much it is set, nanoseconds. It is right again when the blow is over. */
        CLOCK_STEP(Group.CLOCK, "clock set"),
        UNPLUGGED(Group.READER, "unplugged"),
        NOISE(Group.READER, "noise");

        private final Group group;
        private final String text;

        Kind(Group group, String text) {
            this.group = group;
            this.text = text;
        }

        Group group() {
            return group;
        }
    }

    /** What is struck. */
    enum Group {
        BOX,
        LINE,
        ENGINE,
        CLOCK,
        READER
    }

    /** How many frames noise hits. */
    private static final double NOISE_RATE = 0.05;

    /** The boot's own line stands until then in the box's clocks. */
    private static final long AFTER_BOOT_NANOS = 1_000_000;

    /** After a power cut the box is started so much later. */
    static final long POWER_OFF_NANOS = 700_000_000;

    /** What mats and clocks must know of it beforehand. */
    List<Fault> faults() {
        return switch (kind) {
            case KILL, KILL_IN_START, TERMINATE ->
                List.of(new Fault.Kill(subject, fromNanos), new Fault.Kill(subject, untilNanos));
            case STALL ->
                List.of(new Fault.Stall(
                        subject, fromNanos, untilNanos, untilNanos - fromNanos + 1, untilNanos - fromNanos));
            case POWER_CUT -> List.of(new Fault.Boot(subject, fromNanos, fromNanos + POWER_OFF_NANOS));
            case POWER_CUT_CLOCK_WRONG ->
                List.of(
                        new Fault.Boot(subject, fromNanos, fromNanos + POWER_OFF_NANOS),
                        new Fault.ClockStep(subject, fromNanos + POWER_OFF_NANOS + AFTER_BOOT_NANOS, amount),
                        new Fault.ClockSync(subject, untilNanos));
            case CLOCK_STEP ->
                List.of(new Fault.ClockStep(subject, fromNanos, amount), new Fault.ClockSync(subject, untilNanos));
            case UNPLUGGED -> List.of(new Fault.Unplugged(subject, fromNanos, untilNanos));
            case NOISE -> List.of(new Fault.Noise(subject, fromNanos, untilNanos, NOISE_RATE));
            case DISK_FULL,
                    DISK_READ_ONLY,
                    LINE_CLOSED,
                    LINE_HELD,
                    LINE_DEAD,
                    LINE_SLOW,
                    LINE_CUT,
                    ENGINE_KILL,
                    ENGINE_STALL,
                    ENGINE_LOCKED -> List.of();
        };
    }

    /** For a person, such as {@code finish: kill -9 at 1.25 s, until 2.00 s}. */
    String text() {
        return String.format(
                Locale.ROOT, "%s: %s at %.2f s, until %.2f s", subject, kind.text, fromNanos / 1e9, untilNanos / 1e9);
    }
}

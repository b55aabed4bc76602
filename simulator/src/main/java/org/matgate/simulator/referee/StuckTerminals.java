package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.fault.Happening.Kind;

/**
 * When this machine let lie what was written to its pseudo-terminals, as a terminal of the simulator's own showed. A
 * reader without a clock has its reads stamped when they arrive: so late and no later may they be; and one that tells the
 * time within a cycle, if what it said may have lain there at one stretch for longer than its cycles are. What a terminal
 * hands on only when its box is about to be killed, that box cannot have kept.
 */
final class StuckTerminals {
    /** The simulator's terminal and a mat's are not stuck to the millisecond at once, nor free in between. */
    private static final long MARGIN_NANOS = 50_000_000;

    /** The cycle of a Mercury module, in which it tells its times: behind so long a wait nobody knows which one it was. */
    private static final long CYCLE_NANOS = 1_000_000_000;

    /** Between two of them the simulator's terminal was free for a few looks, and another's bytes may not have moved. */
    private static final long ONE_STRETCH_NANOS = 10_000_000;

    private final Evidence evidence;
    private final List<Stuck> times = new ArrayList<>();

    /**
     * On and on, margins included.
     *
     * @param longestNanos the longest stretch in there
     * @param lastNanos the last
     */
    private record Stuck(long fromNanos, long untilNanos, long longestNanos, long lastNanos) {
        static Stuck once(long fromNanos, long untilNanos) {
            long stretch = untilNanos - fromNanos;
            return new Stuck(fromNanos - MARGIN_NANOS, untilNanos + MARGIN_NANOS, stretch, stretch);
        }

        /** Whether another that begins then cannot be told from it. */
        boolean goesOn(long nextNanos) {
            return untilNanos >= nextNanos - MARGIN_NANOS;
        }

        Stuck with(long nextNanos, long nextUntilNanos) {
            boolean oneStretch = nextNanos - (untilNanos - MARGIN_NANOS) <= ONE_STRETCH_NANOS;
            long beganNanos = oneStretch ? untilNanos - MARGIN_NANOS - lastNanos : nextNanos;
            long stretch = nextUntilNanos - beganNanos;
            return new Stuck(fromNanos, nextUntilNanos + MARGIN_NANOS, Math.max(longestNanos, stretch), stretch);
        }
    }

    StuckTerminals(Evidence evidence) {
        this.evidence = evidence;
        long from = 0;
        for (Happening happening : evidence.happenings()) {
            if (happening.kind() == Kind.TERMINALS_STUCK) {
                from = happening.monotonicNanos();
            } else if (happening.kind() == Kind.TERMINALS_FREE) {
                long until = happening.monotonicNanos();
                boolean onAndOn = !times.isEmpty() && times.getLast().goesOn(from);
                times.add(onAndOn ? times.removeLast().with(from, until) : Stuck.once(from, until));
            }
        }
    }

    /** Whether a time is too late, and not by more than what it waited for in a terminal. */
    boolean excuses(TruthRead truth, HeldRead held) {
        long late = held.utcNanos() - held.uncertaintyNanos() - truth.sightedUtcNanos();
        boolean inCycles = truth.read().readerTime().base() == ReaderTime.Base.CYCLE;
        return late > 0
                && evidence.times().inTerminals().contains(held.reader())
                && times.stream()
                        .filter(stuck -> !evidence.times().stamping().contains(held.reader())
                                || (inCycles && stuck.longestNanos() > CYCLE_NANOS))
                        .anyMatch(stuck -> stuck.fromNanos() <= truth.sentMonotonicNanos()
                                && truth.read().sightedMonotonicNanos() + late <= stuck.untilNanos());
    }

    /** Whether what a mat sent then may have lain in a terminal until this moment. */
    boolean heldBack(String mat, long sentNanos, long untilNanos) {
        return evidence.times().inTerminals().contains(mat)
                && times.stream().anyMatch(stuck -> stuck.fromNanos() <= sentNanos && untilNanos <= stuck.untilNanos());
    }
}

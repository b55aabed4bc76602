package org.matgate.simulator.referee;

import java.util.List;
import org.matgate.simulator.fault.Happening;

/** Whether boxes ran, and could talk with the engine, when something happened. */
final class Presence {
    private Presence() {}

    /** How long a box's process was ready within a boot while the engine was there and in reach, at the longest without a break. */
    static long longest(List<Happening> happenings, BoxBoot boot) {
        long longest = 0;
        long since = Long.MAX_VALUE;
        boolean ready = false;
        boolean engine = true;
        boolean line = true;
        for (Happening happening : happenings) {
            long at = Math.clamp(happening.monotonicNanos(), boot.fromNanos(), boot.untilNanos());
            boolean own = happening.subject().equals(boot.box());
            switch (happening.kind()) {
                case PROCESS_READY -> ready |= own;
                case PROCESS_ENDED, KILL_SENT, TERM_SENT -> ready &= !own;
                case ENGINE_STARTED -> engine = true;
                case ENGINE_STOPPED -> engine = false;
                case LINE_TROUBLED -> line &= !own;
                case LINE_WELL -> line |= own;
                default -> {}
            }
            boolean both = ready && engine && line;
            if (both && since == Long.MAX_VALUE) {
                since = at;
            } else if (!both && since != Long.MAX_VALUE) {
                longest = Math.max(longest, at - since);
                since = Long.MAX_VALUE;
            }
        }
        return longest;
    }

    /** Whether a box's process was ready from one moment of this machine's CLOCK_MONOTONIC to another. */
    static boolean ready(List<Happening> happenings, String box, long fromNanos, long untilNanos) {
        boolean ready = false;
        for (Happening happening : happenings) {
            if (!happening.subject().equals(box)) {
                continue;
            }
            switch (happening.kind()) {
                case PROCESS_READY -> ready |= happening.monotonicNanos() <= fromNanos;
                case PROCESS_ENDED, KILL_SENT, TERM_SENT -> ready &= happening.monotonicNanos() > untilNanos;
                default -> {}
            }
        }
        return ready;
    }
}

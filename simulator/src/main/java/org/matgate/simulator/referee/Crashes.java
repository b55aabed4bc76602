package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.matgate.simulator.fault.Happening;

/** Finds processes that ended although nobody ended them. */
final class Crashes {
    private Crashes() {}

    static List<String> find(List<Happening> happenings) {
        List<String> reasons = new ArrayList<>();
        Set<String> toldToEnd = new HashSet<>();
        for (Happening happening : happenings) {
            switch (happening.kind()) {
                case PROCESS_STARTED -> toldToEnd.remove(happening.subject());
                case KILL_SENT, TERM_SENT -> toldToEnd.add(happening.subject());
                case PROCESS_ENDED -> {
                    if (!toldToEnd.contains(happening.subject())) {
                        reasons.add("the process of box " + happening.subject() + " ended by itself: "
                                + happening.detail());
                    }
                }
                case ENGINE_STARTED,
                        ENGINE_STOPPED,
                        LINE_TROUBLED,
                        LINE_WELL,
                        NOISE_BEGAN,
                        NOISE_ENDED,
                        FRAME_HIT,
                        CABLE_OUT,
                        CABLE_IN,
                        READER_TROUBLED,
                        READER_WELL,
                        PROCESS_READY,
                        POWER_CUT,
                        STALLED,
                        RESUMED,
                        CLOCK_CHANGED,
                        TERMINALS_STUCK,
                        TERMINALS_FREE -> {}
            }
        }
        return reasons;
    }
}

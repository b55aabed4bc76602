package org.matgate.simulator.referee;

import java.util.Arrays;
import java.util.List;

/**
 * What plots of a rehearsal show. Moments are nanoseconds on the race clock, counted in bins of one length from its
 * start on.
 *
 * @param binNanos the length of a bin; 0 if there are no curves
 * @param bins how many there are
 * @param raceNanos when the race clock stops; what comes behind is delivery
 * @param mats in the order in which to tell of them
 * @param backlogs of each box
 * @param delays from sighting to engine
 * @param errors of delivered reads, without their sign
 * @param uncertainties as stated; times that state none are left out
 * @param troubles in the order in which they begin
 */
public record Curves(
        long binNanos,
        int bins,
        long raceNanos,
        List<Arrivals> mats,
        List<Backlog> backlogs,
        Histogram delays,
        Histogram errors,
        Histogram uncertainties,
        List<Trouble> troubles) {
    /** Of no race. */
    static final Curves NONE =
            new Curves(0, 0, 0, List.of(), List.of(), Histogram.NONE, Histogram.NONE, Histogram.NONE, List.of());

    public Curves {
        mats = List.copyOf(mats);
        backlogs = List.copyOf(backlogs);
        troubles = List.copyOf(troubles);
    }

    /**
     * How many chips came to a mat in each bin.
     *
     * @param seen that its reader put on the wire
     * @param held that the engine holds
     */
    public record Arrivals(String mat, String box, List<Integer> seen, List<Integer> held) {
        public Arrivals {
            seen = List.copyOf(seen);
            held = List.copyOf(held);
        }
    }

    /**
     * How many reads had been put on the wire and were not yet in the engine, at most in each bin; those that never came
     * there are left out.
     */
    public record Backlog(String box, List<Integer> most) {
        public Backlog {
            most = List.copyOf(most);
        }
    }

    /**
     * Something that went wrong for a while, or again and again.
     *
     * @param what for a person
     * @param subject the mat, the box, the engine or the machine that it struck
     */
    public record Trouble(String what, String subject, List<Span> spans) {
        public Trouble {
            spans = List.copyOf(spans);
        }
    }

    /** From one moment of the race clock to another, which may be the same. */
    public record Span(long fromNanos, long untilNanos) {}

    static List<Integer> list(int[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}

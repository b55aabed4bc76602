package org.matgate.simulator.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.matgate.simulator.SimClock;

/**
 * Where and how it is measured.
 *
 * @param directory on the disk that is meant; each part makes directories of its own in it
 * @param matgate the words that start matgate
 * @param quick whether a few seconds must do, for figures that only show that all works
 * @param out for people, while it runs
 */
public record Ground(Path directory, List<String> matgate, SimClock clock, boolean quick, PrintWriter out) {
    public Ground {
        matgate = List.copyOf(matgate);
    }

    /** The first where there is time, else the second. */
    int fullOrQuick(int full, int little) {
        return quick ? little : full;
    }

    void say(String what) {
        out.println("  * " + what);
        out.flush();
    }
}

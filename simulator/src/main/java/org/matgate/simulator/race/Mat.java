package org.matgate.simulator.race;

import java.util.List;
import org.matgate.protocol.stream.Source.Line;

/**
 * A reader with its antennas across the course.
 *
 * @param name the reader's name, unique in the race
 * @param timingPoint also the name of the box that it is plugged into
 * @param antennas their numbers, from one side of the course to the other
 * @param readsPerSecond how many chips it can tell apart a second, all antennas together
 */
public record Mat(
        String name, String timingPoint, Line line, Family family, List<Integer> antennas, double readsPerSecond) {
    public Mat {
        antennas = List.copyOf(antennas);
    }

    /** What the reader speaks, and with it how it is plugged in. */
    public enum Family {
        /** Serial, on a pseudo-terminal. */
        MERCURY(150, 4),
        /** TCP. */
        IPICO(80, 1);

        private final double usualReadsPerSecond;
        private final int usualAntennas;

        Family(double usualReadsPerSecond, int usualAntennas) {
            this.usualReadsPerSecond = usualReadsPerSecond;
            this.usualAntennas = usualAntennas;
        }

        double usualReadsPerSecond() {
            return usualReadsPerSecond;
        }

        int usualAntennas() {
            return usualAntennas;
        }
    }
}

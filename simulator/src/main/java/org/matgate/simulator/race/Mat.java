package org.matgate.simulator.race;

import java.util.List;
import java.util.OptionalInt;
import org.matgate.protocol.stream.Source.Line;

/**
 * A reader with its antennas across the course.
 *
 * @param name the reader's name, unique in the race
 * @param timingPoint also the name of the box that it is plugged into
 * @param antennas their numbers, from one side of the course to the other
 * @param readsPerSecond how many chips it can tell apart a second, all antennas together
 * @param connection how it is plugged in
 * @param baud the rate at which it speaks on a serial line, where that is not what the box is told
 * @param clock of its own
 * @param steadyReadsPerSecond reads of chips that lie within reach all race long, besides the runners'
 */
public record Mat(
        String name,
        String timingPoint,
        Line line,
        Family family,
        List<Integer> antennas,
        double readsPerSecond,
        Connection connection,
        OptionalInt baud,
        Clock clock,
        double steadyReadsPerSecond) {
    public Mat {
        antennas = List.copyOf(antennas);
    }

    /** The number of its last port. */
    public int ports() {
        return antennas.stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    /** Whether it is on the network. */
    public boolean onNetwork() {
        return connection == Connection.TCP;
    }

    /** How a reader is plugged in. */
    public enum Connection {
        /** On a pseudo-terminal. */
        SERIAL,
        TCP
    }

    /**
     * A reader's own clock.
     *
     * @param offsetNanos how much it is ahead of the truth at the start
     * @param driftPpm how much it runs fast, in millionths
     */
    public record Clock(long offsetNanos, double driftPpm) {
        /** A clock without fault. */
        public static final Clock RIGHT = new Clock(0, 0);
    }

    /** What the reader speaks. */
    public enum Family {
        LLRP(700, 4, 0, true),
        MERCURY(150, 4, 115_200, false),
        R2000(150, 4, 115_200, true),
        IPICO(80, 1, 38_400, true),
        CHAFON(80, 4, 57_600, false);

        private final double usualReadsPerSecond;
        private final int usualAntennas;
        private final int usualBaud;
        private final boolean network;

        Family(double usualReadsPerSecond, int usualAntennas, int usualBaud, boolean network) {
            this.usualReadsPerSecond = usualReadsPerSecond;
            this.usualAntennas = usualAntennas;
            this.usualBaud = usualBaud;
            this.network = network;
        }

        double usualReadsPerSecond() {
            return usualReadsPerSecond;
        }

        int usualAntennas() {
            return usualAntennas;
        }

        /** The rate of its serial line, baud, as a box is told; 0 if it has none. */
        public int usualBaud() {
            return usualBaud;
        }

        /** How it is usually plugged in. */
        Connection usualConnection() {
            return this == LLRP || this == IPICO ? Connection.TCP : Connection.SERIAL;
        }

        /** Whether its reads carry the reader's own time. */
        public boolean stamps() {
            return this == LLRP || this == MERCURY || this == IPICO;
        }

        boolean can(Connection connection) {
            return connection == Connection.TCP ? network : usualBaud > 0;
        }
    }
}

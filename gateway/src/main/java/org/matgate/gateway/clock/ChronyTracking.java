package org.matgate.gateway.clock;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code chronyc -n -c tracking} says, one line of columns separated by commas (chronyc(1); chrony's client.c):
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><th>column</th><th>meaning</th></tr>
 * <tr><td>1, 2</td><td>reference: hexadecimal digits, address</td></tr>
 * <tr><td>3, 4</td><td>stratum, time of the last measurement, seconds since 1970 by the system clock; it goes with it when
 *     that is stepped or slewed</td></tr>
 * <tr><td>5</td><td>system time, seconds: NTP time less the system clock's, so positive where the system clock is slow;
 *     what chronyd is still slewing away</td></tr>
 * <tr><td>6, 7</td><td>last offset, root mean square of offsets, seconds</td></tr>
 * <tr><td>8</td><td>frequency, ppm</td></tr>
 * <tr><td>9</td><td>residual frequency, ppm</td></tr>
 * <tr><td>10</td><td>skew: the bound on the error of the frequency, ppm</td></tr>
 * <tr><td>11, 12</td><td>root delay, root dispersion, seconds</td></tr>
 * <tr><td>13</td><td>interval between the last two updates, seconds</td></tr>
 * <tr><td>14</td><td>leap status: Normal, Insert second, Delete second, Not synchronised</td></tr>
 * </table>
 *
 * @param synchronised whether somebody vouches for the time, by way of chrony
 * @param unfounded whether chrony follows a clock as if it were right for which nobody vouches
 * @param offsetNanos what is still to be slewed, with its sign
 * @param boundNanos how wrong the system clock may be: the offset, the root dispersion and half the root delay
 * @param growthPpb how fast that grows: the skew and the residual frequency
 * @param measuredNanos when it measured last, by the system clock
 * @param dispersionNanos the root dispersion
 */
record ChronyTracking(
        boolean synchronised,
        boolean unfounded,
        long offsetNanos,
        long boundNanos,
        long growthPpb,
        long measuredNanos,
        long dispersionNanos) {
    /** A line is a few hundred characters. */
    static final int MOST_CHARACTERS = 4_096;

    private static final int COLUMNS = 14;

    /** References that are the box's own clock ({@code local stratum}) or a person's typing: nobody vouches for these. */
    private static final Set<String> OWN_CLOCK = Set.of("7F7F0101", "4D414E55");

    /**
     * A source this far from a true clock is one that asks somebody with {@code local}, whose default is stratum 10: such a
     * server tells of its own quartz as if it were exact (chrony.conf(5)). No chain to a true clock is as long.
     */
    private static final int LOCAL_STRATUM = 10;

    /** A clock that is further off than a day is not one to be believed. */
    private static final double MOST_SECONDS = 86_400;

    private static final double MOST_PPM = 1e6;

    /** The year 2255: later ones are beyond 64 bits. */
    private static final double LATEST_SECONDS = 9e9;

    /** A slew moves the time of the last measurement by less, the next measurement by more. */
    private static final long SAME_NANOS = 100_000_000;

    /** In less time the dispersion grows by too little to tell how fast. */
    private static final long SHORTEST_NANOS = 4_000_000_000L;

    /** Who knows its own time exactly is a daemon that says nothing. */
    private static final long LEAST_BOUND_NANOS = 1_000;

    /** Empty if this is no such line, or a number in it is none or out of all bounds. */
    static Optional<ChronyTracking> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String[] columns = text.strip().split(",", -1);
        if (columns.length != COLUMNS) {
            return Optional.empty();
        }
        try {
            double measured = number(columns[3], 0, LATEST_SECONDS);
            double offset = number(columns[4], -MOST_SECONDS, MOST_SECONDS);
            double residual = number(columns[8], -MOST_PPM, MOST_PPM);
            double skew = number(columns[9], 0, MOST_PPM);
            double delay = number(columns[10], -MOST_SECONDS, MOST_SECONDS);
            double dispersion = number(columns[11], 0, MOST_SECONDS);
            double stratum = number(columns[2], 0, 16);
            boolean follows = switch (columns[13]) {
                case "Normal", "Insert second", "Delete second" -> true;
                default -> false;
            };
            boolean founded = !OWN_CLOCK.contains(columns[0]) && stratum > 0 && stratum < LOCAL_STRATUM;
            double bound = Math.abs(offset) + dispersion + Math.abs(delay) / 2;
            return Optional.of(new ChronyTracking(
                    follows && founded,
                    follows && !founded,
                    Math.round(offset * 1e9),
                    Math.max(LEAST_BOUND_NANOS, (long) Math.ceil(bound * 1e9)),
                    (long) Math.ceil((Math.abs(residual) + skew) * 1e3),
                    Math.round(measured * 1e9),
                    Math.round(dispersion * 1e9)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How long ago it measured last, at a reading of about the moment of the answer; never before the boot. */
    long ageNanos(ClockReading at) {
        // Somebody else may have set the clock since, to any time; chrony takes the magnitude, too.
        long age = Math.abs(at.utcNanos() - measuredNanos);
        return Math.clamp(age, 0, Math.max(0, at.monotonicNanos() + at.suspendedNanos()));
    }

    /**
     * What chrony allows for changes of the quartz (its {@code maxclockerror}), told by how its dispersion grew since an
     * earlier answer; empty if it has measured since.
     *
     * @param betweenNanos from before the earlier answer until after this one
     */
    OptionalLong allowedPpb(ChronyTracking earlier, long betweenNanos) {
        if (betweenNanos < SHORTEST_NANOS || Math.abs(measuredNanos - earlier.measuredNanos) > SAME_NANOS) {
            return OptionalLong.empty();
        }
        double grown = (dispersionNanos - earlier.dispersionNanos) * 1e9 / betweenNanos;
        return OptionalLong.of(Math.max(0, Math.round(grown) - growthPpb));
    }

    private static double number(String text, double least, double most) {
        // Java also takes "1d" and "0x1p3"; chrony writes digits, a sign and a point.
        if (text.isEmpty() || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+')) {
            throw new NumberFormatException(text);
        }
        double value = Double.parseDouble(text);
        if (!(value >= least && value <= most)) {
            throw new NumberFormatException(text);
        }
        return value;
    }
}

package org.matgate.simulator.clock;

import java.util.Locale;
import java.util.UUID;

/**
 * A line of a box's {@code clock.txt}: how its clocks run from a moment on.
 *
 * @param fromMachineNanos the moment, on this machine's CLOCK_MONOTONIC
 * @param bootId the boot that the box is in
 * @param monotonicOffsetNanos the box's CLOCK_MONOTONIC less the machine's where the boot's first line begins; the same on
 *     all its lines
 * @param monotonicRatePpb how fast the box's CLOCK_MONOTONIC gains on the machine's
 * @param rawRatePpb the same of CLOCK_MONOTONIC_RAW, the quartz alone
 * @param utcMinusMonotonicNanos the box's CLOCK_REALTIME less its CLOCK_MONOTONIC
 * @param synchronised what the kernel says
 * @param maxErrorNanos what the kernel says
 */
public record ClockLine(
        long fromMachineNanos,
        UUID bootId,
        long monotonicOffsetNanos,
        long monotonicRatePpb,
        long rawRatePpb,
        long utcMinusMonotonicNanos,
        boolean synchronised,
        long maxErrorNanos) {
    private static final int COLUMNS = 9;

    /** As it stands in the file, without its end. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%d %s %d %d %d %d %s %d none",
                fromMachineNanos,
                bootId,
                monotonicOffsetNanos,
                monotonicRatePpb,
                rawRatePpb,
                utcMinusMonotonicNanos,
                synchronised,
                maxErrorNanos);
    }

    /** @throws IllegalArgumentException if it is none; the message says what it should be */
    static ClockLine parse(String text) {
        String[] fields = text.split("\\s+", -1);
        if (fields.length != COLUMNS) {
            throw new IllegalArgumentException(fields.length + " columns; want " + COLUMNS);
        }
        return new ClockLine(
                Long.parseLong(fields[0]),
                UUID.fromString(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                Boolean.parseBoolean(fields[6]),
                Long.parseLong(fields[7]));
    }
}

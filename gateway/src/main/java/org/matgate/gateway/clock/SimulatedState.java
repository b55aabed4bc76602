package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A line of a {@link SimulatedClock}'s file, whose Javadoc tells the columns. */
record SimulatedState(
        long effectiveNanos,
        UUID bootId,
        long monotonicOffsetNanos,
        long monotonicRatePpb,
        long rawRatePpb,
        long utcLessMonotonicNanos,
        boolean synchronised,
        long maxErrorNanos,
        Leap leap) {
    private static final List<String> COLUMNS = List.of(
            "effective_machine_nanos",
            "boot_id",
            "monotonic_offset_nanos",
            "monotonic_rate_ppb",
            "raw_rate_ppb",
            "utc_minus_monotonic_nanos",
            "synchronised",
            "max_error_nanos",
            "leap");

    /** A clock that runs at half or double speed is a mistake. */
    private static final long MOST_PPB = 500_000_000;

    /** What is wrong, beginning with the line's number, to follow the file's name. */
    static final class BadLine extends Exception {
        private static final long serialVersionUID = 1;

        BadLine(int line, String what) {
            super((line > 0 ? ":" + line : "") + ": " + what);
        }
    }

    /** The states of a file, in the order in which they begin to hold. */
    static List<SimulatedState> parse(String text) throws BadLine {
        List<SimulatedState> states = new ArrayList<>();
        Map<UUID, Long> offsets = new HashMap<>();
        int number = 0;
        for (int at = 0, end; (end = text.indexOf('\n', at)) >= 0; at = end + 1) {
            number++;
            String line = text.substring(at, end).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            SimulatedState state = parseLine(number, line);
            Long earlier = offsets.putIfAbsent(state.bootId, state.monotonicOffsetNanos);
            if (earlier != null && earlier != state.monotonicOffsetNanos) {
                throw new BadLine(
                        number,
                        "monotonic_offset_nanos is " + state.monotonicOffsetNanos + " but " + earlier
                                + " on an earlier line of the same boot; it is that of the boot's first state, for CLOCK_MONOTONIC never jumps");
            }
            states.add(state);
        }
        states.sort(Comparator.comparingLong(SimulatedState::effectiveNanos));
        return states;
    }

    /** The last state that began before or at this moment of the machine's CLOCK_MONOTONIC. */
    static SimulatedState holdingAt(List<SimulatedState> states, long machineNanos) throws BadLine {
        for (SimulatedState state : states.reversed()) {
            if (state.effectiveNanos <= machineNanos) {
                return state;
            }
        }
        throw new BadLine(
                0,
                "no state holds now, at CLOCK_MONOTONIC " + machineNanos + " ns; the file needs a line that begins"
                        + " with no more than that and ends in a line feed: " + String.join(" ", COLUMNS));
    }

    /** Makes sure that a boot keeps its monotonic clock. */
    static void requireOffset(List<SimulatedState> states, UUID bootId, long offsetNanos) throws BadLine {
        for (SimulatedState state : states) {
            if (state.bootId.equals(bootId) && state.monotonicOffsetNanos != offsetNanos) {
                throw new BadLine(
                        0,
                        "monotonic_offset_nanos of boot " + bootId + " is now " + state.monotonicOffsetNanos
                                + " and was " + offsetNanos + "; it must stay");
            }
        }
    }

    private static SimulatedState parseLine(int number, String line) throws BadLine {
        String[] fields = line.split("\\s+");
        if (fields.length != COLUMNS.size()) {
            throw new BadLine(
                    number, fields.length + " columns; want " + COLUMNS.size() + ": " + String.join(" ", COLUMNS));
        }
        return new SimulatedState(
                number(number, fields, 0, 0, Long.MAX_VALUE),
                uuid(number, fields[1]),
                number(number, fields, 2, Long.MIN_VALUE, Long.MAX_VALUE),
                number(number, fields, 3, -MOST_PPB, MOST_PPB),
                number(number, fields, 4, -MOST_PPB, MOST_PPB),
                number(number, fields, 5, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2),
                bool(number, fields[6]),
                number(number, fields, 7, 0, Long.MAX_VALUE / 4),
                leap(number, fields[8]));
    }

    private static long number(int line, String[] fields, int column, long least, long most) throws BadLine {
        try {
            long value = Long.parseLong(fields[column]);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new BadLine(
                line,
                COLUMNS.get(column) + " is \"" + fields[column] + "\"; want a whole number from " + least + " to "
                        + most);
    }

    private static UUID uuid(int line, String field) throws BadLine {
        try {
            return UUID.fromString(field);
        } catch (IllegalArgumentException e) {
            throw new BadLine(
                    line, "boot_id is \"" + field + "\"; want a UUID such as 123e4567-e89b-42d3-a456-426614174000");
        }
    }

    private static boolean bool(int line, String field) throws BadLine {
        return switch (field) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadLine(line, "synchronised is \"" + field + "\"; want true or false");
        };
    }

    private static Leap leap(int line, String field) throws BadLine {
        return switch (field) {
            case "none" -> Leap.NONE;
            case "insert" -> Leap.INSERT;
            case "delete" -> Leap.DELETE;
            case "in-progress" -> Leap.IN_PROGRESS;
            default -> throw new BadLine(line, "leap is \"" + field + "\"; want none, insert, delete or in-progress");
        };
    }
}

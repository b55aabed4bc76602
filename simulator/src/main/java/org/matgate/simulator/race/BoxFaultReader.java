package org.matgate.simulator.race;

import java.util.List;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

/** Reads what goes wrong with a box's clock, its power or its processor. */
final class BoxFaultReader {
    /** More than any time daemon dares. */
    private static final double MOST_SLEW_PPM = 100_000;

    private static final double MOST_STEP_SECONDS = 4e9;
    private static final double LONGEST_STALL_SECONDS = 5;

    private final TomlSection section;
    private final List<String> boxes;
    private final long durationNanos;

    BoxFaultReader(TomlSection section, List<String> boxes, long durationNanos) {
        this.section = section;
        this.boxes = boxes;
        this.durationNanos = durationNanos;
    }

    /** @param kind one that strikes a box, not a mat */
    Fault read(FaultKind kind) {
        return switch (kind) {
            case KILL -> {
                section.only("kind", "box", "at");
                yield new Fault.Kill(box(), at());
            }
            case CLOCK_SYNC -> {
                section.only("kind", "box", "at");
                yield new Fault.ClockSync(box(), at());
            }
            case CLOCK_LOST -> {
                section.only("kind", "box", "at");
                yield new Fault.ClockLost(box(), at());
            }
            case CLOCK_STEP -> {
                section.only("kind", "box", "at", "by");
                double by = section.number(
                        "by", -MOST_STEP_SECONDS, MOST_STEP_SECONDS, "seconds, below 0 to set it back, such as -1.5");
                yield new Fault.ClockStep(box(), at(), Math.round(by * 1e9));
            }
            case CLOCK_SLEW -> {
                section.only("kind", "box", "from", "until", "ppm");
                double ppm = section.number(
                        "ppm", -MOST_SLEW_PPM, MOST_SLEW_PPM, "millionths, -100000 to 100000, such as 500");
                yield new Fault.ClockSlew(box(), FaultReader.from(section), FaultReader.until(section), ppm);
            }
            case BOOT -> {
                section.only("kind", "box", "at", "until");
                long until = section.moment("until", "25.0");
                if (until <= at()) {
                    section.wrong("until", "a moment after 'at'");
                }
                yield new Fault.Boot(box(), at(), until);
            }
            case STALL -> stall();
            default -> throw new IllegalArgumentException(kind + " strikes no box");
        };
    }

    private Fault.Stall stall() {
        section.only("kind", "box", "from", "until", "every", "seconds");
        long from = section.has("from") ? FaultReader.from(section) : 0;
        long until = section.has("until") ? FaultReader.until(section) : durationNanos;
        double seconds = section.number("seconds", 0.001, LONGEST_STALL_SECONDS, "seconds, 0.001 to 5, such as 0.25");
        double every = section.number("every", 0.1, 86_400, "seconds, 0.1 to 86400, such as 8.0");
        if (every < 2 * seconds) {
            section.wrong("every", "at least twice 'seconds'");
        }
        return new Fault.Stall(box(), from, until, Math.round(every * 1e9), Math.round(seconds * 1e9));
    }

    private String box() {
        return section.reference("box", boxes);
    }

    private long at() {
        return section.moment("at", "20.0");
    }
}

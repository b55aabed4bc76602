package org.matgate.simulator.race;

import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

/** Reads what runners and spectators do that a timekeeper does not expect. */
final class RunnerFaultReader {
    static final double USUAL_EARLY_SECONDS = 10;
    static final double USUAL_APART_SECONDS = 20;
    private static final int MOST = 1000;

    private final TomlSection section;
    private final Strikable strikable;

    RunnerFaultReader(TomlSection section, Strikable strikable) {
        this.section = section;
        this.strikable = strikable;
    }

    /** @param kind one that people do */
    Fault read(FaultKind kind) {
        return switch (kind) {
            case EARLY_START -> {
                section.only("kind", "distance", "count", "seconds");
                yield earlyStart();
            }
            case CROSS_TWICE -> {
                timed();
                yield new Fault.CrossTwice(point(), from(), until(), count(), seconds(USUAL_APART_SECONDS));
            }
            case TURN_BACK -> {
                timed();
                yield new Fault.TurnBack(point(), from(), until(), count(), seconds(USUAL_APART_SECONDS));
            }
            case STAND -> {
                timed();
                yield new Fault.Stand(point(), from(), until(), count(), seconds(USUAL_APART_SECONDS));
            }
            case SPECTATOR -> {
                section.only("kind", "timing_point", "from", "until", "count");
                yield new Fault.Spectator(point(), from(), until(), count());
            }
            default -> throw new IllegalArgumentException(kind + " is nothing that people do");
        };
    }

    private Fault earlyStart() {
        String name = section.reference("distance", strikable.distanceNames());
        long gun = strikable.distances().stream()
                .filter(distance -> distance.name().equals(name))
                .mapToLong(Distance::gunNanos)
                .findFirst()
                .orElse(0);
        if (gun == 0 && strikable.distanceNames().contains(name)) {
            section.wrong("distance", "one whose gun comes later than the race clock's start");
        }
        return new Fault.EarlyStart(name, gun, count(), seconds(USUAL_EARLY_SECONDS));
    }

    private void timed() {
        section.only("kind", "timing_point", "from", "until", "count", "seconds");
    }

    private String point() {
        return section.reference("timing_point", strikable.boxes());
    }

    private int count() {
        return section.has("count") ? (int) section.whole("count", 1, MOST, "how many do it, 1 to " + MOST) : 1;
    }

    private long seconds(double usual) {
        return section.has("seconds")
                ? section.span("seconds", 1, 600, "seconds, 1 to 600, such as " + usual)
                : Math.round(usual * 1e9);
    }

    private long from() {
        return section.has("from") ? FaultReader.from(section) : 0;
    }

    private long until() {
        return section.has("until") ? FaultReader.until(section) : strikable.durationNanos();
    }
}

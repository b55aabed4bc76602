package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

/** Reads the tables {@code [[fault]]} of a scenario. */
final class FaultReader {
    private final Strikable strikable;

    FaultReader(Strikable strikable) {
        this.strikable = strikable;
    }

    List<Fault> read(TomlSection root) {
        List<Fault> faults = new ArrayList<>();
        for (TomlSection section : root.sections("fault")) {
            withinRace(section, strikable.durationNanos());
            Optional<FaultKind> kind = section.oneOf("kind", FaultKind.class);
            kind.ifPresent(known -> faults.add(read(section, known)));
        }
        return faults;
    }

    private Fault read(TomlSection section, FaultKind kind) {
        return switch (kind) {
            case NOISE, UNPLUGGED, REBOOT, HANG, ANTENNA_CUT, TOO_HOT, MEMORY_FULL, DRIBBLE ->
                new MatFaultReader(section, strikable.matNames()).read(kind);
            case KILL, CLOCK_SYNC, CLOCK_LOST, CLOCK_STEP, CLOCK_SLEW, BOOT, STALL ->
                new BoxFaultReader(section, strikable.boxes(), strikable.durationNanos()).read(kind);
            case ENGINE_AWAY, ENGINE_LINE_CUT, ENGINE_LINE_DEAD, ENGINE_LINE_SLOW, ENGINE_LINE_DELAYED ->
                new EngineFaultReader(section, strikable.boxes()).read(kind);
            case EARLY_START, CROSS_TWICE, TURN_BACK, STAND, SPECTATOR ->
                new RunnerFaultReader(section, strikable).read(kind);
        };
    }

    /** A fault that comes after the race would never come, and nobody would notice. */
    static void withinRace(TomlSection fault, long durationNanos) {
        for (String key : List.of("at", "from", "until")) {
            if (durationNanos > 0 && fault.has(key) && fault.moment(key, "10.0") > durationNanos) {
                fault.wrong(key, upTo("a moment", durationNanos));
            }
        }
    }

    /** @param what is to come in time */
    static String upTo(String what, long durationNanos) {
        return what + " up to the end of the race, " + durationNanos / 1e9 + " s on the race clock";
    }

    static long from(TomlSection section) {
        return section.moment("from", "10.0");
    }

    /** The end of a fault, which lies after its beginning; after the race clock's start. */
    static long until(TomlSection section) {
        long until = section.moment("until", "15.0");
        if (section.has("from") && until <= from(section)) {
            section.wrong("until", "a moment after 'from'");
        }
        return until;
    }
}

package org.matgate.simulator.race;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.matgate.simulator.fault.Fault;

/** Reads the tables [[fault]] of a scenario. */
final class FaultReader {
    private final List<String> mats;
    private final List<String> boxes;
    private final long durationNanos;

    /**
     * @param mats names that a fault can strike
     * @param boxes names that a fault can strike
     * @param durationNanos of the race; 0 if that is not known
     */
    FaultReader(List<String> mats, List<String> boxes, long durationNanos) {
        this.mats = mats;
        this.boxes = boxes;
        this.durationNanos = durationNanos;
    }

    /** The fault; empty if its kind is unknown, which is told as everything else that is wrong with it. */
    Optional<Fault> read(TomlSection section) {
        withinRace(section);
        var kind = section.oneOf("kind", Fault.Kind.class);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind.get()) {
                    case NOISE -> {
                        section.only("kind", "mat", "from", "until", "rate");
                        yield new Fault.Noise(
                                section.reference("mat", mats),
                                section.seconds("from", "10.0"),
                                until(section),
                                section.number("rate", 0, 1, "the share of frames that are hit, 0 to 1"));
                    }
                    case KILL -> {
                        section.only("kind", "box", "at");
                        yield new Fault.Kill(section.reference("box", boxes), section.seconds("at", "20.0"));
                    }
                    case ENGINE_AWAY -> {
                        section.only("kind", "from", "until");
                        yield new Fault.EngineAway(section.seconds("from", "10.0"), until(section));
                    }
                    case UNPLUGGED -> {
                        Lasting at = lasting(section);
                        yield new Fault.Unplugged(at.mat(), at.fromNanos(), at.untilNanos());
                    }
                    case REBOOT -> {
                        Lasting at = lasting(section);
                        yield new Fault.Reboot(at.mat(), at.fromNanos(), at.untilNanos());
                    }
                    case HANG -> {
                        Lasting at = lasting(section);
                        yield new Fault.Hang(at.mat(), at.fromNanos(), at.untilNanos());
                    }
                    case ANTENNA_CUT -> {
                        Lasting at = lasting(section, "antenna");
                        int antenna = (int) section.whole("antenna", 1, 255, "the number of an antenna");
                        yield new Fault.AntennaCut(at.mat(), antenna, at.fromNanos(), at.untilNanos());
                    }
                    case TOO_HOT -> {
                        Lasting at = lasting(section);
                        yield new Fault.TooHot(at.mat(), at.fromNanos(), at.untilNanos());
                    }
                    case MEMORY_FULL -> {
                        Lasting at = lasting(section);
                        yield new Fault.MemoryFull(at.mat(), at.fromNanos(), at.untilNanos());
                    }
                    case DRIBBLE -> {
                        Lasting at = lasting(section);
                        yield new Fault.Dribble(at.mat(), at.fromNanos(), at.untilNanos());
                    }
                    case CLOCK_SYNC, CLOCK_LOST, CLOCK_STEP, CLOCK_SLEW, BOOT, STALL ->
                        new BoxFaultReader(section, boxes, durationNanos).read(kind.get());
                });
    }

    /** A fault of one mat that begins and ends. */
    private record Lasting(String mat, long fromNanos, long untilNanos) {}

    private Lasting lasting(TomlSection section, String... more) {
        section.only(Stream.concat(Stream.of("kind", "mat", "from", "until"), Stream.of(more))
                .toArray(String[]::new));
        return new Lasting(section.reference("mat", mats), section.seconds("from", "10.0"), until(section));
    }

    /** A fault that comes after the race would never come, and nobody would notice. */
    private void withinRace(TomlSection fault) {
        for (String key : List.of("at", "from", "until")) {
            if (durationNanos > 0 && fault.has(key) && fault.seconds(key, "10.0") > durationNanos) {
                fault.wrong(key, "seconds up to the end of the race, " + durationNanos / 1e9);
            }
        }
    }

    /** The end of a fault, which lies after its beginning; after the race clock's start. */
    static long until(TomlSection section) {
        long until = section.seconds("until", "15.0");
        if (section.has("from") && until <= section.seconds("from", "10.0")) {
            section.wrong("until", "seconds after 'from'");
        }
        return until;
    }
}

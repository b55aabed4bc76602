package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.reader.CsvWireLog;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that mats of every family have. */
final class MatOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "The mat's name in the wire log: ${DEFAULT-VALUE}.")
    private String name = "mat";

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Invents N reads a second on average, from when a host reads. Without it the mat sees nothing.")
    private double rate;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of what is invented: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--chips", paramLabel = "N", description = "How many different chips: ${DEFAULT-VALUE}.")
    private int chips = 100;

    @Option(names = "--count", paramLabel = "N", description = "Ends when N reads have gone out.")
    private Optional<Long> count = Optional.empty();

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Ends so long after READY.")
    private Optional<Double> duration = Optional.empty();

    @Option(names = "--drift-ppm", paramLabel = "PPM", description = "The reader's clock runs fast by PPM millionths.")
    private double driftPpm;

    @Option(names = "--wire-log", paramLabel = "FILE", description = "Writes each read put on the wire as a CSV line.")
    private Optional<Path> wireLog = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Refuses what cannot be. */
    void check() {
        require(rate >= 0 && rate <= 100_000, "--rate " + rate + ": want 0 to 100000");
        require(chips >= 1 && chips <= 1_000_000, "--chips " + chips + ": want 1 to 1000000");
        require(count.isEmpty() || count.get() >= 1, "--count: want at least 1");
        require(duration.isEmpty() || duration.get() > 0, "--duration: want more than 0");
        require(Math.abs(driftPpm) <= 100_000, "--drift-ppm " + driftPpm + ": want -100000 to 100000");
        require(!name.contains(",") && !name.isBlank(), "--name '" + name + "': want a name without commas");
    }

    /** A wrong call: one clear line, and exit code 2. */
    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** The zone that a person writes: {@code Z}, {@code +05:00}. */
    ZoneOffset zone(String text) {
        try {
            return ZoneOffset.of(text);
        } catch (java.time.DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "--zone '" + text + "': want Z or such as +05:00", e);
        }
    }

    String name() {
        return name;
    }

    double rate() {
        return rate;
    }

    long seed() {
        return seed;
    }

    int chips() {
        return chips;
    }

    long count() {
        return count.orElse(Long.MAX_VALUE);
    }

    long durationNanos() {
        return duration.map(seconds -> Math.round(seconds * 1e9)).orElse(Long.MAX_VALUE);
    }

    double driftPpm() {
        return driftPpm;
    }

    Optional<CsvWireLog> openWireLog(SimClock clock) throws IOException {
        return wireLog.isEmpty() ? Optional.empty() : Optional.of(new CsvWireLog(wireLog.get(), clock));
    }
}

package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;

/** What a rehearsal leaves in a directory about the race itself. */
record RaceFiles(Path directory) {
    private static final String CLOCK_COLUMNS = "race_nanos,monotonic_nanos,rate";
    private static final String USAGE_COLUMNS = "box,cpu_nanos,lived_nanos,peak_kib";

    private Path usage() {
        return directory.resolve("usage.csv");
    }

    private Path clock() {
        return directory.resolve("raceclock.csv");
    }

    void write(List<BoxUsage> usage) throws IOException {
        Csv.write(
                usage(),
                USAGE_COLUMNS,
                usage.stream().map(box -> List.of(box.box(), box.cpuNanos(), box.livedNanos(), box.peakKiB())));
    }

    /**
     * All of it; what is not there is not known.
     *
     * @throws IOException if a file is damaged; the message says where
     */
    RaceRecord read(Scenario scenario, double askedSpeed, List<TruthRead> truth) throws IOException {
        return new RaceRecord(
                scenario.durationNanos(),
                clock(truth),
                askedSpeed,
                Files.exists(usage()) ? Csv.read(usage(), USAGE_COLUMNS, RaceFiles::usage) : List.of(),
                Files.exists(clock()) ? new CourseFiles(directory).read(scenario) : Optional.empty());
    }

    /**
     * In a directory without one the race began as the first chip was seen, and was in real time; that will do for plots,
     * not to compare results.
     */
    private RaceClock clock(List<TruthRead> truth) throws IOException {
        Path file = clock();
        if (Files.exists(file)) {
            List<RaceClock.Piece> pieces = Csv.read(file, CLOCK_COLUMNS, RaceFiles::piece);
            try {
                return RaceClock.of(pieces);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return RaceClock.realTime(truth.stream()
                .mapToLong(read -> read.read().sightedMonotonicNanos())
                .min()
                .orElse(0));
    }

    private static RaceClock.Piece piece(List<String> v) {
        return new RaceClock.Piece(Long.parseLong(v.get(0)), Long.parseLong(v.get(1)), Double.parseDouble(v.get(2)));
    }

    private static BoxUsage usage(List<String> v) {
        return new BoxUsage(v.get(0), Long.parseLong(v.get(1)), Long.parseLong(v.get(2)), Long.parseLong(v.get(3)));
    }
}

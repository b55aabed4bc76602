package org.matgate.simulator.race;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.race.Mat.Family;

/** Reads the tables {@code [[mat]]} of a scenario. */
final class MatReader {
    private final List<String> points;

    /** @param points names of all timing points */
    MatReader(List<String> points) {
        this.points = points;
    }

    Mat read(TomlSection section) {
        section.only(
                "name",
                "timing_point",
                "line",
                "family",
                "antennas",
                "reads_per_second",
                "connection",
                "baud",
                "clock_offset",
                "drift_ppm",
                "steady_reads");
        Family family = section.oneOf("family", Family.class).orElse(Family.MERCURY);
        return new Mat(
                section.name("name", "finish-main"),
                section.reference("timing_point", points),
                section.has("line") ? section.oneOf("line", Line.class).orElse(Line.MAIN) : Line.MAIN,
                family,
                section.has("antennas")
                        ? section.numbers("antennas", 1, 16, "antenna numbers from 1 to 16, such as [1, 2, 3, 4]")
                        : IntStream.rangeClosed(1, family.usualAntennas())
                                .boxed()
                                .toList(),
                section.optionalNumber("reads_per_second", 1, 2000, "1 to 2000").orElse(family.usualReadsPerSecond()),
                connection(section, family),
                section.has("baud")
                        ? OptionalInt.of((int) section.whole("baud", 300, 4_000_000, "a rate, such as 115200"))
                        : OptionalInt.empty(),
                clock(section),
                section.optionalNumber("steady_reads", 0, 2000, "reads a second, 0 to 2000")
                        .orElse(0));
    }

    private static Mat.Connection connection(TomlSection section, Family family) {
        if (!section.has("connection")) {
            return family.usualConnection();
        }
        Mat.Connection connection =
                section.oneOf("connection", Mat.Connection.class).orElse(family.usualConnection());
        if (!family.can(connection)) {
            section.wrong("connection", "one that readers of this family have");
        }
        return connection;
    }

    private static Mat.Clock clock(TomlSection section) {
        double offset =
                section.optionalNumber("clock_offset", -1e9, 1e9, "seconds").orElse(0);
        double drift = section.optionalNumber("drift_ppm", -1000, 1000, "millionths, -1000 to 1000")
                .orElse(0);
        return new Mat.Clock(Math.round(offset * 1e9), drift);
    }
}

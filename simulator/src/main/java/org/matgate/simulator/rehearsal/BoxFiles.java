package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Scenario;

/** Writes what a box is started with: its config file and its simulated clock. */
final class BoxFiles {
    /** What the engine asks of a box in a rehearsal. */
    static final String TOKEN = "demo";

    /** How wrong the simulated clock says it may be. */
    private static final long CLOCK_ERROR_NANOS = 1_000_000;

    private BoxFiles() {}

    /**
     * Writes {@code matgate.toml} and {@code clock.txt} into the box's directory, which is made.
     *
     * @param addresses of the mats' readers, by mat
     * @return the config file
     */
    static Path write(
            Path directory,
            String box,
            Scenario scenario,
            Map<String, String> addresses,
            String engineAddress,
            SimClock clock)
            throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("clock.txt"), clockFile(clock, UUID.randomUUID()));
        Path config = directory.resolve("matgate.toml");
        return Files.writeString(config, config(box, scenario, addresses, engineAddress));
    }

    static String config(String box, Scenario scenario, Map<String, String> addresses, String engineAddress) {
        StringBuilder toml = new StringBuilder();
        toml.append("[box]\n");
        toml.append("name = ").append(quoted(box)).append('\n');
        toml.append("data = \"data\"\n");
        toml.append("timing_point = ").append(quoted(box)).append('\n');
        for (Mat mat : scenario.matsAt(box)) {
            reader(toml, mat, addresses.getOrDefault(mat.name(), ""));
        }
        toml.append("[[engine]]\n");
        toml.append("name = \"central\"\n");
        toml.append("address = ").append(quoted(engineAddress)).append('\n');
        toml.append("token = ").append(quoted(TOKEN)).append('\n');
        toml.append("[simulation]\n");
        toml.append("enabled = true\n");
        toml.append("clock = \"clock.txt\"\n");
        return toml.toString();
    }

    private static void reader(StringBuilder toml, Mat mat, String address) {
        toml.append("[[reader]]\n");
        toml.append("name = ").append(quoted(mat.name())).append('\n');
        toml.append("family = ")
                .append(quoted(mat.family().name().toLowerCase(Locale.ROOT)))
                .append('\n');
        if (mat.onNetwork()) {
            toml.append("address = ").append(quoted(address)).append('\n');
        } else {
            toml.append("port = ").append(quoted(address)).append('\n');
            toml.append("baud = ").append(mat.family().usualBaud()).append('\n');
        }
        toml.append("antennas = ")
                .append(mat.antennas().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]\n")));
        toml.append("line = ")
                .append(quoted(mat.line() == Line.MAIN ? "main" : "backup"))
                .append('\n');
    }

    /**
     * One state: from now on, and for this boot, the box's clock is right. Columns: effective_machine_nanos, boot_id,
     * monotonic_offset_nanos, monotonic_rate_ppb, raw_rate_ppb, utc_minus_monotonic_nanos, synchronised,
     * max_error_nanos, leap.
     */
    static String clockFile(SimClock clock, UUID boot) {
        long now = clock.monotonicNanos();
        return String.format(
                Locale.ROOT, "%d %s 0 0 0 %d true %d none%n", now, boot, clock.utcNanos(now) - now, CLOCK_ERROR_NANOS);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

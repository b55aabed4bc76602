package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Scenario;

/** Writes what a box is started with: its config file and its pins. */
public final class BoxFiles {
    /** Longer than a contact bounces, and shorter than the time between two guns. */
    private static final double GUN_LOCKOUT_SECONDS = 1.0;

    private BoxFiles() {}

    /**
     * Writes {@code matgate.toml} into the box's directory, which is made, and prepares its pins if it has any.
     *
     * @param addresses of the mats' readers, by mat
     * @return the config file
     */
    public static Path write(
            Path directory, String box, Scenario scenario, Map<String, String> addresses, EngineAccess engine)
            throws IOException {
        return write(directory, box, scenario, OptionalInt.empty(), addresses, engine);
    }

    /** @param baud of all serial lines, where that is not the usual one of each reader */
    static Path write(
            Path directory,
            String box,
            Scenario scenario,
            OptionalInt baud,
            Map<String, String> addresses,
            EngineAccess engine)
            throws IOException {
        Files.createDirectories(directory);
        if (!scenario.gunsAt(box).isEmpty()) {
            StartGuns.prepare(pins(directory));
        }
        Path config = directory.resolve("matgate.toml");
        return Files.writeString(config, config(box, scenario, baud, addresses, engine));
    }

    static String config(
            String box, Scenario scenario, OptionalInt baud, Map<String, String> addresses, EngineAccess engine) {
        StringBuilder toml = new StringBuilder();
        toml.append("[box]\n");
        toml.append("name = ").append(quoted(box)).append('\n');
        toml.append("data = \"data\"\n");
        toml.append("timing_point = ").append(quoted(box)).append('\n');
        for (Mat mat : scenario.matsAt(box)) {
            reader(toml, mat, baud, addresses.getOrDefault(mat.name(), ""));
        }
        toml.append("[[engine]]\n");
        toml.append("name = \"central\"\n");
        toml.append("address = ").append(quoted(engine.address())).append('\n');
        engine.pin()
                .ifPresent(pin ->
                        toml.append("pin = ").append(quoted(pin.toString())).append('\n'));
        toml.append("token = ").append(quoted(engine.token())).append('\n');
        toml.append("[simulation]\n");
        toml.append("enabled = true\n");
        toml.append("clock = \"clock.txt\"\n");
        if (!scenario.gunsAt(box).isEmpty()) {
            toml.append("pins = \"pins\"\n");
            toml.append("[gpio]\n");
            toml.append("driver = \"simulated\"\n");
            toml.append("[gpio.gun]\n");
            toml.append("line = ").append(quoted(StartGuns.LINE)).append('\n');
            toml.append("edge = \"rising\"\n");
            toml.append("bias = \"pull-down\"\n");
            toml.append("lockout = ").append(GUN_LOCKOUT_SECONDS).append('\n');
        }
        return toml.toString();
    }

    private static void reader(StringBuilder toml, Mat mat, OptionalInt baud, String address) {
        toml.append("[[reader]]\n");
        toml.append("name = ").append(quoted(mat.name())).append('\n');
        toml.append("family = ")
                .append(quoted(mat.family().name().toLowerCase(Locale.ROOT)))
                .append('\n');
        if (mat.onNetwork()) {
            toml.append("address = ").append(quoted(address)).append('\n');
        } else {
            toml.append("port = ").append(quoted(address)).append('\n');
            toml.append("baud = ").append(baud.orElse(mat.family().usualBaud())).append('\n');
        }
        toml.append("antennas = ")
                .append(mat.antennas().stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]\n")));
        toml.append("line = ")
                .append(quoted(mat.line() == Line.MAIN ? "main" : "backup"))
                .append('\n');
    }

    /** Where the edges of a box's pins are played. */
    static Path pins(Path directory) {
        return directory.resolve("pins");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

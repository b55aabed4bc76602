package org.matgate.gateway.link;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The serial ports of this machine, to tell a person what there is. */
final class SerialPorts {
    /** Where Linux has them. */
    static final Path DEV = Path.of("/dev");

    private static final String STABLE = "serial/by-id";
    private static final List<String> KINDS = List.of("ttyUSB*", "ttyACM*", "ttyAMA*", "ttyS*");

    /** A board without any has 32 nodes all the same. */
    private static final int MOST = 16;

    private SerialPorts() {}

    /** What there is, in half a sentence; names that survive replugging come first. */
    static String describe(Path dev) {
        List<String> ports = new ArrayList<>();
        stable(dev).forEach(port -> ports.add(port + target(port)));
        plain(dev).forEach(port -> ports.add(port.toString()));
        if (ports.isEmpty()) {
            return "this machine has no serial port now";
        }
        int more = ports.size() - MOST;
        return "this machine has " + String.join(", ", ports.subList(0, Math.min(MOST, ports.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** The names that survive replugging. */
    static List<Path> stable(Path dev) {
        return list(dev.resolve(STABLE), "*");
    }

    /** The kernel's own names, adapters first. */
    static List<Path> plain(Path dev) {
        return KINDS.stream().flatMap(kind -> list(dev, kind).stream()).toList();
    }

    /**
     * Whether a port's bytes come over a wire at the port's rate. Behind the name that a USB module of its own has there may
     * also be an adapter, and nobody can tell.
     */
    static boolean hasWire(Path port) {
        try {
            return !port.toRealPath().getFileName().toString().startsWith("ttyACM");
        } catch (IOException e) {
            return true;
        }
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                return List.of();
            }
        }
        Collections.sort(found);
        return found;
    }

    private static String target(Path link) {
        try {
            return " (" + link.toRealPath().getFileName() + ")";
        } catch (IOException e) {
            return "";
        }
    }
}

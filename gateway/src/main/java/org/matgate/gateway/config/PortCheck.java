package org.matgate.gateway.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Looks whether the serial ports of a configuration are there, and what others are. */
public final class PortCheck {
    private PortCheck() {}

    /** Throws if a reader's serial port is not there; the message names the ports that are. */
    public static void requirePorts(Path configFile, Config config) throws ConfigException {
        List<String> problems = new ArrayList<>();
        for (Config.Reader reader : config.readers()) {
            if (reader.link() instanceof Config.Link.Serial serial && !Files.exists(serial.port())) {
                List<String> there = serialPorts();
                problems.add(configFile + ": [[reader]] " + reader.source().reader() + " port: " + serial.port()
                        + " is not there; plug the reader in or name one of: "
                        + (there.isEmpty() ? "(this box has no serial port at the moment)" : String.join(", ", there)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** The serial ports that this box has: stable names first, then kernel names of USB and on-board ports. */
    static List<String> serialPorts() {
        List<String> ports = new ArrayList<>();
        list(Path.of("/dev/serial/by-id"), "*", ports);
        list(Path.of("/dev"), "tty{USB,ACM,AMA}*", ports);
        return ports;
    }

    private static void list(Path directory, String glob, List<String> into) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, glob)) {
            paths.forEach(path -> found.add(path.toString()));
        } catch (IOException e) {
            return; // No such directory: no such ports.
        }
        Collections.sort(found);
        into.addAll(found);
    }
}

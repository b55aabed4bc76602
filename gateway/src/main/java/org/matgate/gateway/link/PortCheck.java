package org.matgate.gateway.link;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.config.Config;

/** Looks whether the serial ports of a configuration are there. */
public final class PortCheck {
    private PortCheck() {}

    /** A line for each reader whose serial port is not there, with the ports that are; empty if all are there. */
    public static List<String> missingPorts(Path configFile, Config config) {
        List<String> problems = new ArrayList<>();
        for (Config.Reader reader : config.readers()) {
            if (reader.link() instanceof Config.Link.Serial serial && !Files.exists(serial.port())) {
                problems.add(configFile + ": [[reader]] " + reader.source().reader() + " port: " + serial.port()
                        + " is not there; plug the reader in or name a port that is: "
                        + SerialPorts.describe(SerialPorts.DEV));
            }
        }
        return problems;
    }
}

package org.matgate.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the box's configuration is, if nobody says. */
final class ConfigFile {
    /** In this order; the help texts name them. */
    private static final List<Path> USUAL = List.of(Path.of("matgate.toml"), Path.of("/etc/matgate/matgate.toml"));

    private ConfigFile() {}

    /** The first that is there. */
    static Optional<Path> usual() {
        return USUAL.stream().filter(Files::exists).findFirst();
    }

    /** The names that were tried, for a message. */
    static String tried() {
        return "there is neither " + USUAL.getFirst() + " here nor " + USUAL.getLast();
    }
}

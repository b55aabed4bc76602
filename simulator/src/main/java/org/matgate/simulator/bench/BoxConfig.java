package org.matgate.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A box's configuration file in the making. Not thread-safe. */
final class BoxConfig {
    private final StringBuilder toml = new StringBuilder();

    private BoxConfig() {}

    static BoxConfig named(String box) {
        BoxConfig config = new BoxConfig();
        config.toml.append("[box]\nname = \"%s\"\ndata = \"data\"\ntiming_point = \"finish\"\n".formatted(box));
        return config;
    }

    /** @param link the key that names where it is, such as {@code port} */
    BoxConfig reader(String name, String family, String link, String where) {
        toml.append("[[reader]]\nname = \"%s\"\nfamily = \"%s\"\n%s = \"%s\"\n".formatted(name, family, link, where));
        return this;
    }

    /** One more line of the table that was begun last. */
    BoxConfig line(String line) {
        toml.append(line).append('\n');
        return this;
    }

    BoxConfig engine(String address) {
        toml.append("[[engine]]\nname = \"engine\"\naddress = \"%s\"\ntoken = \"%s\"\n"
                .formatted(address, BenchEngine.TOKEN));
        return this;
    }

    /** This engine, over TLS if that is what it speaks. */
    BoxConfig engine(BenchEngine engine) {
        engine(engine.address());
        engine.pin().ifPresent(pin -> line("pin = \"" + pin + "\""));
        return this;
    }

    /** Writes it into the directory, which is made. */
    Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.writeString(directory.resolve("matgate.toml"), toml);
    }
}

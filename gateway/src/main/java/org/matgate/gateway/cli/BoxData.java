package org.matgate.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import picocli.CommandLine.Option;

/** Options of a command that finds the service, or what it has written, by its data directory; one of the two. */
final class BoxData {
    private static final Path USUAL_DATA = Path.of("/var/lib/matgate");

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration that the service runs with.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The service's data directory, in place of the one that a configuration names.")
    private Optional<Path> data = Optional.empty();

    /** The data directory. */
    Path directory() throws ConfigException {
        if (data.isPresent()) {
            return data.get();
        }
        Optional<Path> file = config.or(ConfigFile::usual);
        return file.isPresent() ? ConfigLoader.load(file.get()).box().data() : USUAL_DATA;
    }
}

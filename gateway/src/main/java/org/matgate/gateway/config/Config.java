package org.matgate.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.stream.Source;

/**
 * The box's configuration, checked: names are unique, numbers within range, references resolved.
 *
 * @param simulation what replaces the box's hardware in a rehearsal
 */
public record Config(Box box, List<Reader> readers, List<Engine> engines, Simulation simulation) {
    public Config {
        readers = List.copyOf(readers);
        engines = List.copyOf(engines);
    }

    /**
     * The box itself.
     *
     * @param data the directory of the journal
     * @param timingPoint what readers time unless they say otherwise
     */
    public record Box(String name, Path data, String timingPoint) {}

    /**
     * A reader.
     *
     * @param antennas the ports in use, 1, 2, …
     * @param powerCentiDbm read power in 1/100 dBm, where the crew gave one
     */
    public record Reader(
            Source source,
            Family family,
            Link link,
            List<Integer> antennas,
            Optional<Integer> powerCentiDbm,
            Optional<Region> region) {
        public Reader {
            antennas = List.copyOf(antennas);
        }
    }

    /** The families of readers that this box drives. */
    public enum Family {
        MERCURY,
        IPICO
    }

    /** The regulation that a reader transmits by. */
    public enum Region {
        /** North America. */
        NA,
        /** Europe, ETSI EN 302 208 lower band. */
        EU3,
        /** North America, second plan. */
        NA2,
        /** No limits by the reader: for the laboratory. */
        OPEN
    }

    /** How a reader is connected. */
    public sealed interface Link {
        /** A serial port. */
        record Serial(Path port, int baud) implements Link {}

        /** A TCP server that the reader runs. */
        record Tcp(String host, int port) implements Link {}
    }

    /**
     * A results engine.
     *
     * @param token the secret that admits this box, or empty; never logged
     * @param insecure whether the crew accepts plain TCP beyond this machine
     */
    public record Engine(String name, String host, int port, String token, boolean insecure) {
        /** Everything but the token. */
        @Override
        public String toString() {
            return "Engine[" + name + " at " + host + ":" + port + (insecure ? ", insecure" : "") + "]";
        }
    }

    /**
     * The seam for rehearsals.
     *
     * @param enabled whether anything is simulated; shown wherever the box shows itself
     * @param clock the file through which a simulated clock is played, where there is one
     */
    public record Simulation(boolean enabled, Optional<Path> clock) {}
}

package org.matgate.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.stream.Source;

/**
 * The box's configuration, checked: names are unique, numbers within range, references resolved.
 *
 * @param gpio the box's pins
 * @param simulation what replaces the box's hardware in a rehearsal
 * @param journal how the journal treats its disk
 */
public record Config(
        Box box, List<Reader> readers, List<Engine> engines, Gpio gpio, Simulation simulation, Journal journal) {
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

    /** The families of readers that this box drives, and how each is usually connected. */
    public enum Family {
        /** Impinj, Zebra, and every reader that speaks LLRP, over TCP. */
        LLRP(5084, 32),
        /** ThingMagic/JADAK modules: M6e, M6e Nano, M7e. */
        MERCURY(0, 16),
        /** Modules with frames that begin with A0: Invelion, Rodinbell, Yanzeo. */
        R2000(4001, 8),
        /** IPICO mats. */
        IPICO(10_000, 32),
        /** Chafon UHFReader18 and UHFReader288. */
        CHAFON(0, 16);

        private final int tcpPort;
        private final int mostAntennas;

        Family(int tcpPort, int mostAntennas) {
            this.tcpPort = tcpPort;
            this.mostAntennas = mostAntennas;
        }

        /** The rates of its serial ports, baud, the usual one first; empty if it has none. */
        public List<Integer> bauds() {
            return switch (this) {
                case LLRP -> List.of();
                case MERCURY -> List.of(115_200, 9_600, 921_600, 57_600, 38_400, 230_400, 460_800, 19_200);
                case R2000 -> List.of(115_200, 38_400);
                case IPICO -> List.of(9_600, 115_200, 57_600, 38_400, 19_200);
                case CHAFON -> List.of(57_600, 115_200, 38_400, 19_200, 9_600);
            };
        }

        /** The port on which its readers listen as they are delivered; empty if they have no network. */
        public OptionalInt tcpPort() {
            return tcpPort == 0 ? OptionalInt.empty() : OptionalInt.of(tcpPort);
        }

        /** The highest number that an antenna can have. */
        public int mostAntennas() {
            return mostAntennas;
        }

        /** As it is written in a configuration file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All words, for a message. */
        public static String words() {
            return Arrays.stream(values()).map(Family::word).collect(Collectors.joining(", "));
        }
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
     * @param pin by what the engine is known; without it the stream is plain TCP
     * @param token the secret that admits this box, or empty; never logged
     * @param insecure whether the crew accepts plain TCP beyond this machine
     */
    public record Engine(String name, String host, int port, Optional<Pin> pin, String token, boolean insecure) {
        /** Whether others may see and forge what is sent to it: plain TCP beyond this machine. */
        public boolean exposed() {
            return pin.isEmpty() && !Loopback.names(host);
        }

        /** How it is spoken to, for a display: {@code tls}, {@code plain} on this machine, or {@code insecure}. */
        public String transport() {
            return pin.isPresent() ? "tls" : exposed() ? "insecure" : "plain";
        }

        /** Everything but the token. */
        @Override
        public String toString() {
            return "Engine[" + name + " at " + host + ":" + port + ", " + transport() + "]";
        }
    }

    /**
     * The seam for rehearsals.
     *
     * @param enabled whether anything is simulated; shown wherever the box shows itself
     * @param clock the file through which a simulated clock is played, where there is one
     * @param pins the directory through which simulated pins are played, where there is one
     */
    public record Simulation(boolean enabled, Optional<Path> clock, Optional<Path> pins) {}

    /**
     * How the journal treats its disk.
     *
     * @param commitInterval the pause after each commit, 0 to 1 s
     * @param reserveBytes room on the disk that is taken beforehand, for when there is no other
     * @param forced whether each commit is forced to the disk; false only to show in a rehearsal what that is good for
     */
    public record Journal(Duration commitInterval, long reserveBytes, boolean forced) {
        /** As it is without a table [journal]. */
        public static final Journal DEFAULT = new Journal(Duration.ZERO, 12_000_000, true);
    }

    /**
     * The box's pins. A line is written as its number on the chip or as its name.
     *
     * @param chip path, name or label of the chip that all lines belong to
     * @param gun the start gun
     * @param mark the judge's button
     */
    public record Gpio(
            Driver driver,
            String chip,
            Optional<TimedPin> gun,
            Optional<TimedPin> mark,
            Optional<PowerPin> power,
            Optional<BeeperPin> beeper,
            Optional<LampPin> lamp,
            List<RelayPin> relays) {
        /** No pins. */
        public static final Gpio NONE = new Gpio(
                Driver.NONE,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());

        public Gpio {
            relays = List.copyOf(relays);
        }

        /** Who moves the pins. */
        public enum Driver {
            /** The kernel's GPIO character device. */
            GPIOD,
            /** Files of a simulator. */
            SIMULATED,
            /** Nobody: the box does without pins. */
            NONE
        }

        /** The edge that counts. */
        public enum Edge {
            RISING,
            FALLING
        }

        /** The resistor that the chip lays to the line. */
        public enum Bias {
            PULL_UP,
            PULL_DOWN,
            /** None at all. */
            NONE
        }

        /** A level of a line. */
        public enum Level {
            LOW,
            HIGH
        }

        /** A line whose edges are times. */
        public record TimedPin(String line, Edge edge, Bias bias, long lockoutNanos, String timingPoint) {
            /** The level at which the contact is made or the pulse is there. */
            public boolean activeHigh() {
                return edge == Edge.RISING;
            }
        }

        /**
         * The line on which an uninterruptible supply says that the mains is gone.
         *
         * @param failing the level that says so
         */
        public record PowerPin(String line, Level failing, Bias bias) {}

        /**
         * The beeper.
         *
         * @param active the level at which it sounds
         * @param quietNanos for how long a chip that made it sound does not do so again
         * @param mostPerSecond how often chips make it sound
         * @param mute whether only a search for the box makes it sound
         */
        public record BeeperPin(String line, Level active, long quietNanos, int mostPerSecond, boolean mute) {}

        /**
         * The lamp.
         *
         * @param active the level at which it is lit
         */
        public record LampPin(String line, Level active) {}

        /**
         * A relay in a reader's supply.
         *
         * @param active the level at which the reader is without power
         * @param reader the reader's name
         * @param offNanos for how long its power is cut
         */
        public record RelayPin(String line, Level active, String reader, long offNanos) {}
    }
}

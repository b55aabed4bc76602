package org.matgate.gateway.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.matgate.protocol.channel.Pin;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Reads the configuration file and tells everything that is wrong with it at once. */
public final class ConfigLoader {
    /** Engines take no longer name of a box. */
    private static final int MAX_BOX_NAME = 100;

    private static final String USUAL_DATA = "/var/lib/matgate";

    /** With the write-ahead log's own 4 MB no more than what SQLite's index of it holds without growing. */
    private static final long MAX_RESERVE_MB = 12;

    /** When SQLite forces what it wrote to the disk. */
    private enum Synchronous {
        FULL,
        NORMAL
    }

    private final String file;
    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    private ConfigLoader(Path path) {
        file = path.toString();
        directory = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path.toAbsolutePath());
    }

    /**
     * The configuration in the file; relative paths in it count from the file's directory.
     *
     * @throws ConfigException if it cannot be used; the message has a line {@code file:line:column: what is wrong; what would
     *     be right} for each problem
     */
    public static Config load(Path path) throws ConfigException {
        ConfigLoader loader = new ConfigLoader(path);
        Config config = loader.config(loader.parse(path));
        if (!loader.problems.isEmpty()) {
            throw new ConfigException(loader.problems);
        }
        return config;
    }

    /** The data directory that the file names, whatever else is wrong with it; empty where that cannot be told. */
    public static Optional<Path> dataDirectory(Path path) {
        try {
            TomlParseResult result = Toml.parse(Files.readString(path));
            Object data = result.get(List.of("box", "data"));
            String named = data == null ? USUAL_DATA : data instanceof String text ? text : "";
            return named.isEmpty() ? Optional.empty() : Optional.of(new ConfigLoader(path).directory.resolve(named));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The engines that the file names, whatever else is wrong with it; none where that cannot be told, or it is not there.
     *
     * @throws IOException if the disk does not give the file
     */
    public static List<Config.Engine> engines(Path path) throws IOException {
        ConfigLoader loader = new ConfigLoader(path);
        try {
            TomlParseResult result = loader.parse(path);
            StrictTable top =
                    new StrictTable(loader.file, "file", result, TomlPosition.positionAt(1, 1), loader.problems);
            List<Config.Engine> engines =
                    top.tables("engine").stream().map(loader::engine).toList();
            return loader.problems.isEmpty() ? engines : List.of();
        } catch (ConfigException e) {
            if (e.isPassing()) {
                throw new IOException(e.getMessage(), e);
            }
            return List.of();
        }
    }

    private TomlParseResult parse(Path path) throws ConfigException {
        try {
            TomlParseResult result = Toml.parse(Files.readString(path));
            if (result.hasErrors()) {
                throw new ConfigException(result.errors().stream()
                        .map(error -> file + ":" + error.position().line() + ":"
                                + error.position().column() + ": " + error.getMessage())
                        .toList());
            }
            return result;
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(file + ": there is no such file; name the box's matgate.toml"));
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(file + ": is not a text in UTF-8; save it as UTF-8"));
        } catch (AccessDeniedException e) {
            throw new ConfigException(
                    List.of(file + ": user " + System.getProperty("user.name") + " may not read it" + whose(path)
                            + ". Run this with sudo; where the service itself says so: sudo chown matgate " + file));
        } catch (IOException e) {
            throw ConfigException.unread(file + ": cannot be read: " + e + "; is it a file, and the disk sound?");
        }
    }

    private static String whose(Path path) {
        try {
            return "; it belongs to " + Files.getOwner(path) + ", mode "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException | UnsupportedOperationException e) {
            return ""; // A directory on the way keeps even that back.
        }
    }

    private Config config(TomlParseResult result) {
        StrictTable top = new StrictTable(file, "file", result, TomlPosition.positionAt(1, 1), problems);
        Optional<StrictTable> boxTable = top.table("box");
        if (boxTable.isEmpty() && !top.has("box")) {
            top.problem("lacks the table [box] with name and timing_point");
        }
        Config.Box box = boxTable.map(this::box).orElse(new Config.Box("box", directory, "finish"));
        List<StrictTable> readerTables = top.tables("reader");
        List<Config.Reader> readers = readerTables.stream()
                .map(table -> new ReaderTable(table, directory).read(box))
                .toList();
        if (!top.has("reader")) {
            top.problem("lacks a reader: write a table [[reader]] for each");
        }
        List<StrictTable> engineTables = top.tables("engine");
        List<Config.Engine> engines = engineTables.stream().map(this::engine).toList();
        Config.Simulation simulation = top.table("simulation")
                .map(this::simulation)
                .orElse(new Config.Simulation(false, Optional.empty(), Optional.empty()));
        Config.Gpio gpio = top.table("gpio")
                .map(table -> new GpioTable(table).read(box, readers, simulation))
                .orElse(Config.Gpio.NONE);
        Config.Journal journal =
                top.table("journal").map(table -> journal(table, simulation)).orElse(Config.Journal.DEFAULT);
        top.finish();
        unique(
                "reader",
                readers.stream().map(reader -> reader.source().reader()).toList(),
                top.tables("reader"));
        unique("engine", engines.stream().map(Config.Engine::name).toList(), engineTables);
        uniqueLinks(readers, readerTables);
        uniqueEngines(engines, engineTables);
        return new Config(box, readers, engines, gpio, simulation, journal);
    }

    private Config.Box box(StrictTable table) {
        Config.Box box = new Config.Box(
                table.requiredString("name", "finish-a"),
                directory.resolve(table.string("data", USUAL_DATA).orElse(USUAL_DATA)),
                table.requiredString("timing_point", "finish"));
        if (box.name().length() > MAX_BOX_NAME || box.name().chars().anyMatch(Character::isISOControl)) {
            table.problem(
                    "name", "want at most " + MAX_BOX_NAME + " characters, all on one line; engines take no other");
        }
        table.finish();
        return box;
    }

    private Config.Engine engine(StrictTable table) {
        String name = table.requiredString("name", "central");
        if (!table.has("address")) {
            table.problem("lacks address, such as address = \"results.example.org:7300\"");
        }
        HostPort address = HostPort.in(table, "results.example.org:7300", OptionalInt.empty())
                .orElse(new HostPort("localhost", 7300));
        String token = table.string("token", "…").orElse("");
        Optional<Pin> pin = pin(table);
        boolean insecure = table.bool("insecure", false);
        if (insecure && table.has("pin")) {
            table.problem("insecure", "contradicts pin, with which the stream is encrypted; take one of the two out");
        } else if (!insecure && !table.has("pin") && !Loopback.names(address.host())) {
            table.problem(
                    "address",
                    "plain TCP to " + address.host() + " can be read and forged on the way; enroll the box (matgate"
                            + " enroll CODE), which gives it the engine's pin, or set insecure = true if that network"
                            + " is yours alone");
        }
        table.finish();
        return new Config.Engine(name, address.host(), address.port(), pin, token, insecure);
    }

    private static Optional<Pin> pin(StrictTable table) {
        return table.string("pin", "64 hexadecimal digits").flatMap(text -> {
            Optional<Pin> pin = Pin.parse(text);
            if (pin.isEmpty()) {
                table.problem(
                        "pin",
                        "is no SHA-256 of a key; want 64 hexadecimal digits, as the engine shows them, or let matgate"
                                + " enroll CODE write it");
            }
            return pin;
        });
    }

    private Config.Simulation simulation(StrictTable table) {
        boolean enabled = table.bool("enabled", false);
        Optional<Path> clock = table.string("clock", "clock.txt").map(directory::resolve);
        if (clock.isPresent() && !enabled) {
            table.problem("clock", "works only with enabled = true");
        }
        Optional<Path> pins = table.string("pins", "pins").map(directory::resolve);
        if (pins.isPresent() && !enabled) {
            table.problem("pins", "works only with enabled = true");
        }
        table.finish();
        return new Config.Simulation(enabled, clock, pins);
    }

    private static Config.Journal journal(StrictTable table, Config.Simulation simulation) {
        Config.Journal fallback = Config.Journal.DEFAULT;
        double interval = table.number("commit_interval", 0, 1).orElse(0.0);
        long reserve = table.integer("reserve_mb", 1, MAX_RESERVE_MB)
                .map(megabytes -> megabytes * 1_000_000)
                .orElse(fallback.reserveBytes());
        boolean forced = table.word("synchronous", Synchronous.class).orElse(Synchronous.FULL) == Synchronous.FULL;
        if (!forced && !simulation.enabled()) {
            table.problem(
                    "synchronous",
                    "normal loses committed reads when the power fails; it is for comparisons in a rehearsal, and works"
                            + " only with [simulation] enabled = true");
        }
        table.finish();
        return new Config.Journal(Duration.ofNanos(Math.round(interval * 1e9)), reserve, forced);
    }

    private static void unique(String what, List<String> names, List<StrictTable> tables) {
        Set<String> seen = new HashSet<>();
        IntStream.range(0, names.size())
                .filter(i -> !seen.add(names.get(i)))
                .forEach(i -> tables.get(i)
                        .problem(
                                "name",
                                "there is another " + what + " named \"" + names.get(i) + "\"; names are unique"));
    }

    private static void uniqueLinks(List<Config.Reader> readers, List<StrictTable> tables) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < readers.size(); i++) {
            Object end = switch (readers.get(i).link()) {
                case Config.Link.Serial serial -> serial.port();
                case Config.Link.Tcp tcp -> tcp;
            };
            if (!seen.add(end)) {
                tables.get(i).problem("shares its port or address with another reader: " + end);
            }
        }
    }

    /** An engine keeps one connection for each journal: two entries would end each other's for ever. */
    private static void uniqueEngines(List<Config.Engine> engines, List<StrictTable> tables) {
        Set<HostPort> seen = new HashSet<>();
        for (int i = 0; i < engines.size(); i++) {
            HostPort address =
                    new HostPort(engines.get(i).host(), engines.get(i).port());
            if (tables.get(i).has("address") && !seen.add(address)) {
                tables.get(i)
                        .problem(
                                "address",
                                "is another engine's too: " + address.host() + ":" + address.port()
                                        + "; list each engine once");
            }
        }
    }
}

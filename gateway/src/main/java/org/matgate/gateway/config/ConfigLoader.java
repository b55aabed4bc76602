package org.matgate.gateway.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.matgate.protocol.stream.Source;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Reads the configuration file and tells everything that is wrong with it at once. */
public final class ConfigLoader {
    private static final int MAX_ANTENNAS = 32;

    /** Ports that a Mercury module can name in its reports. */
    private static final int MERCURY_ANTENNAS = 16;

    /** Engines take no longer name of a box. */
    private static final int MAX_BOX_NAME = 100;

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
     * @throws ConfigException if it cannot be used; the message has a line {@code file:line: what is wrong; what would
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

    private TomlParseResult parse(Path path) throws ConfigException {
        try {
            TomlParseResult result = Toml.parse(Files.readString(path));
            if (result.hasErrors()) {
                throw new ConfigException(result.errors().stream()
                        .map(error -> file + ":" + error.position().line() + ": " + error.getMessage())
                        .toList());
            }
            return result;
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(file + ": there is no such file; name the box's matgate.toml"));
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(file + ": is not a text in UTF-8; save it as UTF-8"));
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be read: " + e));
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
        List<Config.Reader> readers =
                readerTables.stream().map(table -> reader(table, box)).toList();
        if (!top.has("reader")) {
            top.problem("lacks a reader: write a table [[reader]] for each");
        }
        List<StrictTable> engineTables = top.tables("engine");
        List<Config.Engine> engines = engineTables.stream().map(this::engine).toList();
        Config.Simulation simulation =
                top.table("simulation").map(this::simulation).orElse(new Config.Simulation(false, Optional.empty()));
        top.finish();
        unique(
                "reader",
                readers.stream().map(reader -> reader.source().reader()).toList(),
                top.tables("reader"));
        unique("engine", engines.stream().map(Config.Engine::name).toList(), engineTables);
        uniqueLinks(readers, readerTables);
        uniqueEngines(engines, engineTables);
        return new Config(box, readers, engines, simulation);
    }

    private Config.Box box(StrictTable table) {
        Config.Box box = new Config.Box(
                table.requiredString("name", "finish-a"),
                directory.resolve(table.string("data", "/var/lib/matgate").orElse("/var/lib/matgate")),
                table.requiredString("timing_point", "finish"));
        if (box.name().length() > MAX_BOX_NAME || box.name().chars().anyMatch(Character::isISOControl)) {
            table.problem(
                    "name", "want at most " + MAX_BOX_NAME + " characters, all on one line; engines take no other");
        }
        table.finish();
        return box;
    }

    private Config.Reader reader(StrictTable table, Config.Box box) {
        Source source = new Source(
                table.requiredString("name", "mat-1"),
                table.string("timing_point", "finish").orElse(box.timingPoint()),
                table.word("line", Source.Line.class).orElse(Source.Line.MAIN));
        Optional<Config.Family> family = table.word("family", Config.Family.class);
        if (family.isEmpty() && !table.has("family")) {
            table.problem("lacks family, one of mercury, ipico");
        }
        Config.Link link = link(table, family.orElse(Config.Family.MERCURY));
        Config.Reader reader = new Config.Reader(
                source,
                family.orElse(Config.Family.MERCURY),
                link,
                table.integers("antennas", 1, MAX_ANTENNAS, List.of(1)),
                table.number("power_dbm", 0, 36).map(dbm -> (int) Math.round(dbm * 100)),
                table.word("region", Config.Region.class));
        for (int antenna : reader.antennas()) {
            if (reader.family() == Config.Family.MERCURY && antenna > MERCURY_ANTENNAS) {
                table.problem("antennas", "has " + antenna + "; a mercury module has ports 1 to " + MERCURY_ANTENNAS);
            }
        }
        table.finish();
        return reader;
    }

    private Config.Link link(StrictTable table, Config.Family family) {
        Optional<String> port = table.string("port", "/dev/serial/by-id/…");
        Optional<Long> baud = table.integer("baud", 300, 4_000_000);
        Optional<HostPort> address = hostPort(table, "192.168.1.50:10000");
        if (port.isPresent() == table.has("address")) {
            table.problem("wants either port (a serial port, such as \"/dev/ttyUSB0\") or address (\"host:port\")");
        }
        if (table.has("address") && baud.isPresent()) {
            table.problem("baud", "is for serial ports; a reader with an address has none");
        }
        if (address.isPresent()) {
            if (family == Config.Family.MERCURY) {
                table.problem("address", "a mercury reader is on a serial port; want port = \"/dev/…\"");
            }
            return new Config.Link.Tcp(address.get().host(), address.get().port());
        }
        int usualBaud = switch (family) {
            case MERCURY -> 115_200;
            case IPICO -> 9_600;
        };
        return new Config.Link.Serial(
                directory.resolve(port.orElse("/dev/null")),
                baud.map(Long::intValue).orElse(usualBaud));
    }

    private Config.Engine engine(StrictTable table) {
        String name = table.requiredString("name", "central");
        if (!table.has("address")) {
            table.problem("lacks address, such as address = \"results.example.org:7300\"");
        }
        HostPort address = hostPort(table, "results.example.org:7300").orElse(new HostPort("localhost", 7300));
        String token = table.string("token", "…").orElse("");
        boolean insecure = table.bool("insecure", false);
        if (!insecure && !Loopback.names(address.host())) {
            table.problem(
                    "address",
                    "plain TCP to " + address.host() + " can be read and forged on the way; "
                            + "set insecure = true if that network is yours alone");
        }
        table.finish();
        return new Config.Engine(name, address.host(), address.port(), token, insecure);
    }

    private Config.Simulation simulation(StrictTable table) {
        boolean enabled = table.bool("enabled", false);
        Optional<Path> clock = table.string("clock", "clock.txt").map(directory::resolve);
        if (clock.isPresent() && !enabled) {
            table.problem("clock", "works only with enabled = true");
        }
        table.finish();
        return new Config.Simulation(enabled, clock);
    }

    private record HostPort(String host, int port) {}

    /** {@code host:port}, {@code [v6]:port}. */
    private static Optional<HostPort> hostPort(StrictTable table, String example) {
        Optional<String> text = table.string("address", example);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.get().lastIndexOf(':');
        String host = colon < 1 ? "" : text.get().substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        try {
            int port = Integer.parseInt(text.get().substring(colon + 1));
            if (!host.isBlank() && port >= 1 && port <= 65_535) {
                return Optional.of(new HostPort(host, port));
            }
        } catch (NumberFormatException e) {
            // Told below, as any other address that is none.
        }
        table.problem("address", "\"" + text.get() + "\" is no host:port; want something such as \"" + example + "\"");
        return Optional.empty();
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

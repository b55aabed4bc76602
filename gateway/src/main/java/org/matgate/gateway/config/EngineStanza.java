package org.matgate.gateway.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.SecretFile;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Writes an engine that the box was enrolled at into the configuration file, and leaves the rest of it byte for byte. */
public final class EngineStanza {
    /** What a code says anew of an engine that is there. */
    private static final Pattern SAID_ANEW = Pattern.compile("\\s*(address|pin|token|insecure)\\s*=.*", Pattern.DOTALL);

    private static final Pattern TABLE = Pattern.compile("\\s*\\[.*", Pattern.DOTALL);

    private EngineStanza() {}

    /**
     * Writes the engine of this code, under this name. The file has mode 0600 afterwards; it is written whole or not at
     * all, and only if the result is a configuration that can be used and says of all else what it said.
     *
     * @param replace whether an engine of this name may be there; it keeps what else is said of it
     * @param owner who is to own the file
     * @throws ConfigException if that would be no good configuration; nothing was written
     * @throws IOException if the file cannot be written; it is as it was
     */
    public static Config write(Path file, String name, EnrollCode code, boolean replace, UserPrincipal owner)
            throws ConfigException, IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(file + ": is not a text in UTF-8; save it as UTF-8"));
        }
        String result = put(file, text, name, code, replace);
        List<ConfigException> objections = new ArrayList<>();
        try {
            SecretFile.replace(file, result.getBytes(StandardCharsets.UTF_8), Optional.of(owner), written -> {
                try {
                    check(file, written, name, code);
                } catch (ConfigException e) {
                    objections.add(e);
                    throw new IOException(e);
                }
            });
        } catch (IOException e) {
            if (!objections.isEmpty()) {
                throw objections.getFirst();
            }
            throw e;
        }
        return ConfigLoader.load(file);
    }

    private static void check(Path file, Path written, String name, EnrollCode code)
            throws ConfigException, IOException {
        Config now;
        try {
            now = ConfigLoader.load(written);
        } catch (ConfigException e) {
            // The line numbers hold for the old file too, where the engine is new: it comes last.
            throw e.naming(written, file.toString());
        }
        requireIn(now, file.toString(), name, code);
        if (!sameBesides(file, now, name)) {
            throw new ConfigException(List.of(file + ": cannot take the engine " + name
                    + " without a change to what else it says; put address, pin and token there yourself"));
        }
    }

    /**
     * Requires that the engine of this code is in the configuration.
     *
     * @param file what the configuration is called in the message
     * @throws ConfigException if it is not, as its table is written in a way that is not changed from here
     */
    public static void requireIn(Config config, String file, String name, EnrollCode code) throws ConfigException {
        if (!isIn(config, name, code)) {
            throw new ConfigException(
                    List.of(
                            file + ": the table of engine " + name
                                    + " is written in a way that this command does not know; put address, pin and token there yourself"));
        }
    }

    private static boolean isIn(Config config, String name, EnrollCode code) {
        return config.engines().stream()
                .anyMatch(engine -> engine.name().equals(name)
                        && engine.pin().equals(Optional.of(code.pin()))
                        && engine.token().equals(code.token())
                        && engine.host().equals(code.host())
                        && engine.port() == code.port());
    }

    private static boolean sameBesides(Path file, Config now, String name) throws IOException {
        try {
            // Where a link leads: paths in it count from there for the new file, too.
            Config before = ConfigLoader.load(file.toRealPath());
            return now.box().equals(before.box())
                    && now.readers().equals(before.readers())
                    && now.gpio().equals(before.gpio())
                    && now.simulation().equals(before.simulation())
                    && others(now, name).equals(others(before, name));
        } catch (ConfigException e) {
            return true; // It may have been of no use just because of this engine.
        }
    }

    private static List<Config.Engine> others(Config config, String name) {
        return config.engines().stream()
                .filter(engine -> !engine.name().equals(name))
                .toList();
    }

    /**
     * The text of a configuration with the engine of this code, whether or not one of that name was there; whether it can
     * be used then is not looked at.
     */
    public static String with(String text, String name, EnrollCode code) {
        try {
            return put(Path.of(name), text, name, code, true);
        } catch (ConfigException e) {
            throw new IllegalStateException("never, where one may be replaced", e);
        }
    }

    /** The text of a configuration with these engines behind all else. */
    public static String with(String text, List<Config.Engine> engines) {
        StringBuilder result = new StringBuilder(text);
        if (!text.endsWith("\n")) {
            result.append('\n');
        }
        for (Config.Engine engine : engines) {
            String host = engine.host().contains(":") ? "[" + engine.host() + "]" : engine.host();
            result.append("\n[[engine]]\nname = ").append(quoted(engine.name()));
            result.append("\naddress = ").append(quoted(host + ":" + engine.port()));
            engine.pin().ifPresent(pin -> result.append("\npin = ").append(quoted(pin.toString())));
            if (!engine.token().isEmpty()) {
                result.append("\ntoken = ").append(quoted(engine.token()));
            }
            result.append(engine.insecure() ? "\ninsecure = true\n" : "\n");
        }
        return result.toString();
    }

    /** The new text. */
    static String put(Path file, String text, String name, EnrollCode code, boolean replace) throws ConfigException {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        Optional<TomlPosition> there = position(text, name);
        if (there.isEmpty()) {
            String gap = text.isEmpty() || text.endsWith("\n") ? end : end + end;
            return text + gap + "[[engine]]" + end + "name = " + quoted(name) + end + keys(code, end);
        }
        if (!replace) {
            throw new ConfigException(
                    List.of(
                            file + ":" + there.get().line() + ":" + there.get().column()
                                    + ": [[engine]] there is an engine named \"" + name
                                    + "\" already; --replace gives it the new address, pin and token, --name NAME adds another"));
        }
        return inPlace(text, there.get().line(), keys(code, end));
    }

    /** Where the table of the engine of this name begins. */
    private static Optional<TomlPosition> position(String text, String name) {
        TomlParseResult parsed = Toml.parse(text);
        if (!(parsed.get(List.of("engine")) instanceof TomlArray engines)) {
            return Optional.empty();
        }
        for (int i = 0; i < engines.size(); i++) {
            if (engines.get(i) instanceof TomlTable engine && name.equals(engine.get(List.of("name")))) {
                return Optional.of(engines.inputPositionOf(i));
            }
        }
        return Optional.empty();
    }

    private static String inPlace(String text, int header, String keys) {
        StringBuilder result = new StringBuilder();
        boolean within = false;
        int number = 0;
        // Each line with its end.
        for (String line : text.split("(?<=\n)", -1)) {
            number++;
            within = number == header || (within && !TABLE.matcher(line).matches());
            if (!within || number == header || !SAID_ANEW.matcher(line).matches()) {
                result.append(line);
            }
            if (number == header) {
                result.append(keys);
            }
        }
        return result.toString();
    }

    private static String keys(EnrollCode code, String end) {
        String host = code.host().contains(":") ? "[" + code.host() + "]" : code.host();
        return "address = " + quoted(host + ":" + code.port()) + end
                + "pin = " + quoted(code.pin().toString()) + end
                + "token = " + quoted(code.token()) + end;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

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
            throw new ConfigException(
                    List.of(String.valueOf(e.getMessage()).replace(written.toString(), file.toString())));
        }
        boolean there = now.engines().stream()
                .anyMatch(engine -> engine.name().equals(name)
                        && engine.pin().equals(Optional.of(code.pin()))
                        && engine.token().equals(code.token())
                        && engine.host().equals(code.host())
                        && engine.port() == code.port());
        if (!there || !sameBesides(file, now, name)) {
            throw new ConfigException(
                    List.of(
                            file + ": the table of engine " + name
                                    + " is written in a way that this command does not know; put address, pin and token there yourself"));
        }
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

    /** The new text. */
    static String put(Path file, String text, String name, EnrollCode code, boolean replace) throws ConfigException {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        Optional<Integer> there = line(text, name);
        if (there.isEmpty()) {
            String gap = text.isEmpty() || text.endsWith("\n") ? end : end + end;
            return text + gap + "[[engine]]" + end + "name = " + quoted(name) + end + keys(code, end);
        }
        if (!replace) {
            throw new ConfigException(
                    List.of(
                            file + ":" + there.get() + ": [[engine]] there is an engine named \"" + name
                                    + "\" already; --replace gives it the new address, pin and token, --name NAME adds another"));
        }
        return inPlace(text, there.get(), keys(code, end));
    }

    /** Where the table of the engine of this name begins, counted from 1. */
    private static Optional<Integer> line(String text, String name) {
        TomlParseResult parsed = Toml.parse(text);
        if (!(parsed.get(List.of("engine")) instanceof TomlArray engines)) {
            return Optional.empty();
        }
        for (int i = 0; i < engines.size(); i++) {
            if (engines.get(i) instanceof TomlTable engine && name.equals(engine.get(List.of("name")))) {
                return Optional.of(engines.inputPositionOf(i).line());
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

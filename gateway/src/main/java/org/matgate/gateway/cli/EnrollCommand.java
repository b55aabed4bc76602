package org.matgate.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.config.EngineStanza;
import org.matgate.gateway.status.StatusClient;
import org.matgate.protocol.channel.EnrollCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matgate enroll}: the box is told of an engine. */
@Command(
        name = "enroll",
        description = {
            "Takes the code that an engine printed for this box (matsim engine enroll NAME, or your engine's own way) and"
                    + " writes the engine's address, key and the box's token into the configuration, as [[engine]].",
            "Nothing else in the file changes but its mode, which is 0600 afterwards: the token is a secret. It is written"
                    + " whole or not at all, and only if the result can be used.",
            "With - instead of the code it is read from standard input, where no other user can see it.",
            "Without --config it takes ./matgate.toml, else /etc/matgate/matgate.toml.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:the file could not be written; it is as it was",
            " 2:wrong call, code or configuration; nothing was written"
        })
public final class EnrollCommand implements Callable<Integer> {
    private static final int MAX_NAME_CHARS = 100;
    private static final int MOST_CODE_CHARS = 1_000;

    @Parameters(
            arity = "1..*",
            paramLabel = "CODE",
            description = "One line, mg1/HOST:PORT/PIN/TOKEN/CHECK; blanks in it do no harm.")
    private List<String> code = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "The box's configuration.")
    private Optional<Path> configFile = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the engine is called on this box. Default ${DEFAULT-VALUE}.")
    private String name = "central";

    @Option(names = "--replace", description = "An engine of this name is there: give it what the code says.")
    private boolean replace;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        Optional<Path> file = configFile.or(ConfigFile::usual);
        if (file.isEmpty()) {
            return refuse(screen, ConfigFile.tried() + "; name the configuration: --config FILE", 2);
        }
        if (name.isBlank() || name.length() > MAX_NAME_CHARS || name.chars().anyMatch(Character::isISOControl)) {
            return refuse(screen, "--name wants 1 to " + MAX_NAME_CHARS + " characters that can be printed", 2);
        }
        if (!Files.exists(file.get())) {
            return refuse(screen, file.get() + ": there is no such file; name the box's matgate.toml", 2);
        }
        try {
            EnrollCode parsed = EnrollCode.parse(code.equals(List.of("-")) ? typed() : String.join("", code));
            Optional<Path> data = data(file.get());
            UserPrincipal owner = owner(file.get(), data);
            Config written = EngineStanza.write(file.get(), name, parsed, replace, owner);
            tell(
                    screen,
                    file.get(),
                    parsed,
                    written,
                    data.isEmpty() && owner.getName().equals("root"));
            return 0;
        } catch (EnrollCode.MalformedException e) {
            return refuse(screen, e.getMessage(), 2);
        } catch (ConfigException e) {
            screen.error(String.valueOf(e.getMessage()));
            return refuse(screen, "put that right first; nothing was written", 2);
        } catch (IOException e) {
            return refuse(screen, "cannot write " + file.get() + ", which is as it was: " + e.getMessage(), 1);
        }
    }

    private static String typed() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next >= 0 && text.length() < MOST_CODE_CHARS; next = in.read()) {
            if (next == '\n' && !text.toString().isBlank()) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** The data directory, as far as the present file tells; it may be of no use just because of this engine. */
    private static Optional<Path> data(Path file) {
        return ConfigLoader.dataDirectory(file).filter(Files::isDirectory);
    }

    /**
     * Who is to own the file, so that the service can read it with mode 0600: whoever owns the data directory, which is
     * the service's user.
     */
    private static UserPrincipal owner(Path file, Optional<Path> data) throws IOException {
        UserPrincipal service = Files.getOwner(data.orElse(file));
        String me = System.getProperty("user.name", "");
        if (!me.equals("root") && !(me.equals(service.getName()) && service.equals(Files.getOwner(file)))) {
            throw new IOException("it and the box's data belong to " + service.getName() + " and "
                    + Files.getOwner(file).getName() + ": sudo matgate enroll");
        }
        return service;
    }

    private void tell(Screen screen, Path file, EnrollCode parsed, Config written, boolean ownerUnknown) {
        screen.line("OK: engine " + name + " at " + parsed.host() + ":" + parsed.port() + " is in " + file
                + ", which only its owner can read now");
        if (ownerUnknown) {
            screen.line("THE FILE BELONGS TO ROOT NOW, as there is no data directory that tells the service's user;"
                    + " chown it to that user, or the service cannot read it");
        }
        screen.line("next: matgate check --config " + file);
        switch (StatusClient.ask(written.box().data())) {
            case StatusClient.NoService none -> screen.line("then start the service: sudo systemctl start matgate");
            case StatusClient.Said said -> restart(screen);
            case StatusClient.NoAnswer mute -> restart(screen);
        }
    }

    private static void restart(Screen screen) {
        screen.line("then RESTART THE SERVICE, which still goes by what the file said before:"
                + " sudo systemctl restart matgate");
    }

    private static int refuse(Screen screen, @org.jspecify.annotations.Nullable String why, int exit) {
        screen.error("matgate: " + why);
        return exit;
    }
}

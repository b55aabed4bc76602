package org.matgate.gateway.firstboot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.config.EngineStanza;
import org.matgate.gateway.firstboot.Answer.Outcome;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.SecretFile;

/**
 * Takes in what a crew has dropped on the boot partition: a configuration and an enrolment code. Each is checked and put
 * in place whole or not at all; what is wrong leaves the box as it was. To be run once.
 */
public final class FirstBoot {
    /** What the engine of a dropped code is called, as with {@code matgate enroll}. */
    static final String ENGINE = "central";

    private final Path directory;
    private final Path config;
    private final UserPrincipal owner;
    private final Memory memory;
    private final List<Answer.Part> parts = new ArrayList<>();

    /**
     * What was dropped in a directory.
     *
     * @param directory the boot partition
     * @param config the box's configuration, which need not be there yet
     * @param data the box's data directory, whose owner is the service's user
     * @throws IOException if the data directory cannot be looked at
     */
    public FirstBoot(Path directory, Path config, Path data) throws IOException {
        this.directory = directory;
        this.config = config;
        owner = Files.getOwner(data);
        memory = Memory.in(data, owner);
    }

    /** Takes in what is new. The partition may be read-only or full: what then cannot be done there is in the answer. */
    public Answer run() {
        // A box that has lost its configuration takes the same once more.
        Optional<Drop> dropped =
                find(Drop.CONFIG).filter(drop -> !Files.exists(config) || !memory.knows(Drop.CONFIG, drop.digest()));
        Optional<Drop> code = find(Drop.CODE).filter(this::notTakenBefore);
        Optional<EnrollCode> parsed = code.flatMap(this::parse);
        boolean enrolled = dropped.isPresent() && takeConfig(dropped.get(), code, parsed);
        if (!enrolled && code.isPresent() && parsed.isPresent()) {
            takeCode(code.get(), parsed.get());
        }
        return new Answer(parts);
    }

    /** Names beside these that are not looked at, so that a misspelt one does not go unnoticed. */
    public Answer withStrangers(Answer answer) {
        List<Answer.Part> all = new ArrayList<>(answer.parts());
        try {
            Drop.similar(directory)
                    .forEach(name -> all.add(new Answer.Part(
                            name,
                            Outcome.PASSED,
                            List.of("If it is for the box, call it " + Drop.CONFIG + " or " + Drop.CODE + "."))));
        } catch (IOException e) {
            all.add(new Answer.Part(directory.toString(), Outcome.FAILED, List.of("It cannot be read: " + e)));
        }
        return new Answer(all);
    }

    /** Whether the same has not been answered before; from now on it has. */
    public boolean isNew(Answer answer) {
        String digest = Drop.digest(answer.text().getBytes(StandardCharsets.UTF_8));
        boolean fresh = !memory.knows(Answer.FILE, digest);
        try {
            memory.keep(Answer.FILE, digest);
        } catch (IOException e) {
            return true;
        }
        return fresh;
    }

    /**
     * Writes the answer beside the files, unless it stands there already.
     *
     * @throws IOException if it cannot be written there
     */
    public void write(Answer answer) throws IOException {
        AnswerFile.write(directory.resolve(Answer.FILE), answer.text().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Drop> find(String name) {
        try {
            if (name.equals(Drop.CODE)) {
                Secrets.removeSpent(Drop.list(directory, name));
            }
            return Drop.find(directory, name);
        } catch (Drop.UnfitException e) {
            say(name, Outcome.REFUSED, List.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            say(name, Outcome.FAILED, List.of("It cannot be read: " + e));
        }
        return Optional.empty();
    }

    /** One that was taken and could not be removed, as the partition was read-only, is removed as soon as it can be. */
    private boolean notTakenBefore(Drop code) {
        if (!memory.knows(Drop.CODE, code.digest())) {
            return true;
        }
        if (Secrets.remove(code.file()).isEmpty()) {
            say(code.name(), Outcome.TAKEN, List.of("It was taken before, and is removed now, as it is a secret."));
        }
        return false;
    }

    private Optional<EnrollCode> parse(Drop code) {
        try {
            return Optional.of(
                    EnrollCode.parse(Secrets.withoutRemarks(code.text().text())));
        } catch (EnrollCode.MalformedException e) {
            say(code.name(), Outcome.REFUSED, List.of(Secrets.place(code) + e.getMessage()));
            return Optional.empty();
        }
    }

    /** Whether the code was taken with it. */
    private boolean takeConfig(Drop drop, Optional<Drop> code, Optional<EnrollCode> parsed) {
        Kept kept;
        try {
            kept = withFormerEngines(drop);
        } catch (IOException e) {
            say(drop.name(), Outcome.FAILED, List.of(e.getMessage() + ". It is tried again at the next start."));
            return false;
        }
        if (parsed.isPresent() && code.isPresent()) {
            // Together first: an engine that the file names without its pin is right only with the code.
            try {
                Config now = place(EngineStanza.with(kept.text, ENGINE, parsed.get()), drop.name(), parsed);
                configTaken(drop, now, kept);
                codeTaken(code.get(), parsed.get());
                return true;
            } catch (ConfigException | IOException e) {
                // What is wrong is told of each by itself.
                takeAlone(drop, kept);
                return false;
            }
        }
        takeAlone(drop, kept);
        return false;
    }

    private void takeAlone(Drop drop, Kept kept) {
        try {
            configTaken(drop, place(kept.text, drop.name(), Optional.empty()), kept);
        } catch (ConfigException e) {
            List<String> lines = new ArrayList<>(drop.text().lookalikes(drop.name()));
            lines.addAll(String.valueOf(e.getMessage()).lines().toList());
            drop.text().remark().ifPresent(lines::add);
            lines.add(before() + " Correct it with a plain editor on any computer, and start the box again with it.");
            say(drop.name(), Outcome.REFUSED, lines);
            forgetConfig();
        } catch (IOException e) {
            say(drop.name(), Outcome.FAILED, List.of(unwritten(e)));
        }
    }

    /** Whoever puts the former one back in its place wants to hear that it is taken. */
    private void forgetConfig() {
        try {
            memory.forget(Drop.CONFIG);
        } catch (IOException e) {
            say(Drop.CONFIG, Outcome.FAILED, List.of("What was taken before is not taken once more: " + e));
        }
    }

    private String before() {
        return Files.exists(config)
                ? "The box goes on with the configuration that it had."
                : "The box has no configuration yet, and reads nothing.";
    }

    private String unwritten(IOException e) {
        return config + " cannot be written, and is as it was: " + e
                + ". Is the disk full, or read-only? It is tried again at the next start.";
    }

    /**
     * The text to be put in place.
     *
     * @param engines of the former configuration, which the new one is silent about
     */
    private record Kept(String text, List<String> engines) {}

    /** A new file without any engine is not meant to part the box from those that it is enrolled at. */
    private Kept withFormerEngines(Drop drop) throws IOException {
        String text = drop.text().text();
        if (text.lines().anyMatch(line -> line.strip().matches("\\[\\[\\s*engine\\s*]].*|engine\\s*=.*"))) {
            return new Kept(text, List.of());
        }
        List<Config.Engine> former = ConfigLoader.engines(config);
        List<String> names = former.stream().map(Config.Engine::name).toList();
        return new Kept(names.isEmpty() ? text : EngineStanza.with(text, former), names);
    }

    /** Puts the text in place, if it is a configuration. What is wrong is told by the name that the person knows. */
    private Config place(String text, String name, Optional<EnrollCode> code) throws ConfigException, IOException {
        Path parent = config.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        List<ConfigException> wrong = new ArrayList<>();
        try {
            SecretFile.replace(config, text.getBytes(StandardCharsets.UTF_8), Optional.of(owner), written -> {
                try {
                    Config now = ConfigLoader.load(written);
                    if (code.isPresent()) {
                        EngineStanza.requireIn(now, name, ENGINE, code.get());
                    }
                } catch (ConfigException e) {
                    wrong.add(e.naming(written, name));
                    throw new IOException(e);
                }
            });
        } catch (IOException e) {
            if (!wrong.isEmpty()) {
                throw wrong.getFirst();
            }
            throw e;
        }
        return ConfigLoader.load(config);
    }

    private void configTaken(Drop drop, Config now, Kept kept) {
        say(drop.name(), Outcome.TAKEN, Taken.lines(drop, now, config, kept.engines));
        remember(Drop.CONFIG, drop);
    }

    private void takeCode(Drop code, EnrollCode parsed) {
        if (!Files.exists(config)) {
            say(
                    code.name(),
                    Outcome.REFUSED,
                    List.of("The box has no configuration yet: drop a " + Drop.CONFIG
                            + " beside it, one that is right."));
            return;
        }
        try {
            String text = Files.readString(config);
            place(EngineStanza.with(text, ENGINE, parsed), config.toString(), Optional.of(parsed));
            codeTaken(code, parsed);
        } catch (ConfigException e) {
            List<String> lines =
                    new ArrayList<>(String.valueOf(e.getMessage()).lines().toList());
            lines.add("The box's configuration cannot take the engine " + parsed.host() + ":" + parsed.port()
                    + ", and is as it was.");
            say(code.name(), Outcome.REFUSED, lines);
        } catch (IOException e) {
            say(code.name(), Outcome.FAILED, List.of(unwritten(e)));
        }
    }

    private void codeTaken(Drop code, EnrollCode parsed) {
        Optional<String> stays = Secrets.remove(code.file());
        say(
                code.name(),
                Outcome.TAKEN,
                List.of(
                        "Engine " + ENGINE + " at " + parsed.host() + ":" + parsed.port() + " is in " + config + ".",
                        stays.map(why -> "IT IS A SECRET AND CANNOT BE REMOVED HERE, delete it yourself: " + why)
                                .orElse("The file is removed, as it is a secret.")));
        if (stays.isPresent()) {
            // One that is gone and comes again is meant.
            remember(Drop.CODE, code);
        }
    }

    private void remember(String what, Drop drop) {
        try {
            memory.keep(what, drop.digest());
        } catch (IOException e) {
            say(
                    drop.name(),
                    Outcome.FAILED,
                    List.of("That it was taken cannot be noted: " + e + ". It will be taken again at the next start."));
        }
    }

    private void say(String file, Outcome outcome, List<String> lines) {
        parts.add(new Answer.Part(file, outcome, lines));
    }
}

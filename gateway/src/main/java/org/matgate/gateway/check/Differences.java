package org.matgate.gateway.check;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.LinkOpeners;
import org.matgate.gateway.status.BoxLine;
import org.matgate.gateway.status.EngineLine;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.ReaderLines;
import org.matgate.gateway.status.Report;

/** In what a configuration file is another than the one by which the running service goes, as far as its report tells. */
final class Differences {
    private static final String BOX = "box";
    private static final String READER = "reader";
    private static final String ENGINE = "engine";

    /** Between a serial port and its rate, as a link is named. */
    private static final String AT = " at ";

    private final Report service;
    private final List<String> found = new ArrayList<>();

    private Differences(Report service) {
        this.service = service;
    }

    /** Each for a person; none if the service goes by this configuration. */
    static List<String> of(Config config, Report service) {
        Differences differences = new Differences(service);
        differences.box(config);
        differences.names(
                READER,
                config.readers().stream()
                        .map(reader -> reader.source().reader())
                        .toList());
        differences.names(
                ENGINE, config.engines().stream().map(Config.Engine::name).toList());
        config.readers().forEach(differences::reader);
        config.engines().forEach(differences::engine);
        return List.copyOf(differences.found);
    }

    private void box(Config config) {
        Facts ours = BoxLine.configured(config);
        Facts theirs = told(BOX, service.names(BOX).stream().findFirst().orElse(""));
        compare(
                "the box's name",
                Optional.of(config.box().name()),
                service.names(BOX).stream().findFirst(),
                String::equals);
        hidden("[gpio]", ours.text("gpio_settings"), theirs.text("gpio_settings"));
        hidden("[journal]", ours.text("journal_settings"), theirs.text("journal_settings"));
    }

    private void names(String part, List<String> ours) {
        // Where there is no engine a line without a name says so.
        List<String> theirs =
                service.names(part).stream().filter(name -> !name.isEmpty()).toList();
        if (!theirs.equals(ours)) {
            found.add("the file has other " + part + "s (" + String.join(", ", ours) + ") than the service runs by ("
                    + String.join(", ", theirs) + ")");
        }
    }

    private void reader(Config.Reader reader) {
        String name = reader.source().reader();
        Facts ours =
                ReaderLines.configured(reader, LinkOpeners.of(reader.link()).toString());
        Facts theirs = told(READER, name);
        String who = READER + " " + name + ": ";
        compare(who + "family", ours.text("family"), theirs.text("family"), String::equals);
        boolean serial = reader.link() instanceof Config.Link.Serial;
        compare(
                who + (serial ? "port" : "address"),
                ours.text("port"),
                theirs.text("port"),
                serial ? Differences::samePort : String::equalsIgnoreCase);
        compare(who + "timing_point", ours.text("timing_point"), theirs.text("timing_point"), String::equals);
        compare(who + "line", ours.text("line"), theirs.text("line"), String::equals);
        compare(who + "settings", ours.text("settings"), theirs.text("settings"), String::equals);
    }

    private void engine(Config.Engine engine) {
        Facts ours = EngineLine.configured(engine);
        Facts theirs = told(ENGINE, engine.name());
        String who = ENGINE + " " + engine.name() + ": ";
        compare(who + "address", ours.text("address"), theirs.text("address"), String::equalsIgnoreCase);
        compare(who + "transport", ours.text("transport"), theirs.text("transport"), String::equals);
        hidden(who + "token or pin", ours.text("enrolment"), theirs.text("enrolment"));
    }

    private Facts told(String part, String name) {
        return service.lines().stream()
                .filter(line -> line.part().equals(part) && line.name().equals(name))
                .map(Line::facts)
                .findFirst()
                .orElse(Facts.NONE);
    }

    /** What a service of another version does not tell cannot be compared. */
    private void compare(
            String what, Optional<String> ours, Optional<String> theirs, BiPredicate<String, String> same) {
        if (ours.isPresent() && theirs.isPresent() && !same.test(ours.get(), theirs.get())) {
            found.add(what + " " + ours.get() + " differs from what the service runs by, " + theirs.get());
        }
    }

    /** Of what the service tells a fingerprint only. */
    private void hidden(String what, Optional<String> ours, Optional<String> theirs) {
        if (ours.isPresent() && theirs.isPresent() && !ours.equals(theirs)) {
            found.add(what + " differs from what the service runs by");
        }
    }

    /** Also by another way to the port's folder. */
    private static boolean samePort(String ours, String theirs) {
        int mine = ours.lastIndexOf(AT);
        int other = theirs.lastIndexOf(AT);
        return mine >= 0
                && other >= 0
                && ours.substring(mine).equals(theirs.substring(other))
                && samePath(ours.substring(0, mine), theirs.substring(0, other));
    }

    /** Not whether both lead to one device now: what stays is the name, and the device may be another tomorrow. */
    private static boolean samePath(String ours, String theirs) {
        try {
            Path mine = Path.of(ours).normalize();
            Path other = Path.of(theirs).normalize();
            return mine.equals(other)
                    || (Objects.equals(mine.getFileName(), other.getFileName())
                            && folder(mine).equals(folder(other)));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static Path folder(Path file) throws IOException {
        Path parent = file.getParent();
        return (parent == null ? Path.of(".") : parent).toRealPath();
    }
}

package org.matgate.gateway.firstboot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.config.Config;

/** What the answer says of a configuration that was taken. */
final class Taken {
    /** The only directory that the packaged service may write to (StateDirectory of its unit). */
    private static final Path WRITABLE = Path.of("/var/lib/matgate");

    private Taken() {}

    /**
     * Line by line.
     *
     * @param config where it is now
     * @param keptEngines those of the configuration before, as this one names none
     */
    static List<String> lines(Drop drop, Config now, Path config, List<String> keptEngines) {
        List<String> lines = new ArrayList<>();
        List<String> readers =
                now.readers().stream().map(reader -> reader.source().reader()).toList();
        List<String> engines = now.engines().stream().map(Config.Engine::name).toList();
        lines.add("Box " + now.box().name() + ", " + counted(readers, "reader") + ", " + counted(engines, "engine")
                + ". It is " + config + " from now on.");
        Path wanted = now.box().data();
        if (!wanted.toAbsolutePath().normalize().equals(WRITABLE)) {
            lines.add("Its data directory is " + wanted + ", and the service may write only to " + WRITABLE
                    + ": let it by sudo systemctl edit matgate ([Service] ReadWritePaths=" + wanted
                    + "), and give it that directory (sudo chown matgate: " + wanted + ").");
        }
        if (!keptEngines.isEmpty()) {
            lines.add("It names no engine, so what the box knew stays: " + String.join(", ", keptEngines) + ".");
        } else if (engines.isEmpty()) {
            lines.add("No engine is known: reads are kept, and go nowhere until the box is enrolled (" + Drop.CODE
                    + ").");
        }
        if (drop.text().text().lines().anyMatch(line -> line.strip().startsWith("token"))) {
            lines.add("IT HOLDS A TOKEN, WHICH IS A SECRET: delete the file here; the box has it.");
        }
        drop.text().remark().ifPresent(lines::add);
        return lines;
    }

    /** By name, too: half of a file, as a card that was pulled out early has it, may be right. */
    private static String counted(List<String> names, String what) {
        return names.size() + " " + what + (names.size() == 1 ? "" : "s")
                + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
    }
}

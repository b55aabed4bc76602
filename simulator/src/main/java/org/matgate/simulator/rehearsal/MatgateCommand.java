package org.matgate.simulator.rehearsal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out how {@code matgate} is started. */
public final class MatgateCommand {
    private MatgateCommand() {}

    /**
     * The words to which {@code run --config FILE} is added: those that were asked for, else those in the property
     * {@code matgate.command}, else the launcher beside matsim's own (in the directory {@code matgate.bin}), else what the PATH has.
     *
     * @param asked the path of a program, or words between blanks
     * @param properties gives a system property, or null
     */
    public static List<String> find(Optional<String> asked, Function<String, @Nullable String> properties) {
        String words = asked.orElseGet(() -> {
            String property = properties.apply("matgate.command");
            return property == null ? "" : property;
        });
        if (!words.isBlank()) {
            return Files.isExecutable(Path.of(words))
                    ? List.of(words)
                    : List.of(words.strip().split("\\s+", -1));
        }
        String bin = properties.apply("matgate.bin");
        if (bin != null) {
            Path launcher = Path.of(bin, "matgate");
            if (Files.isExecutable(launcher)) {
                return List.of(launcher.toString());
            }
        }
        return List.of("matgate");
    }
}

package org.matgate.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The built gateway, broken on purpose: see {@link org.matgate.gateway.SabotagedMatgate}. */
final class SabotagedGateway {
    private SabotagedGateway() {}

    /**
     * Writes a command, for {@code --matgate}, that runs it.
     *
     * @param how what is broken, separated by commas
     * @param properties of {@code SabotagedMatgate}, as {@code NAME=VALUE}, beside the one that says how
     */
    static Path in(Path directory, String how, String... properties) throws IOException {
        String defined = Arrays.stream(properties)
                .map(property -> "'-D" + property + "' ")
                .collect(Collectors.joining());
        Path script = Files.writeString(directory.resolve("sabotaged-" + how), """
                #!/bin/sh
                exec '%s/bin/java' -XX:+UseSerialGC ${MATGATE_JAVA_OPTIONS:-} --enable-native-access=ALL-UNNAMED -Dsabotage.every=100 \
                -Dsabotage=%s %s-cp '%s/*:%s' org.matgate.gateway.SabotagedMatgate "$@"
                """.formatted(
                        System.getProperty("java.home"),
                        how,
                        defined,
                        Command.ROOT.resolve("gateway/target/app"),
                        Command.ROOT.resolve("deploy/target/test-classes")));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        return script;
    }
}

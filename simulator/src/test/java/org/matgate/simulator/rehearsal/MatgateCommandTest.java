package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatgateCommandTest {
    @TempDir
    Path directory;

    @Test
    void whatWasAskedForComesFirst() {
        assertThat(MatgateCommand.find(Optional.of("java -jar x.jar"), Map.of("matgate.command", "y")::get))
                .containsExactly("java", "-jar", "x.jar");
    }

    @Test
    void aProgramWhosePathHasBlanksIsOneWord() throws Exception {
        Path program = program(Files.createDirectory(directory.resolve("with blank")));
        assertThat(MatgateCommand.find(Optional.of(program.toString()), Map.<String, String>of()::get))
                .containsExactly(program.toString());
    }

    @Test
    void thenThePropertyThenTheLauncherBesideOursThenThePath() throws Exception {
        Path launcher = program(directory);
        Map<String, String> bin = Map.of("matgate.bin", directory.toString());
        assertThat(MatgateCommand.find(Optional.empty(), Map.of("matgate.command", "a b")::get))
                .containsExactly("a", "b");
        assertThat(MatgateCommand.find(Optional.empty(), bin::get)).containsExactly(launcher.toString());
        Files.delete(launcher);
        assertThat(MatgateCommand.find(Optional.empty(), bin::get)).containsExactly("matgate");
    }

    private static Path program(Path in) throws Exception {
        Path program = Files.writeString(in.resolve("matgate"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}

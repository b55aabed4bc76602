package org.matgate.simulator.torture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A box's disk that is read-only for a while, as a kernel makes it when a card fails. No mount can be made so by hand
 * while a process holds a file on it open for writing; so a small library between the box and the C library says no in
 * the kernel's place. It is compiled on the spot. Thread-safe.
 */
final class ReadOnlyDisk {
    private static final long COMPILER_SECONDS = 60;

    private final Path library;
    private final Path directory;
    private final Path control;

    /**
     * @param library as {@link #library} gives it
     * @param directory what is read-only
     * @param control a file that is there as long as it is
     */
    ReadOnlyDisk(Path library, Path directory, Path control) {
        this.library = library;
        this.directory = directory;
        this.control = control;
    }

    /**
     * Compiles the library; empty where there is no C compiler, or none that can, and where the directory's name has a
     * blank or a colon, at which the linker would cut it.
     */
    static Optional<Path> library(Path directory) throws IOException, InterruptedException {
        if (directory.toString().matches(".*[\\s:].*")) {
            return Optional.empty();
        }
        Path source = directory.resolve("readonly.c");
        try (InputStream code =
                Objects.requireNonNull(ReadOnlyDisk.class.getResourceAsStream("readonly.c"), "readonly.c")) {
            Files.write(source, code.readAllBytes());
        }
        Path library = directory.resolve("readonly.so");
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        boolean ended = compiler.waitFor(COMPILER_SECONDS, TimeUnit.SECONDS);
        compiler.destroyForcibly();
        return ended && compiler.exitValue() == 0 ? Optional.of(library) : Optional.empty();
    }

    /** The command with the library under it. */
    List<String> under(List<String> command) throws IOException {
        return Stream.concat(
                        Stream.of(
                                "env",
                                "LD_PRELOAD=" + library,
                                "TORTURE_DIR=" + directory.toRealPath(),
                                "TORTURE_CONTROL=" + control),
                        command.stream())
                .toList();
    }

    /** From now on nothing can be written. */
    void close() throws IOException {
        Files.writeString(control, "read-only\n", StandardCharsets.US_ASCII);
    }

    /** All is well again. */
    void open() throws IOException {
        Files.deleteIfExists(control);
    }
}

package org.matgate.gateway.gpio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.matgate.gateway.library.KeptLibrary;

/**
 * Where Pi4J's native libraries are unpacked: Pi4J itself would do so in /tmp, which may be mounted noexec, and leaves
 * copies behind when the process is killed.
 */
final class Pi4jLibrary {
    /** Pi4J's own property: a directory that holds its libraries. It looks at it once in a process. */
    private static final String PROPERTY = "pi4j.library.path";

    private static final List<String> FILES = List.of("libgpiod.so", "libpi4j-gpiod.so");

    private Pi4jLibrary() {}

    /** Whether Pi4J has libraries for this machine. */
    static boolean forThisMachine() {
        return Pi4jLibrary.class.getResource(resource(FILES.getFirst())) != null;
    }

    /** That it has none, as a trouble. */
    static PinTrouble otherMachine() {
        return new PinTrouble(
                "Pi4J has no native library for " + System.getProperty("os.arch"),
                "outputs and the power line need a 64-bit ARM board; gun and mark work without");
    }

    /**
     * Unpacks the libraries into the directory, or where code may not be run from there into a temporary one, and tells
     * Pi4J. Where the crew has set the property already it is left alone.
     */
    static void unpack(Path directory) throws PinTrouble {
        if (System.getProperty(PROPERTY) != null) {
            return;
        }
        if (!forThisMachine()) {
            throw otherMachine();
        }
        Optional<String> failure = unpackIn(directory);
        if (failure.isPresent()) {
            Optional<String> again;
            try {
                // A new one each time: others may write into the directory that it lies in.
                again = unpackIn(Files.createTempDirectory("matgate-pi4j"));
            } catch (IOException e) {
                again = Optional.of(String.valueOf(e));
            }
            if (again.isPresent()) {
                throw new PinTrouble(
                        "Pi4J's native library cannot be unpacked: " + failure.get() + "; " + again.get(),
                        "put the data directory on a disk with room and without noexec, or start with -Djava.io.tmpdir=DIR of one");
            }
        }
    }

    private static Optional<String> unpackIn(Path directory) {
        try {
            Path unpacked = Files.createDirectories(directory).toAbsolutePath();
            boolean executable = true;
            for (String file : FILES) {
                executable &= copy(file, unpacked.resolve(file));
            }
            if (!executable) {
                return Optional.of(directory + " is mounted noexec");
            }
            System.setProperty(PROPERTY, unpacked.toString());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(directory + ": " + e);
        }
    }

    /** @return whether the copy may be run */
    private static boolean copy(String file, Path target) throws IOException {
        try (InputStream library = Pi4jLibrary.class.getResourceAsStream(resource(file))) {
            if (library == null) {
                throw new IOException("no " + resource(file) + " in Pi4J's jar");
            }
            return copy(library.readAllBytes(), target);
        }
    }

    /**
     * Leaves it alone where it is there and whole: a disk may be full by now.
     *
     * @return whether the copy may be run; access(2) says no on a file system that is mounted noexec
     */
    static boolean copy(byte[] library, Path target) throws IOException {
        KeptLibrary.keep(target, library);
        // Where it is as it should be nothing is written: the file system may be read-only by now.
        if (!Files.isExecutable(target)) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-x---"));
        }
        return Files.isExecutable(target);
    }

    private static String resource(String file) {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "/lib/" + (machine.equals("arm64") ? "aarch64" : machine) + "/pi4j-gpiod/" + file;
    }
}

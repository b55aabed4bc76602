package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * SQLite's native library in a directory of this process's own. The driver leaves the clearing to the virtual machine's
 * ordinary end, which a command that is stopped by a signal and answers with exit code 0 does not have.
 */
public final class NativeLibrary {
    private static final AtomicReference<Path> DIRECTORY = new AtomicReference<>();

    private NativeLibrary() {}

    /** To be called before the first connection of this process. */
    public static void unpackInOwnDirectory() throws IOException {
        Path directory = Files.createTempDirectory("matsim-native-");
        DIRECTORY.set(directory);
        System.setProperty("org.sqlite.tmpdir", directory.toString());
    }

    /** Takes the directory away; the library in use stays usable. Does nothing if there is none. */
    public static void delete() throws IOException {
        Path directory = DIRECTORY.getAndSet(null);
        if (directory == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}

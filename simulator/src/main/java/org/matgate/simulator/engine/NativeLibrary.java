package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, loaded so that nothing stays of it on the disk: the driver leaves the clearing to the virtual
 * machine's ordinary end, which a process that is killed or stopped by a signal does not have.
 */
public final class NativeLibrary {
    private NativeLibrary() {}

    /**
     * To be called before the first connection of this process; again it does nothing.
     *
     * @throws IOException if there is no room to unpack it, or this machine cannot load it
     */
    public static void load() throws IOException {
        Path directory = Files.createTempDirectory("matsim-native-");
        try {
            System.setProperty("org.sqlite.tmpdir", directory.toString());
            initialise();
        } finally {
            delete(directory);
        }
    }

    private static void initialise() throws IOException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IOException("SQLite's native library cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** What is loaded stays usable. */
    private static void delete(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}

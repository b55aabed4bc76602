package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where SQLite's native library is unpacked: in the data directory, which belongs to us and is not mounted noexec as
 * /tmp may be. A process that is killed leaves its copy behind, a megabyte each time, and the driver never takes it
 * away; the next start does.
 */
final class NativeLibrary {
    /** The driver's own property; it looks at it once, at its first connection in this process. */
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /**
     * To be called before the first connection, by whoever holds the journal's lock.
     *
     * @throws IOException if the directory cannot be made or cleared
     */
    static void unpackIn(Path directory) throws IOException {
        DataDirectory.make(directory);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "sqlite-*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        System.setProperty(PROPERTY, directory.toString());
    }

    /** For a command that looks beside the service; where it may not write there, the driver's own place must do. */
    static void shareIn(Path directory) {
        if (Files.isWritable(directory)) {
            System.setProperty(PROPERTY, directory.toString());
        }
    }
}

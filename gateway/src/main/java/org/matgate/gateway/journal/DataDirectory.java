package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The box's data directory. */
final class DataDirectory {
    private DataDirectory() {}

    /**
     * Makes the directory and its parents where they are missing, so that they outlast a power cut.
     *
     * @throws IOException if that fails; the text says what to do
     */
    static void make(Path directory) throws IOException {
        Path path = directory.toAbsolutePath();
        try {
            makeWithParents(path);
        } catch (IOException e) {
            throw new IOException(
                    "data directory " + path + " cannot be made (" + reason(e)
                            + "): make it, and give it to the user who runs matgate",
                    e);
        }
    }

    private static void makeWithParents(Path path) throws IOException {
        @Nullable Path parent = path.getParent();
        if (Files.isDirectory(path) || parent == null) {
            return;
        }
        makeWithParents(parent);
        Files.createDirectory(path);
        // A directory's name is durable once its parent is synced.
        sync(parent);
    }

    /** Makes durable which files are in the directory, and that others are not any more. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What went wrong, as a person can read it: many of these exceptions have only a path for a message. */
    static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}

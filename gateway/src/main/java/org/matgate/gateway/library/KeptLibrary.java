package org.matgate.gateway.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * A native library that is unpacked from its jar once, and stays: a start on a full disk needs no room for what is there
 * already. Thread-safe, but for two who write the same file.
 */
public final class KeptLibrary {
    private KeptLibrary() {}

    /** Whether the file is there and whole, and of this version. */
    public static boolean holds(Path file, byte[] library) throws IOException {
        return Files.isReadable(file)
                && Files.size(file) == library.length
                && Arrays.equals(Files.readAllBytes(file), library);
    }

    /**
     * Sees to it that the file holds the library; where it does it is left alone.
     *
     * @throws IOException if there is no room for it, or it may not be written; the file is as it was then
     */
    public static void keep(Path file, byte[] library) throws IOException {
        if (holds(file, library)) {
            return;
        }
        // A new file each time: one that a running process has mapped must not change under it.
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, library);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

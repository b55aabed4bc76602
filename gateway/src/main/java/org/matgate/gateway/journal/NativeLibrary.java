package org.matgate.gateway.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.library.KeptLibrary;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where SQLite's native library is unpacked: in the data directory, which belongs to us and is not mounted noexec as
 * /tmp may be. It stays there, so that a start needs no room for it: the disk may be full. Thread-safe.
 */
final class NativeLibrary {
    /** The driver's own properties; it looks at them once, at its first connection in this process. */
    private static final String PLACE_TO_UNPACK = "org.sqlite.tmpdir";

    private static final String PLACE = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /**
     * To be called before the first connection, by whoever holds the journal's lock.
     *
     * @throws IOException if the directory cannot be made or cleared, or has no room; the text says what to do
     */
    static synchronized void unpackIn(Path directory) throws IOException {
        DataDirectory.make(directory);
        // What the driver unpacks for itself it never takes away when the process is killed.
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "sqlite-*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        System.setProperty(PLACE_TO_UNPACK, directory.toString());
        byte @Nullable [] library = library();
        if (library == null) {
            return;
        }
        Path kept = directory.resolve(LibraryLoaderUtil.getNativeLibName());
        keep(kept, library);
        System.setProperty(PLACE, directory.toString());
    }

    /** For a command that looks beside the service; where it may not write there, the driver's own place must do. */
    static synchronized void shareIn(Path directory) throws IOException {
        if (Files.isWritable(directory)) {
            System.setProperty(PLACE_TO_UNPACK, directory.toString());
        }
        byte @Nullable [] library = library();
        if (library != null && KeptLibrary.holds(directory.resolve(LibraryLoaderUtil.getNativeLibName()), library)) {
            System.setProperty(PLACE, directory.toString());
        }
    }

    /** As the driver brings it; null if it has none for this machine, which it then says better. */
    private static byte @Nullable [] library() throws IOException {
        String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (@Nullable InputStream in = LibraryLoaderUtil.class.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static void keep(Path file, byte[] library) throws IOException {
        try {
            KeptLibrary.keep(file, library);
        } catch (IOException e) {
            throw new IOException(
                    file + ", SQLite's native library of " + library.length + " bytes, cannot be written ("
                            + DataDirectory.reason(e)
                            + "): make room on the disk (`df -h` tells), or give the directory to the user who runs matgate",
                    e);
        }
    }
}

package org.matgate.gateway.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jssc.SerialNativeInterface;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.library.KeptLibrary;
import org.scijava.nativelib.NativeLibraryUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where jSSC's native library is. jSSC itself would unpack it into the temporary directory at each start; kept in the data
 * directory it needs no room at a start on a full disk. What jSSC makes there all the same is an empty directory. It tries
 * to load the library once in a process, so it is not let before all that it needs is there. Thread-safe.
 */
final class JsscLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(JsscLibrary.class);

    /** jSSC's own property: a directory that holds its library. */
    private static final String PLACE = "jssc.boot.library.path";

    private static final String RESOURCES = "natives/";

    private static @Nullable Path directory;
    private static boolean ready;

    private JsscLibrary() {}

    /** Keeps it in this directory from now on, if there is room; else it is tried again when a port is opened. */
    static synchronized void keepIn(Path kept) {
        directory = kept;
        if (!ready && System.getProperty(PLACE) == null) {
            try {
                byte @Nullable [] library = library();
                if (library != null) {
                    Files.createDirectories(kept);
                    KeptLibrary.keep(kept.resolve(fileName()), library);
                    System.setProperty(PLACE, kept.toString());
                }
            } catch (IOException e) {
                LOG.debug("jSSC's native library is not kept in {}", kept, e);
            }
        }
    }

    /**
     * To be called before jSSC is used.
     *
     * @throws IOException if jSSC could not load its library now, for want of room; the text says what to do
     */
    static synchronized void prepare() throws IOException {
        if (ready) {
            return;
        }
        if (directory != null) {
            keepIn(directory);
        }
        byte @Nullable [] library = System.getProperty(PLACE) == null ? library() : null;
        try {
            Path probe = Files.createTempDirectory("matgate-jssc");
            try {
                if (library != null) {
                    unpack(probe, library);
                }
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw new IOException(
                    "jSSC's native library has no room in " + System.getProperty("java.io.tmpdir") + " (" + e
                            + "): make room on the disk (`df -h` and `df -i` tell); it is tried again all the time",
                    e);
        }
        ready = true;
    }

    /** The directory that jSSC has it from. */
    static String place() {
        return String.valueOf(System.getProperty(PLACE, System.getProperty("java.io.tmpdir")));
    }

    private static void unpack(Path probe, byte[] library) throws IOException {
        Path file = probe.resolve("library");
        try {
            Files.write(file, library);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** As jSSC brings it; null if it has none for this machine, which it then says better. */
    private static byte @Nullable [] library() throws IOException {
        String name = NativeLibraryUtil.getPlatformLibraryPath(RESOURCES) + fileName();
        try (@Nullable InputStream in = SerialNativeInterface.class.getResourceAsStream("/" + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static String fileName() {
        return NativeLibraryUtil.getPlatformLibraryName("jssc");
    }
}

package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.matgate.simulator.referee.CaseDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a rehearsal or a torture. One that is not to be kept is removed at the end, also when the user breaks off; then,
 * what runs is taken down first. Thread-safe.
 */
public final class Workplace implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workplace.class);

    private final Path directory;
    private volatile boolean kept;
    private final Thread hook = new Thread(this::brokenOff, "broken-off");
    private @Nullable AutoCloseable guarded;
    private boolean over;

    private Workplace(Path directory, boolean kept) {
        this.directory = directory;
        this.kept = kept;
    }

    /**
     * Makes a place.
     *
     * @param keep the directory to use and leave; without it, a temporary one is made
     * @throws IOException if the directory is not empty or cannot be made
     */
    public static Workplace open(Optional<Path> keep) throws IOException {
        Workplace place = keep.isPresent()
                ? new Workplace(empty(keep.get()), true)
                : new Workplace(Files.createTempDirectory("matsim-"), false);
        Runtime.getRuntime().addShutdownHook(place.hook);
        return place;
    }

    /** A temporary place below a directory. */
    public static Workplace below(Path parent) throws IOException {
        Workplace place = new Workplace(Files.createTempDirectory(parent, "matsim-"), false);
        Runtime.getRuntime().addShutdownHook(place.hook);
        return place;
    }

    private static Path empty(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory + " is no directory");
        }
        Files.createDirectories(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new IOException(
                        directory + " is not empty; want a new or an empty directory to keep evidence in");
            }
        }
        return directory.toAbsolutePath();
    }

    /** Its directory is left there after all. */
    public void keep() {
        kept = true;
    }

    /** Where the evidence goes. */
    public CaseDirectory directory() {
        return new CaseDirectory(directory);
    }

    /** What is to be closed before the directory goes, should the user break off. */
    public synchronized void guards(AutoCloseable running) {
        guarded = running;
    }

    private void brokenOff() {
        AutoCloseable running;
        synchronized (this) {
            running = over ? null : guarded;
        }
        try {
            if (running != null) {
                running.close();
            }
        } catch (Exception e) {
            log.error("taking down what runs failed", e);
        }
        remove();
    }

    /** Removes the directory, unless it is to be kept. */
    @Override
    public void close() {
        synchronized (this) {
            over = true;
        }
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.debug("the user breaks off at the very end", e);
        }
    }

    private synchronized void remove() {
        if (kept || !Files.exists(directory)) {
            return;
        }
        try {
            remove(directory);
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", directory, e.toString());
        }
    }

    /** Removes a directory with all that is in it. */
    public static void remove(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}

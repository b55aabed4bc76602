package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Damage that SQLite would not speak of, and where a damaged file is kept. */
final class Aside {
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    private static final String KEPT = "journal-damaged-";

    private Aside() {}

    /**
     * Looks before SQLite does, which would drop what it cannot use.
     *
     * @param sameBoot whether the last writer was of this boot: then whatever it wrote is there, and a write-ahead log that
     *     breaks off is damaged; after a power cut its end may be missing
     */
    static Optional<String> damage(Path file, boolean sameBoot) throws IOException {
        if (Files.exists(file) && Files.size(file) == 0) {
            return Optional.of("it is empty");
        }
        if (!Files.exists(file) && WalFrames.read(wal(file)).frames() > 0) {
            return Optional.of("it is gone, but its write-ahead log is there");
        }
        return sameBoot && WalFrames.read(wal(file)).broken(file.resolveSibling(file.getFileName() + "-shm"))
                ? Optional.of("its write-ahead log is damaged within")
                : Optional.empty();
    }

    /** Moves the file and what belongs to it aside, durably; says where to. Of what is empty nothing is kept. */
    static Optional<Path> keep(Path file) throws IOException {
        if (isEmpty(file)) {
            for (String part : PARTS) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
            }
            DataDirectory.sync(file.toAbsolutePath().resolveSibling("."));
            return Optional.empty();
        }
        int number = 1;
        while (PARTS.stream().anyMatch(taken(file, number))) {
            number++;
        }
        Path kept = name(file, number);
        for (String part : PARTS) {
            Path from = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(from)) {
                Files.move(from, kept.resolveSibling(kept.getFileName() + part), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        DataDirectory.sync(file.toAbsolutePath().resolveSibling("."));
        return Optional.of(kept);
    }

    private static boolean isEmpty(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            return false;
        }
        WalFrames log = WalFrames.read(wal(file));
        return log.frames() == 0 && log.beyond().isEmpty();
    }

    /** The names of all files that were kept aside beside this one, and that are not empty. */
    static Set<String> kept(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        Path directory = file.toAbsolutePath().resolveSibling(".");
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, KEPT + "*.db{,-wal}")) {
            for (Path part : parts) {
                String name = part.getFileName().toString();
                if (Files.size(part) > 0) {
                    names.add(name.endsWith("-wal") ? name.substring(0, name.length() - "-wal".length()) : name);
                }
            }
        }
        return names;
    }

    private static Predicate<String> taken(Path file, int number) {
        return part -> Files.exists(file.resolveSibling(name(file, number).getFileName() + part));
    }

    private static Path name(Path file, int number) {
        return file.resolveSibling(KEPT + number + ".db");
    }

    static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }
}

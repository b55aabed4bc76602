package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Damage that SQLite would not speak of, and where a damaged file is kept. */
final class Aside {
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

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

    /** Moves the file and what belongs to it aside, durably; says where to. */
    static Path keep(Path file) throws IOException {
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
        return kept;
    }

    private static Predicate<String> taken(Path file, int number) {
        return part -> Files.exists(file.resolveSibling(name(file, number).getFileName() + part));
    }

    private static Path name(Path file, int number) {
        return file.resolveSibling("journal-damaged-" + number + ".db");
    }

    static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a journal file takes of its disk.
 *
 * @param version of the format, as in {@code PRAGMA user_version}
 * @param fileBytes the file itself
 * @param logBytes its write-ahead log, which keeps its size; 0 where no service runs
 * @param freeBytes left on the disk
 */
public record JournalSizes(Path file, int version, long fileBytes, long logBytes, long freeBytes) {
    /** As they are now. */
    public static JournalSizes of(JournalFile journals) throws IOException {
        Path file = journals.file();
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return new JournalSizes(
                file,
                Schema.VERSION,
                Files.size(file),
                Files.exists(log) ? Files.size(log) : 0,
                Files.getFileStore(file).getUsableSpace());
    }
}

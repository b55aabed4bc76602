package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** What shows that a file is still the one that was looked through. */
record FileStamp(long bytes, FileTime modified) {
    static FileStamp of(Path file) throws IOException {
        return new FileStamp(Files.size(file), Files.getLastModifiedTime(file));
    }

    /** @throws IOException if it is not */
    void require(Path file) throws IOException {
        if (!equals(of(file))) {
            throw new IOException(
                    file + ": has changed since it was looked through: want a file that nobody writes to");
        }
    }
}

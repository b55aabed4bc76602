package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Room of the write-ahead log, taken beforehand by writing zeros behind its end: SQLite ends at the first frame that it
 * did not write, and overwrites the rest. A commit into this room needs nothing of the disk that is not ours, also when
 * others have filled it and the database cannot grow: that is the reserve. Not thread-safe.
 */
final class LogRoom {
    /**
     * A checkpoint is due from so many frames on: 4 MB, some tenths of a second on a slow card. With more the pages that
     * many small commits share would be written less often, with a longer pause, and a longer look at the next start.
     */
    static final int CHECKPOINT_FRAMES = 1000;

    private static final int PAGE_BYTES = 4096;
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_BYTES = 24 + PAGE_BYTES;

    /** Written and forced at a time, so that no commit waits long behind it. */
    private static final int STEP_BYTES = 1 << 20;

    private final Path log;
    private final long bytes;

    /** @param reserveBytes beyond what is in use while all is well */
    LogRoom(Path database, long reserveBytes) {
        log = database.resolveSibling(database.getFileName() + "-wal");
        bytes = HEADER_BYTES + ((long) CHECKPOINT_FRAMES + reserveBytes / FRAME_BYTES) * FRAME_BYTES;
    }

    /** How many frames it has room for when it is complete. */
    long frames() {
        return (bytes - HEADER_BYTES) / FRAME_BYTES;
    }

    /** How many frames it has room for now. */
    long framesThere() throws IOException {
        return Files.exists(log) ? Math.max(0, (Files.size(log) - HEADER_BYTES) / FRAME_BYTES) : 0;
    }

    /**
     * Takes a step more.
     *
     * @param writer not in a transaction; keeps everybody else from writing meanwhile
     * @return whether the room is complete
     * @throws IOException if the disk has no room for it
     */
    boolean extend(Connection writer) throws SQLException, IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() >= bytes) {
                return true;
            }
            try (Statement statement = writer.createStatement()) {
                statement.executeUpdate("UPDATE journal SET closed = closed WHERE number IS NULL");
                long size = channel.size();
                ByteBuffer zeros = ByteBuffer.allocate(Math.clamp(bytes - size, 0, STEP_BYTES));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, size + zeros.position());
                }
                channel.force(true);
                return size + zeros.capacity() >= bytes;
            } finally {
                writer.rollback();
            }
        }
    }
}

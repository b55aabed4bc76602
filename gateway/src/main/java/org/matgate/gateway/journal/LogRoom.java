package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

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

    /** In the place of the log's header; SQLite takes it for an empty log, as it does not begin as one. */
    private static final byte[] FORGOTTEN =
            Arrays.copyOf("matgate: room, nothing in it".getBytes(StandardCharsets.US_ASCII), HEADER_BYTES);

    /** Written and forced at a time, so that no commit waits long behind it. */
    private static final int STEP_BYTES = 1 << 20;

    private final Path log;
    private final long bytes;

    /** @param reserveBytes beyond what is in use while all is well */
    LogRoom(Path database, long reserveBytes) {
        log = database.resolveSibling(database.getFileName() + "-wal");
        bytes = HEADER_BYTES + ((long) CHECKPOINT_FRAMES + reserveBytes / FRAME_BYTES) * FRAME_BYTES;
    }

    /**
     * Has nobody take for the database's what is in the log: all of it is there, forced. The room stays, so that a start
     * on a disk that others have filled meanwhile has it; but a database that is put in this one's place must not find
     * the pages of this one.
     */
    void forget() throws IOException {
        if (framesThere() > 0) {
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(FORGOTTEN), 0);
                channel.force(true);
            }
        }
    }

    /** Whether this is the header of a log that holds nothing. */
    static boolean isForgotten(ByteBuffer header) {
        return header.slice(0, HEADER_BYTES).equals(ByteBuffer.wrap(FORGOTTEN));
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

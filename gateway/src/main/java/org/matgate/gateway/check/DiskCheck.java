package org.matgate.gateway.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.Room;
import org.matgate.gateway.status.Words;

/** Whether the disk of the data directory has room, takes what is written, and how fast; the journal is not touched. */
final class DiskCheck {
    private static final String PART = "disk";

    /** About what a commit of a busy mat writes. */
    private static final int TEST_BYTES = 64 * 1024;

    /** The intake covers some seconds; a disk that takes so long for one small write is failing. */
    private static final long SLOW_NANOS = 500_000_000L;

    private DiskCheck() {}

    static Line of(Path data, BoxClock clock) {
        Path directory = existing(data.toAbsolutePath());
        boolean made = directory.equals(data.toAbsolutePath());
        String where = data + (made ? "" : " (not there yet; matgate run makes it)");
        OptionalLong usable;
        long nanos;
        try {
            usable = OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
            nanos = write(directory, clock);
        } catch (IOException e) {
            return new Findings()
                    .fail(
                            true,
                            "give the directory to the user who runs matgate (you are "
                                    + System.getProperty("user.name") + ") and look whether the disk is full")
                    .line(PART, "", data + " cannot be written: " + e, Facts.NONE.with("directory", data.toString()));
        }
        Facts facts = Facts.NONE
                .with("directory", data.toString())
                .with("free_bytes", usable)
                .with("write_seconds", nanos / 1e9);
        return Room.judge(new Findings(), usable)
                .warn(nanos > SLOW_NANOS, "the disk is slow: try another card, or stop what else writes to it")
                .line(
                        PART,
                        "",
                        where + ", " + Words.bytes(usable.getAsLong()) + " free, a write took " + Words.millis(nanos),
                        facts);
    }

    private static Path existing(Path directory) {
        @Nullable Path parent = directory.getParent();
        return Files.exists(directory) || parent == null ? directory : existing(parent);
    }

    /** How long it takes until some bytes are safe. */
    private static long write(Path directory, BoxClock clock) throws IOException {
        Path file = Files.createTempFile(directory, "check", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long began = clock.monotonicNanos();
            ByteBuffer bytes = ByteBuffer.allocate(TEST_BYTES);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return clock.monotonicNanos() - began;
        } finally {
            Files.delete(file);
        }
    }
}

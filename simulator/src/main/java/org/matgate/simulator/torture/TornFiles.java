package org.matgate.simulator.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What a power cut leaves of a journal's files, made of what kill -9 leaves of them. The kernel keeps all that a killed
 * process wrote; a power cut takes what had not been synced, in part or as a whole, and nothing else. Every tear here is
 * one that a power cut at the moment of the kill, or a moment later, could have made:
 *
 * <ul>
 *   <li>One thread writes the log, waits for the sync of each commit and only then writes on ({@code synchronous=FULL}).
 *       So behind a commit that has a later one stands a sync, and only the last commit, and what was written behind it
 *       without a commit, may be unsynced. Those bytes are kept, zeroed or garbled sector by sector, or cut off at the
 *       file's end; the bytes before them are never touched, as SQLite counts on ({@code powersafe overwrite}).
 *   <li>Whether the last commit was synced, no file tells. It is taken for unsynced only while it is so fresh that the
 *       kill may have come before its sync, while no engine holds any of its events (it would have been told only
 *       after the sync), and if no checkpoint had begun to copy it (which syncs the log first).
 *   <li>A checkpoint writes pages of the main file that the log holds, after the log and before the main file is synced.
 *       As one may begin at any moment, such pages may be torn where frames of the log that are surely synced hold them
 *       and no completed checkpoint has brought them over.
 *   <li>The log's index, {@code -shm}, is never synced: it is gone.
 * </ul>
 */
final class TornFiles {
    /** What a disk writes as one. */
    private static final int SECTOR = 512;

    /** Where the log's index tells how many frames have been brought over, and how many a checkpoint set out to bring. */
    private static final int BROUGHT_OVER = 96;

    private static final int SET_OUT_FOR = 128;

    private final Path file;
    private final Path wal;
    private final Path shm;
    private final Path scratch;
    private final SplittableRandom random;

    /** Whether the last commits may go, by the journal file as it is with them and as it would be without. */
    interface MayLose {
        boolean mayLose(Path with, Path without) throws IOException;
    }

    /**
     * @param file the journal's main file, which nobody has open
     * @param scratch a directory for copies
     */
    TornFiles(Path file, Path scratch, SplittableRandom random) {
        this.scratch = scratch;
        this.file = file;
        this.wal = file.resolveSibling(file.getFileName() + "-wal");
        this.shm = file.resolveSibling(file.getFileName() + "-shm");
        this.random = random;
    }

    /**
     * Tears.
     *
     * @param lastCommits how many may be unsynced: one, unless the disk is to lie
     * @return what was done, for a person
     */
    String tear(int lastCommits, MayLose mayLose) throws IOException {
        Optional<WriteAheadLog> read = WriteAheadLog.read(wal);
        int[] checkpoint = checkpoint();
        Files.deleteIfExists(shm);
        if (read.isEmpty()) {
            return "nothing to tear";
        }
        WriteAheadLog log = read.get();
        int sure = log.framesBefore(lastCommits);
        boolean tail = checkpoint[1] <= sure && log.pages().size() > sure && mayLoseTail(log, sure, mayLose);
        int keep = tail ? sure : log.pages().size();
        String torn = tearLog(log, keep);
        int pages = random.nextBoolean() ? tearMain(log, checkpoint[0], Math.min(keep, sure)) : 0;
        return (tail ? "the last commit and what is behind it " : "what is behind the last commit ") + torn + ", "
                + pages + " pages of the main file torn";
    }

    private int[] checkpoint() throws IOException {
        if (!Files.exists(shm) || Files.size(shm) < SET_OUT_FOR + Integer.BYTES) {
            // Nothing is known: then all may have been brought over.
            return new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE};
        }
        ByteBuffer index = ByteBuffer.wrap(Files.readAllBytes(shm)).order(ByteOrder.nativeOrder());
        return new int[] {index.getInt(BROUGHT_OVER), index.getInt(SET_OUT_FOR)};
    }

    private boolean mayLoseTail(WriteAheadLog log, int sure, MayLose mayLose) throws IOException {
        Path with = Files.createTempDirectory(scratch, "torn-");
        Path without = Files.createTempDirectory(scratch, "torn-");
        try {
            return mayLose.mayLose(copy(with, log.end(log.pages().size())), copy(without, log.end(sure)));
        } finally {
            delete(with);
            delete(without);
        }
    }

    private Path copy(Path directory, long walLength) throws IOException {
        Path copied = Files.copy(file, directory.resolve(file.getFileName()));
        try (RandomAccessFile cut = new RandomAccessFile(
                Files.copy(wal, directory.resolve(wal.getFileName())).toFile(), "rw")) {
            cut.setLength(walLength);
        }
        return copied;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.deleteIfExists(each);
            }
        }
        Files.deleteIfExists(directory);
    }

    private String tearLog(WriteAheadLog log, int keepFrames) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(wal.toFile(), "rw")) {
            long from = log.end(keepFrames);
            // A frame of which not even the header is whole.
            long until = Math.min(bytes.length(), log.end(log.writtenFrames() + 1));
            if (until == bytes.length() && random.nextInt(4) == 0) {
                long length = from + random.nextLong(Math.max(1, (until - from) / SECTOR + 1)) * SECTOR;
                bytes.setLength(Math.min(length, bytes.length()));
                return "cut off after " + (length - from) + " of " + (until - from) + " bytes";
            }
            int hit = garble(bytes, from, until, random.nextDouble());
            return hit + " of " + (until - from + SECTOR - 1) / SECTOR + " sectors torn";
        }
    }

    /** Loses some sectors, each as zeros or as anything. */
    private int garble(RandomAccessFile bytes, long from, long until, double share) throws IOException {
        int hit = 0;
        for (long at = from; at < until; ) {
            long end = Math.min(until, (at / SECTOR + 1) * SECTOR);
            if (random.nextDouble() < share) {
                byte[] lost = new byte[(int) (end - at)];
                if (random.nextBoolean()) {
                    random.nextBytes(lost);
                }
                bytes.seek(at);
                bytes.write(lost);
                hit++;
            }
            at = end;
        }
        return hit;
    }

    private int tearMain(WriteAheadLog log, int broughtOver, int sure) throws IOException {
        TreeSet<Integer> pages = new TreeSet<>();
        if (broughtOver < sure) {
            pages.addAll(log.pages().subList(broughtOver, sure));
        }
        int torn = 0;
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int page : pages) {
                long at = (page - 1L) * log.pageSize();
                if (at + log.pageSize() <= bytes.length() && random.nextInt(3) == 0) {
                    torn += garble(bytes, at, at + log.pageSize(), random.nextDouble()) > 0 ? 1 : 0;
                }
            }
        }
        return torn;
    }
}

package org.matgate.simulator.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SQLite's write-ahead log as it lies on disk, by the format that https://www.sqlite.org/fileformat2.html tells: a header
 * of 32 bytes, then frames of a 24-byte header and a page, each with the log's salts and a checksum over all before it.
 *
 * @param pageSize bytes
 * @param pages of the frames whose checksums hold, one after the other, up to the end of the last commit
 * @param commits after how many frames each commit ends, ascending
 * @param writtenFrames how many frames bear this log's salts, checksums or not: what was written, committed or not
 */
record WriteAheadLog(int pageSize, List<Integer> pages, List<Integer> commits, int writtenFrames) {
    static final int HEADER = 32;
    static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377F0682;
    private static final int LEAST_PAGE = 512;
    private static final int MOST_PAGE = 65_536;

    /** Reads it; empty if there is no file, or none with a whole header. */
    static Optional<WriteAheadLog> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    static Optional<WriteAheadLog> parse(ByteBuffer log) {
        if (log.limit() < HEADER || (log.getInt(0) & ~1) != MAGIC) {
            return Optional.empty();
        }
        Checksum checksum = new Checksum((log.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int pageSize = log.getInt(8);
        checksum.add(log, 0, 24);
        if (!checksum.is(log, 24) || pageSize < LEAST_PAGE || pageSize > MOST_PAGE) {
            return Optional.empty();
        }
        List<Integer> pages = new ArrayList<>();
        List<Integer> commits = new ArrayList<>();
        boolean valid = true;
        int written = 0;
        for (int at = HEADER; at + FRAME_HEADER <= log.limit(); at += FRAME_HEADER + pageSize) {
            if (log.getInt(at + 8) != log.getInt(16) || log.getInt(at + 12) != log.getInt(20)) {
                break;
            }
            written++;
            valid &= at + FRAME_HEADER + pageSize <= log.limit();
            if (valid) {
                checksum.add(log, at, 8);
                checksum.add(log, at + FRAME_HEADER, pageSize);
                valid = checksum.is(log, at + 16);
            }
            if (valid) {
                pages.add(log.getInt(at));
                if (log.getInt(at + 4) != 0) {
                    commits.add(pages.size());
                }
            }
        }
        int committed = commits.isEmpty() ? 0 : commits.getLast();
        return Optional.of(
                new WriteAheadLog(pageSize, List.copyOf(pages.subList(0, committed)), List.copyOf(commits), written));
    }

    /** Where the log ends that has so many frames, in bytes. */
    long end(int frames) {
        return HEADER + (long) frames * (FRAME_HEADER + pageSize);
    }

    /** After how many frames the log ended before its last commits. */
    int framesBefore(int lastCommits) {
        int index = commits.size() - 1 - lastCommits;
        return index < 0 ? 0 : commits.get(index);
    }

    /** SQLite's checksum of words, two at a time. */
    private static final class Checksum {
        private final ByteOrder order;
        private int first;
        private int second;

        private Checksum(ByteOrder order) {
            this.order = order;
        }

        private void add(ByteBuffer log, int from, int length) {
            ByteBuffer words = log.duplicate().order(order);
            for (int at = from; at < from + length; at += 8) {
                first += words.getInt(at) + second;
                second += words.getInt(at + 4) + first;
            }
        }

        private boolean is(ByteBuffer log, int at) {
            return log.getInt(at) == first && log.getInt(at + 4) == second;
        }
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a write-ahead log of SQLite's holds (https://sqlite.org/fileformat2.html#walformat): pages that are newer than the
 * database's, each frame with a checksum over all before it.
 *
 * @param pages where the newest committed image of each page lies in the file, in frames that SQLite accepts
 * @param beyond the same of frames of the same run behind one that SQLite does not accept, each image
 * @param frames how many SQLite accepts
 * @param salts what tells this run of frames from earlier ones, whose remains may follow
 */
record WalFrames(Map<Long, Long> pages, List<Long> beyond, int frames, long salts) {
    static final int PAGE_BYTES = 4096;
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
    private static final int INDEX_HEADER_BYTES = 48;
    private static final int MAGIC = 0x377f0682;

    private static final WalFrames NONE = new WalFrames(Map.of(), List.of(), 0, 0);

    /**
     * Whether SQLite accepts less than was committed. A process that is killed while it writes leaves a torn end, too;
     * what it had committed is in the index of the log, which outlasts it until the machine stops.
     *
     * @param index the file {@code -shm} that the log's last writer left
     */
    boolean broken(Path index) throws IOException {
        if (!Files.exists(index)) {
            return !beyond.isEmpty();
        }
        ByteBuffer header = ByteBuffer.allocate(INDEX_HEADER_BYTES);
        try (FileChannel channel = FileChannel.open(index, StandardOpenOption.READ)) {
            if (!readFully(channel, header, 0)) {
                return !beyond.isEmpty();
            }
        }
        long committed = header.order(ByteOrder.nativeOrder()).getInt(16);
        return committed > frames && header.order(ByteOrder.BIG_ENDIAN).getLong(32) == salts;
    }

    /** @throws IOException also if the disk cannot read a part of it: it may yet be able to */
    static WalFrames read(Path wal) throws IOException {
        return read(wal, false);
    }

    /** As {@link #read(Path)}, but a frame that the disk cannot read is one that SQLite does not accept. */
    static WalFrames readable(Path wal) throws IOException {
        return read(wal, true);
    }

    private static WalFrames read(Path wal, boolean around) throws IOException {
        if (!Files.exists(wal)) {
            return NONE;
        }
        try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.READ)) {
            return new Scan(channel, around).run();
        }
    }

    private static final class Scan {
        private final FileChannel channel;
        private final boolean around;
        private final Map<Long, Long> pages = new HashMap<>();
        private final Map<Long, Long> open = new HashMap<>();
        private final List<Long> beyond = new ArrayList<>();
        private final List<Long> beyondOpen = new ArrayList<>();
        private int s1;
        private int s2;
        private long salts;
        private boolean accepted;
        private ByteOrder order = ByteOrder.BIG_ENDIAN;

        /** @param around whether what cannot be read is passed over */
        Scan(FileChannel channel, boolean around) {
            this.channel = channel;
            this.around = around;
        }

        WalFrames run() throws IOException {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
            if (channel.size() >= HEADER_BYTES && read(header, 0)) {
                if (LogRoom.isForgotten(header)) {
                    return NONE;
                }
                header(header);
            }
            boolean told = accepted;
            int frames = 0;
            int number = 0;
            for (long at = HEADER_BYTES; at + FRAME_BYTES <= channel.size(); at += FRAME_BYTES) {
                number++;
                if (!read(frame.clear(), at)) {
                    accepted = false;
                    continue;
                }
                if (!told) {
                    // The header is lost, but every frame tells of it.
                    salts = frame.getLong(8);
                    told = true;
                }
                if (frame.getLong(8) != salts || frame.getInt(0) <= 0 || salts == 0) {
                    accepted = false;
                    continue;
                }
                boolean before = accepted;
                accepted &= chained(frame);
                if (before && !accepted) {
                    // This one may be torn; those behind it are whole or not, as their events say.
                    continue;
                }
                if (accept(frame, at)) {
                    frames = number;
                }
            }
            return new WalFrames(pages, beyond, frames, salts);
        }

        private boolean read(ByteBuffer into, long at) throws IOException {
            try {
                return readFully(channel, into, at);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                if (!around) {
                    throw e;
                }
                return false;
            }
        }

        private void header(ByteBuffer header) {
            int magic = header.getInt(0);
            order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            sum(header, 0, FRAME_HEADER_BYTES);
            accepted = (magic & ~1) == MAGIC
                    && header.getInt(8) == PAGE_BYTES
                    && header.getInt(24) == s1
                    && header.getInt(28) == s2;
            salts = header.getLong(16);
        }

        private boolean chained(ByteBuffer frame) {
            sum(frame, 0, 8);
            sum(frame, FRAME_HEADER_BYTES, PAGE_BYTES);
            return frame.getInt(16) == s1 && frame.getInt(20) == s2;
        }

        /** Whether a commit ends here that SQLite accepts. */
        private boolean accept(ByteBuffer frame, long at) {
            boolean commit = frame.getInt(4) != 0;
            if (accepted) {
                open.put(Integer.toUnsignedLong(frame.getInt(0)), at + FRAME_HEADER_BYTES);
                if (commit) {
                    pages.putAll(open);
                    open.clear();
                }
                return commit;
            }
            beyondOpen.add(at + FRAME_HEADER_BYTES);
            if (commit) {
                beyond.addAll(open.values());
                open.clear();
                beyond.addAll(beyondOpen);
                beyondOpen.clear();
            }
            return false;
        }

        private void sum(ByteBuffer bytes, int from, int length) {
            bytes.order(order);
            for (int i = from; i < from + length; i += 8) {
                s1 += bytes.getInt(i) + s2;
                s2 += bytes.getInt(i + 4) + s1;
            }
            bytes.order(ByteOrder.BIG_ENDIAN);
        }
    }

    private static boolean readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}

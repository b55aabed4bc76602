package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows in a database of SQLite's, page by page and without its help: it cannot be entered where its upper pages are
 * damaged, but the pages with the rows stand for themselves (https://sqlite.org/fileformat2.html#b_tree_pages). What looks
 * like a row need not be one: the caller checks. Not thread-safe.
 */
final class RawPages implements AutoCloseable {
    private static final int PAGE_BYTES = WalFrames.PAGE_BYTES;
    private static final int FILE_HEADER_BYTES = 100;
    private static final int TABLE_LEAF = 0x0D;

    /** Of a row all bytes up to this are in its page, of a longer one some (the format's own numbers). */
    private static final int MOST_LOCAL_BYTES = PAGE_BYTES - 35;

    private static final int LEAST_LOCAL_BYTES = (PAGE_BYTES - 12) * 32 / 255 - 23;

    /** No row of ours is longer: an event fits into a message of the read stream. */
    private static final int MOST_ROW_BYTES = 4 << 20;

    private static final Logger log = LoggerFactory.getLogger(RawPages.class);

    private final @Nullable FileChannel database;
    private final @Nullable FileChannel writeAhead;
    private final WalFrames frames;
    private final long databasePages;

    /** A row; {@code null} among its values is NULL, the others are Long, String or byte[]. */
    record Row(long id, List<@Nullable Object> values) {}

    RawPages(Path file) throws IOException {
        Path wal = Aside.wal(file);
        frames = WalFrames.readable(wal);
        // Where only the log is left its pages are all there is.
        FileChannel channel = Files.exists(file) ? FileChannel.open(file, StandardOpenOption.READ) : null;
        database = channel;
        boolean logged = frames.frames() > 0 || !frames.beyond().isEmpty();
        writeAhead = logged ? FileChannel.open(wal, StandardOpenOption.READ) : null;
        long inLog =
                frames.pages().keySet().stream().mapToLong(page -> page).max().orElse(0);
        databasePages = Math.max(channel == null ? 0 : (channel.size() + PAGE_BYTES - 1) / PAGE_BYTES, inLog);
    }

    /** How many images of pages there are to look at. */
    long images() {
        return databasePages + frames.beyond().size();
    }

    /** The rows of an image, 0, 1, …; none if it is no page with rows, and those only that have the form of a row. */
    List<Row> rows(long image) throws IOException {
        ByteBuffer page = image < databasePages
                ? page(image + 1)
                : read(writeAhead, frames.beyond().get((int) (image - databasePages)));
        int at = image == 0 ? FILE_HEADER_BYTES : 0;
        if (page == null || page.get(at) != TABLE_LEAF) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        int count = Math.min(Short.toUnsignedInt(page.getShort(at + 3)), PAGE_BYTES / 4);
        for (int cell = 0; cell < count; cell++) {
            int pointer = at + 8 + 2 * cell;
            Row row = pointer + 2 <= PAGE_BYTES ? row(page, Short.toUnsignedInt(page.getShort(pointer))) : null;
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private @Nullable ByteBuffer page(long number) throws IOException {
        Long logged = frames.pages().get(number);
        return logged == null ? read(database, (number - 1) * PAGE_BYTES) : read(writeAhead, logged);
    }

    /** A page, zeros where the file ends; null if the disk cannot read it: the others are worth the more. */
    private static @Nullable ByteBuffer read(@Nullable FileChannel channel, long at) throws IOException {
        if (channel == null) {
            return null;
        }
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        int n = 0;
        try {
            while (page.hasRemaining() && n >= 0) {
                n = channel.read(page, at + page.position());
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            log.warn("the page at byte {} of a damaged file cannot be read: {}", at, e.getMessage());
            return null;
        }
        return page.rewind();
    }

    private @Nullable Row row(ByteBuffer page, int at) throws IOException {
        try {
            ByteBuffer cell = page.duplicate().position(at);
            long length = varint(cell);
            long id = varint(cell);
            if (length <= 0 || length > MOST_ROW_BYTES) {
                return null;
            }
            ByteBuffer bytes = payload(cell, (int) length);
            return bytes == null ? null : record(id, bytes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            return null;
        }
    }

    /** A row's bytes, of which a long one has some in a chain of other pages. */
    private @Nullable ByteBuffer payload(ByteBuffer cell, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int local = length;
        if (length > MOST_LOCAL_BYTES) {
            int most = LEAST_LOCAL_BYTES + (length - LEAST_LOCAL_BYTES) % (PAGE_BYTES - 4);
            local = most <= MOST_LOCAL_BYTES ? most : LEAST_LOCAL_BYTES;
        }
        bytes.put(cell.slice(cell.position(), local));
        cell.position(cell.position() + local);
        long next = bytes.hasRemaining() ? Integer.toUnsignedLong(cell.getInt()) : 0;
        while (bytes.hasRemaining()) {
            ByteBuffer page = next > 0 && next <= databasePages ? page(next) : null;
            if (page == null) {
                return null;
            }
            next = Integer.toUnsignedLong(page.getInt());
            bytes.put(page.slice(4, Math.min(PAGE_BYTES - 4, bytes.remaining())));
        }
        return bytes.flip();
    }

    private static @Nullable Row record(long id, ByteBuffer bytes) {
        int headerEnd = (int) varint(bytes);
        ByteBuffer content = bytes.duplicate().position(headerEnd);
        List<@Nullable Object> values = new ArrayList<>();
        while (bytes.position() < headerEnd) {
            values.add(value(varint(bytes), content));
        }
        // A row that is not filled to the byte is none.
        return bytes.position() == headerEnd && !content.hasRemaining()
                ? new Row(id, Collections.unmodifiableList(values))
                : null;
    }

    private static @Nullable Object value(long type, ByteBuffer content) {
        if (type == 0) {
            return null;
        }
        if (type == 8 || type == 9) {
            return type - 8;
        }
        if (type < 7) {
            int size = type == 5 ? 6 : type == 6 ? 8 : (int) type;
            long number = content.get();
            for (int i = 1; i < size; i++) {
                number = (number << 8) | Byte.toUnsignedLong(content.get());
            }
            return number;
        }
        if (type < 12 || type > 2L * MOST_ROW_BYTES) {
            throw new IllegalArgumentException("type " + type);
        }
        byte[] bytes = new byte[(int) (type - 12) / 2];
        content.get(bytes);
        return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = from.get();
            value = (value << 7) | (next & 0x7F);
            if (next >= 0) {
                return value;
            }
        }
        return (value << 8) | Byte.toUnsignedLong(from.get());
    }

    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
        }
        if (writeAhead != null) {
            writeAhead.close();
        }
    }
}

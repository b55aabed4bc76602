package org.matgate.gateway.journal;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;

/** Makes entries of raw rows, if their checksum says that they are what was written. Not thread-safe. */
final class RawEvents {
    /** Columns of {@code event} in versions 1 and 2, and since. */
    private static final int OLDEST_COLUMNS = 15;

    private static final int COLUMNS = 17;

    private final RawNames names;
    private final Checksum checksum = new Checksum();

    /** An entry of a journal. */
    record Found(JournalId journal, Entry entry) {}

    RawEvents(RawNames names) {
        this.names = names;
    }

    /** Whether the row has the form of an event, so that one is lost if it is none. */
    static boolean looksLikeOne(RawPages.Row row) {
        int columns = row.values().size();
        return columns >= OLDEST_COLUMNS && columns <= COLUMNS && Schema.seq(row.id()) > 0;
    }

    /** What the row holds; null if it is damaged. */
    @Nullable Found found(RawPages.Row row) {
        try {
            boolean checked = row.values().size() == COLUMNS && row.values().get(COLUMNS - 1) != null;
            if (!checked && !mayLackChecksum(row)) {
                return null;
            }
            for (UUID boot : names.boots(number(row, 2))) {
                Found found = found(row, checked, boot);
                if (found != null || !checked) {
                    return found;
                }
            }
        } catch (IllegalArgumentException | ArithmeticException | StreamFormatException e) {
            // Then it is not what was written.
        }
        return null;
    }

    /** An older version's, if there is a note of what that wrote; else one of the form that only it wrote. */
    private boolean mayLackChecksum(RawPages.Row row) {
        OptionalLong last = names.lastUnchecked();
        return last.isPresent()
                ? row.id() > 0 && row.id() <= last.getAsLong()
                : row.values().size() < COLUMNS;
    }

    private @Nullable Found found(RawPages.Row row, boolean checked, UUID boot) throws StreamFormatException {
        long seq = Schema.seq(row.id());
        int kind = Math.toIntExact(number(row, 1));
        Object uncertainty = row.values().get(5);
        Stamp stamp = new Stamp(
                boot,
                number(row, 3),
                number(row, 4),
                uncertainty == null ? Stamp.UNSYNCHRONISED : number(row, 5),
                row.values().size() > OLDEST_COLUMNS && row.values().get(15) != null ? number(row, 15) : 0);
        Collection<JournalId> journals = names.journals(row.id() >> Schema.SEQ_BITS);
        if (kind != Schema.TAG_READ) {
            byte[] body = bytes(row, 14);
            JournalId journal = checked
                    ? first(journals, id -> checksum.of(id, seq, kind, stamp, body), number(row, 16))
                    : journals.stream().findFirst().orElse(null);
            return journal == null
                    ? null
                    : new Found(journal, new Entry(seq, EventCodec.event(stamp, kind, ByteString.copyFrom(body))));
        }
        for (Source source : names.sources(number(row, 6))) {
            Event.TagRead read = read(row, stamp, source);
            JournalId journal = checked
                    ? first(journals, id -> checksum.of(id, seq, read), number(row, 16))
                    : journals.stream().findFirst().orElse(null);
            if (journal != null) {
                return new Found(journal, new Entry(seq, read));
            }
        }
        return null;
    }

    private interface Sum {
        long of(JournalId journal);
    }

    private static @Nullable JournalId first(Collection<JournalId> journals, Sum sum, long wanted) {
        for (JournalId journal : journals) {
            if (sum.of(journal) == wanted) {
                return journal;
            }
        }
        return null;
    }

    private static Event.TagRead read(RawPages.Row row, Stamp stamp, Source source) {
        Object rssi = row.values().get(9);
        if (!(row.values().get(8) instanceof String chip)) {
            throw new IllegalArgumentException("no chip");
        }
        return new Event.TagRead(
                stamp,
                source,
                Math.toIntExact(number(row, 7)),
                new Chip(chip),
                rssi == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(number(row, 9))),
                new ReaderTime(Columns.readerTimeBase(Math.toIntExact(number(row, 10))), number(row, 11)),
                number(row, 12),
                Math.toIntExact(number(row, 13)));
    }

    private static long number(RawPages.Row row, int column) {
        List<@Nullable Object> values = row.values();
        if (values.get(column) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("column " + column + " is no number");
    }

    private static byte[] bytes(RawPages.Row row, int column) {
        if (row.values().get(column) instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalArgumentException("column " + column + " is no blob");
    }
}

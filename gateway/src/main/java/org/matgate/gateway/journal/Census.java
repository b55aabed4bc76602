package org.matgate.gateway.journal;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * How many events of each kind a file holds, journal by journal, and of which boots. Immutable.
 *
 * @param kinds by the journal's number and the kind's, how many
 * @param boots by the journal's number
 */
public record Census(Map<Long, Map<Integer, Long>> kinds, Map<Long, Set<UUID>> boots) {
    public Census {
        kinds = Map.copyOf(kinds);
        boots = Map.copyOf(boots);
    }

    /**
     * Looks at all events that are there, page by page: one long look would keep checkpoints waiting.
     *
     * @param seen is told how many have been looked at by now
     */
    public static Census of(JournalFile file, LongConsumer seen) throws IOException {
        Map<Long, Map<Integer, Long>> kinds = new HashMap<>();
        Map<Long, Set<UUID>> boots = new HashMap<>();
        // Bounded by what is there now: a writer that is faster than this would keep it counting.
        try (PreparedStatement select = file.connection()
                .prepareStatement("SELECT id >> " + Schema.SEQ_BITS
                        + ", kind, boot, count(*), max(id) FROM (SELECT id, kind, boot FROM event WHERE id > ? AND id <= ?"
                        + " ORDER BY id LIMIT " + JournalFile.PAGE_EVENTS + ") GROUP BY 1, 2, 3")) {
            long end = lastId(file);
            long all = 0;
            for (long last = Long.MIN_VALUE; last < end; ) {
                long before = last;
                select.setLong(1, last);
                select.setLong(2, end);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        kinds.computeIfAbsent(row.getLong(1), journal -> new TreeMap<>())
                                .merge(row.getInt(2), row.getLong(4), Long::sum);
                        boots.computeIfAbsent(row.getLong(1), journal -> new TreeSet<>())
                                .add(file.names().boot(row.getInt(3)));
                        all += row.getLong(4);
                        last = Math.max(last, row.getLong(5));
                    }
                }
                if (last == before) {
                    break; // What was there has been deleted meanwhile.
                }
                seen.accept(all);
            }
            return new Census(kinds, boots);
        } catch (SQLException e) {
            throw file.failed("what kinds of events there are", e);
        }
    }

    /** The id of the last event; 0 if there is none. */
    static long lastId(JournalFile file) throws SQLException {
        try (PreparedStatement select = file.connection().prepareStatement("SELECT max(id) FROM event");
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** All events of a journal. */
    public long events(JournalRow journal) {
        return kinds.getOrDefault(journal.number(), Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The reads of a journal. */
    public long reads(JournalRow journal) {
        return kinds.getOrDefault(journal.number(), Map.of()).getOrDefault(Schema.TAG_READ, 0L);
    }

    /** How many events of each kind there are in all journals, by the kind's number. */
    public Map<Integer, Long> all() {
        Map<Integer, Long> all = new TreeMap<>();
        kinds.values().forEach(journal -> journal.forEach((kind, count) -> all.merge(kind, count, Long::sum)));
        return all;
    }
}

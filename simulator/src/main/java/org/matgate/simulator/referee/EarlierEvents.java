package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What an engine held at a moment, so that one can see later whether something of it was changed, has vanished or was
 * doubled. Immutable.
 */
public final class EarlierEvents {
    private static final String ROWS = "SELECT journal.id, seq, concat_ws('|', key, kind_number, boot, monotonic_nanos,"
            + " utc_nanos, uncertainty_nanos, moment_uncertainty_nanos, reader, timing_point, line, antenna, chip,"
            + " rssi_centi_dbm, reader_time_base, reader_time_micros, arrival_monotonic_nanos, sightings, hex(body),"
            + " stored_utc_nanos) FROM entry JOIN journal ON journal.number = entry.journal ORDER BY key";

    private final Marks marks;
    private final Map<String, Content> byJournal;

    /** @param sum of all columns of all rows, in the order of their numbers */
    private record Content(long events, long sum) {}

    private static final class Sum {
        private final CRC32C crc = new CRC32C();
        private long events;

        private void add(String row) {
            crc.update(row.getBytes(StandardCharsets.UTF_8));
            events++;
        }
    }

    private EarlierEvents(Marks marks, Map<String, Content> byJournal) {
        this.marks = marks;
        this.byJournal = byJournal;
    }

    /** Nothing. */
    public static EarlierEvents none() {
        return new EarlierEvents(Marks.NONE, Map.of());
    }

    /** All that the engine holds now. */
    public static EarlierEvents of(Path engineDatabase) throws IOException {
        Marks marks = Marks.of(engineDatabase);
        return new EarlierEvents(marks, content(engineDatabase, marks));
    }

    /** How far it goes. */
    public Marks marks() {
        return marks;
    }

    private static Map<String, Content> content(Path file, Marks marks) throws IOException {
        Map<String, Sum> sums = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROWS)) {
            while (row.next()) {
                String journal = row.getString(1);
                if (!marks.isBehind(journal, row.getLong(2))) {
                    sums.computeIfAbsent(journal, id -> new Sum()).add(row.getString(3));
                }
            }
        } catch (SQLException e) {
            throw new IOException("cannot read the engine's database " + file + ": " + e.getMessage(), e);
        }
        Map<String, Content> content = new TreeMap<>();
        sums.forEach((journal, sum) -> content.put(journal, new Content(sum.events, sum.crc.getValue())));
        return content;
    }

    /** What has become of it since, each for a person; nothing if all is as it was. */
    public List<String> changes(Path engineDatabase) throws IOException {
        Map<String, Content> now = content(engineDatabase, marks);
        List<String> changes = new ArrayList<>();
        byJournal.forEach((journal, then) -> {
            Content there = now.getOrDefault(journal, new Content(0, 0));
            if (there.events() != then.events()) {
                changes.add("of journal " + journal + " the engine held " + then.events()
                        + " events after the cycle before, and of the same ones " + there.events() + " now");
            } else if (there.sum() != then.sum()) {
                changes.add("of journal " + journal + " the engine holds events of earlier cycles with other content");
            }
        });
        now.keySet().stream()
                .filter(journal -> !byJournal.containsKey(journal))
                .forEach(journal -> changes.add("events came into journal " + journal + " where it had been complete"));
        return changes;
    }
}

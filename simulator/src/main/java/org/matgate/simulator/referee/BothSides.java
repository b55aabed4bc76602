package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares number by number what a box's journals hold with what an engine holds of them, events of all kinds. */
public final class BothSides {
    private static final String BOX = "SELECT journal.id, count(*), min(event.id & 0xFFFFFFFFFF),"
            + " max(event.id & 0xFFFFFFFFFF) FROM event JOIN journal ON journal.number = event.id >> 40"
            + " GROUP BY journal.id";
    private static final String ENGINE = "SELECT journal.id, count(*), min(seq), max(seq) FROM event"
            + " JOIN journal ON journal.number = event.journal GROUP BY journal.id";

    private BothSides() {}

    private record Held(long events, long first, long last) {
        String text() {
            return events + " events, " + first + " to " + last;
        }
    }

    /**
     * What is missing where, each for a person: a journal has every number from 1 on at the box, and the engine holds all
     * of them, be it that it holds more. A journal that is missing at the box is none of this.
     */
    public static List<String> differences(Path boxJournal, Path engineDatabase) throws IOException {
        SortedMap<String, Held> engine = held(engineDatabase, ENGINE);
        List<String> differences = new ArrayList<>();
        held(boxJournal, BOX).forEach((journal, box) -> {
            Held there = engine.getOrDefault(journal, new Held(0, 0, 0));
            if (box.first() != 1 || box.last() != box.events()) {
                differences.add("the box's journal " + journal + " has holes: " + box.text());
            }
            if (there.events() < box.events() || there.last() < box.last() || there.first() != 1) {
                differences.add(
                        "of journal " + journal + " the box holds " + box.text() + ", the engine " + there.text());
            }
        });
        return differences;
    }

    private static SortedMap<String, Held> held(Path file, String query) throws IOException {
        SortedMap<String, Held> held = new TreeMap<>();
        if (!Files.exists(file)) {
            return held;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                held.put(row.getString(1), new Held(row.getLong(2), row.getLong(3), row.getLong(4)));
            }
            return held;
        } catch (SQLException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/**
 * Saves from a damaged file of journals every event of which the checksum says that it is what was written, whatever
 * else is damaged, under its own journal and seq. The damaged file is only read. Not thread-safe.
 */
public final class Salvage implements AutoCloseable {
    /** Pages at a time: some hundredths of a second, with the events of most of them. */
    private static final int IMAGES_A_STEP = 32;

    private final Path damaged;
    private final Optional<Told> told;
    private final RawPages pages;
    private final RawNames names = new RawNames();
    private final RawEvents events = new RawEvents(names);
    private final Map<JournalId, Long> numbers = new HashMap<>();
    private final Map<JournalId, EventWriter> writers = new HashMap<>();
    private final Map<JournalId, SeqRanges> saved = new HashMap<>();
    private long image;
    private boolean named;
    private long damagedRows;

    /**
     * What was saved of a journal.
     *
     * @param box whose it is; empty if that is lost
     * @param events how many were saved
     * @param lastSeq the last of them, 0 if there is none; whether there were more only a service can say that wrote them
     * @param lost what is missing before that, and before what was told
     */
    public record Saved(JournalId journal, String box, long events, long lastSeq, SeqRanges lost) {}

    /**
     * What was saved of a file.
     *
     * @param journals the oldest first; such as have, and had, no event are not among them
     * @param damagedRows how many rows were found that are not what was written
     */
    public record Report(Path file, List<Saved> journals, long damagedRows) {
        public Report {
            journals = List.copyOf(journals);
        }

        /** In a line, for a log. */
        public String text() {
            StringBuilder text = new StringBuilder(file.getFileName() + ": ");
            for (Saved saved : journals) {
                text.append(saved.events).append(" events of journal ").append(saved.journal);
                text.append(" saved, the last is ").append(saved.lastSeq);
                text.append(saved.lost.isEmpty() ? "" : ", lost are " + saved.lost.size() + ": ");
                text.append(saved.lost.isEmpty() ? "" : saved.lost.largest(8)).append("; ");
            }
            return text.append(journals.isEmpty() ? "nothing could be saved, " : "")
                    .append(damagedRows)
                    .append(" rows were damaged")
                    .toString();
        }
    }

    /** @param told how far the journal was told of that was written last, where that is known */
    Salvage(Path damaged, Optional<Told> told) throws IOException {
        this.damaged = damaged;
        this.told = told;
        pages = new RawPages(damaged);
    }

    /**
     * Saves what can be saved into a new file {@code journal.db}.
     *
     * @param damaged a file of journals, with its {@code -wal} beside it where there is one; nobody may write to it
     * @param targetDirectory has no {@code journal.db} yet
     * @throws IOException if the one cannot be read at all, or the other not be written; the text says why
     */
    public static Report run(Path damaged, Path targetDirectory) throws IOException {
        Path target = targetDirectory.resolve("journal.db");
        if (Files.exists(target)) {
            throw new IOException(target + " is there already: name a directory that has none");
        }
        DataDirectory.make(targetDirectory);
        NativeLibrary.shareIn(damaged.toAbsolutePath().resolveSibling("native"));
        try (Salvage salvage = new Salvage(damaged, Optional.empty());
                Connection connection = Schema.writer(target)) {
            Schema.prepare(connection, target);
            EventWriter writer = new EventWriter(connection, new Life(1, new JournalId(0, 0), false));
            boolean done = false;
            while (!done) {
                done = salvage.step(writer);
            }
            writer.close();
            return salvage.report();
        } catch (SQLException e) {
            throw new IOException(target + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Does a little, in a transaction of its own.
     *
     * @param into a writer of the file to which the events go; always of the same connection until it fails
     * @return whether all is done
     */
    boolean step(EventWriter into) throws SQLException, IOException {
        long end = Math.min(pages.images(), image + (named ? IMAGES_A_STEP : 8L * IMAGES_A_STEP));
        if (!named) {
            for (; image < end; image++) {
                pages.rows(image).forEach(names::add);
            }
            if (image == pages.images()) {
                named = true;
                image = 0;
            }
            return false;
        }
        for (; image < end; image++) {
            save(pages.rows(image), into);
        }
        into.connection().commit();
        return image == pages.images();
    }

    /** The connection has failed: with another one the work begins where the last transaction ended, or before. */
    void failed() {
        writers.clear();
        numbers.clear();
        image = 0;
    }

    private void save(List<RawPages.Row> rows, EventWriter into) throws SQLException {
        Map<JournalId, List<Entry>> found = new LinkedHashMap<>();
        for (RawPages.Row row : rows) {
            if (RawEvents.looksLikeOne(row)) {
                RawEvents.Found event = events.found(row);
                if (event == null) {
                    damagedRows++;
                } else if (!isInDoubt(event)) {
                    found.computeIfAbsent(event.journal(), unused -> new ArrayList<>())
                            .add(event.entry());
                }
            }
        }
        for (Map.Entry<JournalId, List<Entry>> part : found.entrySet()) {
            writer(part.getKey(), into).add(part.getValue());
            SeqRanges seqs = SeqRanges.of(part.getValue().stream()
                    .map(entry -> new SeqRanges.Range(entry.seq(), entry.seq()))
                    .toList());
            saved.merge(part.getKey(), seqs, SeqRanges::plus);
        }
    }

    /** A commit of which nobody was told: whoever gave the events has committed them again, in another journal. */
    private boolean isInDoubt(RawEvents.Found event) {
        return told.isPresent()
                && event.journal().equals(told.get().journal())
                && event.entry().seq() > told.get().seq();
    }

    private EventWriter writer(JournalId journal, EventWriter into) throws SQLException {
        EventWriter writer = writers.get(journal);
        if (writer == null) {
            if (numbers.isEmpty()) {
                number(into.connection());
            }
            long number = numbers.getOrDefault(journal, 0L);
            insert(into.connection(), journal, number);
            writer = into.saving(new Life(number, journal, true));
            writers.put(journal, writer);
        }
        return writer;
    }

    /** Numbers the journals below those that are there, the newest first: 0, -1, -2, … */
    private void number(Connection connection) throws SQLException {
        long lowest = 1;
        try (PreparedStatement select = connection.prepareStatement("SELECT number, id FROM journal");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.put(JournalId.parse(row.getString(2)), row.getLong(1));
                lowest = Math.min(lowest, row.getLong(1));
            }
        }
        for (JournalId journal : names.journals().reversed()) {
            if (!numbers.containsKey(journal)) {
                numbers.put(journal, --lowest);
            }
        }
    }

    private void insert(Connection connection, JournalId journal, long number) throws SQLException {
        RawNames.About about = names.about(journal);
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT OR IGNORE INTO journal(number, id, box, machine, boot, created_utc_nanos, closed)
                VALUES(?, ?, ?, ?, ?, ?, 1)""")) {
            insert.setLong(1, number);
            insert.setString(2, journal.toString());
            insert.setString(3, about.box());
            insert.setString(4, about.machine());
            insert.setString(5, about.boot());
            insert.setLong(6, about.createdUtcNanos());
            insert.executeUpdate();
        }
    }

    Report report() {
        List<Saved> journals = new ArrayList<>();
        Set<JournalId> known = new LinkedHashSet<>(names.journals());
        told.map(Told::journal).ifPresent(known::add);
        for (JournalId journal : known) {
            SeqRanges found = saved.getOrDefault(journal, SeqRanges.EMPTY);
            long last = Math.max(found.last(), toldOf(journal));
            if (last > 0) {
                SeqRanges lost = SeqRanges.of(1, last).minus(found);
                String box = names.about(journal).box();
                journals.add(new Saved(journal, box, found.size(), found.last(), lost));
            }
        }
        return new Report(damaged, journals, damagedRows);
    }

    private long toldOf(JournalId journal) {
        return told.filter(last -> last.journal().equals(journal))
                .map(Told::seq)
                .orElse(0L);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.StreamFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the journals, from its opening to what is done when it cannot be used any more: then it is kept aside, a
 * new one takes its place, and what can be saved of the old one follows. One thread uses it at a time.
 */
final class Store {
    private static final Logger log = LoggerFactory.getLogger(Store.class);

    /** SQLite's codes of what is wrong with the disk, the rights or the neighbours, but not with the file. */
    private static final Set<Integer> NOT_THE_FILE = Set.of(3, 5, 6, 7, 8, 10, 13, 14, 23);

    static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int DISK_ERROR = 10;
    static final int FULL = 13;

    /** Of SQLite's longer codes these bits tell what is wrong at all. */
    private static final int PRIMARY_CODE = 0xFF;

    private static final Pattern PAGE_ERROR = Pattern.compile("unable to get the page\\. error code=(\\d{1,9})");

    /** Structure at the end, where the next events go, is looked at so far. */
    private static final int LAST_EVENTS = 1000;

    private final Path file;
    private final Journal.Opening opening;
    private final Journal.Tuning tuning;
    private final boolean sameBoot;
    private final Notices notices;

    /**
     * The file, ready to be written.
     *
     * @param life which journal is written; another one than before where the file could not be trusted
     */
    record Opened(EventWriter writer, Life life) {}

    /** @param sameBoot whether the last process that wrote the file did so in this boot */
    Store(Path file, Journal.Opening opening, Journal.Tuning tuning, boolean sameBoot, Notices notices) {
        this.file = file;
        this.opening = opening;
        this.tuning = tuning;
        this.sameBoot = sameBoot;
        this.notices = notices;
    }

    Path file() {
        return file;
    }

    /** What its disk has room for; empty if that cannot be found out. */
    OptionalLong usableBytes() {
        try {
            return OptionalLong.of(Files.getFileStore(file).getUsableSpace());
        } catch (IOException e) {
            log.debug("room on the disk of {}", file, e);
            return OptionalLong.empty();
        }
    }

    /**
     * Opens the file, after a look at what the start and the next events need of it; the rest is checked when it is read.
     *
     * @param told how far the present journal was told of, if this process has written it
     * @throws IOException if this version of the software cannot use the file; the text says why
     */
    Opened open(Optional<Told> told) throws SQLException, IOException {
        Optional<String> damage = Aside.damage(file, sameBoot);
        if (damage.isPresent()) {
            return openNew(damage.get(), told);
        }
        try {
            return begin(false);
        } catch (SQLException e) {
            if (isDamage(e)) {
                return openNew(String.valueOf(e.getMessage()), told);
            }
            throw e;
        }
    }

    /** Keeps the file aside and begins a new one; {@code told} as {@link #open} has it. */
    Opened openNew(String why, Optional<Told> told) throws SQLException, IOException {
        Optional<Path> kept = Aside.keep(file);
        Opened opened = begin(true);
        if (kept.isPresent()) {
            try {
                // If this fails the rescue finds the file all the same, but not why it is there.
                String name = kept.get().getFileName().toString();
                Rescue.add(opened.writer().connection(), name, why, told);
                opened.writer().connection().commit();
            } catch (SQLException e) {
                opened.writer().close();
                throw e;
            }
        }
        String where = kept.map(path -> "kept as " + path.getFileName() + ", what can be saved of it follows")
                .orElse("nothing of it is left to keep");
        log.error("{} is damaged ({}); {}, and journal {} begins", file, why, where, opened.life());
        notices.add(BoxCondition.JOURNAL_DAMAGED, file.getFileName() + " is damaged: " + why + "; " + where);
        return opened;
    }

    /** Opens a writer of the journal that was written before. */
    EventWriter again(Life life) throws SQLException {
        Connection connection = Schema.writer(file, opening.forced());
        try {
            return new EventWriter(tuning.tune(connection), life);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Begins a new journal behind the present one, in which this one's numbers end. */
    Opened anew(EventWriter writer) throws SQLException {
        Life life = Life.begin(writer.connection(), opening, true);
        return new Opened(writer.of(life), life);
    }

    private Opened begin(boolean anew) throws SQLException, IOException {
        Connection connection = Schema.writer(file, opening.forced());
        try {
            Schema.prepare(connection, file);
            check(connection);
            Life life = Life.begin(connection, opening, anew);
            connection.commit();
            // SQLite makes a new file behind a rollback journal, whose end is not forced: found again after a power cut
            // it would empty the file, and SQLite drop the write-ahead log with all that was committed since.
            DataDirectory.sync(file.resolveSibling("."));
            return new Opened(new EventWriter(tuning.tune(connection), life), life);
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The small tables whole, with what they are looked up by; of the events the end. */
    private static void check(Connection connection) throws SQLException {
        Names names = new Names(connection);
        try (Statement statement = connection.createStatement()) {
            for (String table : new String[] {"spare", "salvage", "clock_piece", "journal"}) {
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        row.getObject(columns);
                    }
                }
            }
            for (String table : new String[] {"journal", "boot", "source", "clock_piece"}) {
                try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(" + table + ")")) {
                    while (row.next()) {
                        String found = row.getString(1);
                        if (!found.equals("ok")) {
                            throw damaged(table, found);
                        }
                    }
                }
            }
            // Of each journal, as nobody may take one for shorter than it is.
            JournalRow.all(connection);
            try (ResultSet row = statement.executeQuery(
                    "SELECT " + Columns.LIST + " FROM event ORDER BY id DESC LIMIT " + LAST_EVENTS)) {
                if (row.next()) {
                    Columns.entry(row, names);
                }
                while (row.next()) {
                    row.getLong(1);
                }
            }
        } catch (StreamFormatException | IllegalArgumentException e) {
            throw new SQLException("a journal or the last event is damaged: " + e.getMessage(), e);
        }
    }

    /** What SQLite's check of a table means: it tells of a failing disk in words, too, and that is not the file. */
    static SQLException damaged(String table, String found) {
        Matcher page = PAGE_ERROR.matcher(found);
        boolean disk = page.find() && (Integer.parseInt(page.group(1)) & PRIMARY_CODE) == DISK_ERROR;
        return new SQLException("table " + table + " is damaged: " + found, null, disk ? DISK_ERROR : 0);
    }

    /** Whether the file itself is to blame. */
    static boolean isDamage(SQLException e) {
        return !NOT_THE_FILE.contains(e.getErrorCode());
    }

    /** Whether SQLite itself says that what it finds in the file cannot be. */
    static boolean isCorrupt(SQLException e) {
        return e.getErrorCode() == 11 || e.getErrorCode() == 26;
    }

    /** Whether what failed may be one place in the file, and what lies behind it whole. */
    static boolean isInTheWay(SQLException e) {
        return isCorrupt(e) || isDiskError(e);
    }

    /** Whether the disk has failed, here or altogether. */
    static boolean isDiskError(SQLException e) {
        return e.getErrorCode() == DISK_ERROR;
    }

    /** Whether nothing is wrong but that there is no room, or somebody else has the file for a moment. */
    static boolean isFullOrBusy(SQLException e) {
        return e.getErrorCode() == FULL || e.getErrorCode() == BUSY || e.getErrorCode() == LOCKED;
    }

    static boolean isFull(SQLException e) {
        return e.getErrorCode() == FULL;
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The file {@code journal.db}, version {@value #VERSION} ({@code PRAGMA user_version}): an SQLite database in WAL mode
 * that holds every journal of the box.
 *
 * <table>
 * <caption>{@code journal}: one row a journal</caption>
 * <tr><td>number</td><td>1, 2, 3, …; the largest is the current one</td></tr>
 * <tr><td>id</td><td>32 hexadecimal digits, random: its name for ever</td></tr>
 * <tr><td>box, machine</td><td>whose it is; another box or machine begins its own</td></tr>
 * <tr><td>boot</td><td>the boot that wrote it; another one begins its own</td></tr>
 * <tr><td>created_utc_nanos</td><td>as believed then</td></tr>
 * <tr><td>closed</td><td>1 after a clean close, 0 from each opening on</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code event}: one row an event, only ever appended; no index, which would cost more than the row</caption>
 * <tr><td>id</td><td>journal number * 2^40 + seq</td></tr>
 * <tr><td>kind</td><td>the field's number in the message Event of read_stream.proto</td></tr>
 * <tr><td>boot</td><td>number of a row of {@code boot}, whose id is the kernel's boot_id</td></tr>
 * <tr><td>monotonic_nanos</td><td>when, on CLOCK_MONOTONIC of that boot</td></tr>
 * <tr><td>utc_nanos</td><td>the same since 1970 in UTC, as believed then</td></tr>
 * <tr><td>uncertainty_nanos</td><td>how wrong that may be; NULL where nothing vouched for the clock</td></tr>
 * <tr><td>moment_uncertainty_nanos</td><td>what of it is not the clock's: how far monotonic_nanos may be off</td></tr>
 * <tr><td>source</td><td>number of a row of {@code source} (reader, timing point, line); NULL: no reader's event</td></tr>
 * <tr><td colspan="2">Only reads have what follows, but for {@code body}.</td></tr>
 * <tr><td>antenna</td><td>1, 2, …; 0 where the reader does not say</td></tr>
 * <tr><td>chip</td><td>hexadecimal digits</td></tr>
 * <tr><td>rssi_centi_dbm</td><td>1/100 dBm; NULL where the reader does not say</td></tr>
 * <tr><td>reader_time_base</td><td>ReaderTimeBase of read_stream.proto: 0 none, 1 cycle, 2 civil, 3 UTC, 4 uptime</td></tr>
 * <tr><td>reader_time_micros</td><td>on that base</td></tr>
 * <tr><td>arrival_monotonic_nanos</td><td>when the bytes arrived</td></tr>
 * <tr><td>sightings</td><td>how many the reader merged</td></tr>
 * <tr><td>body</td><td>NULL for a read; else the message of the event's kind, protobuf</td></tr>
 * <tr><td>checksum</td><td>of the row and its name, see {@link Checksum}; NULL in what versions 1 and 2 wrote,
 *     up to the id that {@code spare} names ("unchecked"), damage behind it</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code clock_piece}: one row a ClockState, in columns by which a view can look it up</caption>
 * <tr><td>event</td><td>the id of that event</td></tr>
 * <tr><td>boot</td><td>the boot that it maps</td></tr>
 * <tr><td>edition, from_monotonic_nanos, until_monotonic_nanos, anchor_monotonic_nanos, anchor_utc_nanos, rate_ppb,
 *     uncertainty_nanos, uncertainty_growth_ppb, source</td><td>as in read_stream.proto; uncertainty NULL: no
 *     bound</td></tr>
 * </table>
 *
 * <table>
 * <caption>For the worst case</caption>
 * <tr><td>spare</td><td>every row of {@code journal}, {@code boot} and {@code source} once more, on another page: events
 *     are of no use without them; each version that the file has had; the last
 *     event without a checksum (0: all have one)</td></tr>
 * <tr><td>salvage</td><td>one row a file that was found damaged and is kept aside: its name, why, whether all that can
 *     be saved of it is in here (done), and what that came to; before, where it is known, the journal that was written last
 *     and the last seq of it that anybody was told</td></tr>
 * </table>
 *
 * <p>The views are for people: {@code entry} (every event) and {@code read} (reads), with names and times written out,
 * times as they are known by now: restated by the pieces. What was believed is in {@code believed_utc_nanos}.
 *
 * <p>Version 1 had neither {@code clock_piece} nor {@code moment_uncertainty_nanos}, version 2 no {@code checksum}, {@code
 * spare} and {@code salvage}; an older file is brought up to date when it is opened.
 */
final class Schema {
    static final int VERSION = 3;

    /** The kind of a read; the tests hold it to the codec's. */
    static final int TAG_READ = 16;

    /** The kind of a piece of the map from CLOCK_MONOTONIC to UTC; the tests hold it to the codec's. */
    static final int CLOCK_STATE = 19;

    /** Seqs take the lower bits of an event's id: room for a million million. */
    static final int SEQ_BITS = 40;

    static final long MAX_SEQ = (1L << SEQ_BITS) - 1;

    /** Somebody else's lock on the file is waited for so long; the writer then tries again by itself. */
    private static final int BUSY_TIMEOUT_MILLIS = 500;

    private Schema() {}

    /** The id of an event. */
    static long id(long journalNumber, long seq) {
        return (journalNumber << SEQ_BITS) + seq;
    }

    /** The seq within its journal of an event with this id. */
    static long seq(long id) {
        return id & MAX_SEQ;
    }

    /** Opens the one connection that writes; it is in a transaction from commit to commit, as JDBC has it. */
    static Connection writer(Path file) throws SQLException {
        return writer(file, true);
    }

    /** @param forced whether each commit waits for the disk; false only to show what becomes of it then */
    static Connection writer(Path file, boolean forced) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(forced ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        // The log is never truncated, also where the driver was built otherwise: overwriting syncs three times faster
        // than growing, and its room is the reserve for a full disk. Checkpoints are the writer's own.
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "-1");
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(false);
        // Asking for them after every row takes longer than the row.
        config.setGetGeneratedKeys(false);
        // One thread at a time uses a connection: SQLite's own lock, taken for every parameter, would be for nobody.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_autocheckpoint = 0");
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a connection that only reads, each statement in a transaction of its own. */
    static Connection reader(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /**
     * Makes the tables in a new file, and brings an older one up to date. Commits.
     *
     * @throws IOException if this version of the software cannot use the file; the text says why
     */
    static void prepare(Connection writer, Path file) throws SQLException, IOException {
        try (Statement statement = writer.createStatement()) {
            int version = (int) number(statement, "PRAGMA user_version");
            if (version == VERSION) {
                return;
            }
            boolean ours = number(statement, "SELECT count(*) FROM sqlite_master WHERE name = 'event'") > 0;
            if (version > VERSION && ours && !names(statement, version)) {
                throw new SQLException("it says that it is of version " + version + ", but holds nothing of it");
            }
            if (version > VERSION) {
                throw new IOException(file + " is of version " + version + ", this matgate knows versions up to "
                        + VERSION + ": install the newer matgate that wrote it, or move the file away");
            }
            if (ours && version < 1) {
                throw new SQLException("it says that it is of version " + version + ", but holds events");
            }
            if (version < 0 || (version == 0 && number(statement, "SELECT count(*) FROM sqlite_master") > 0)) {
                throw new IOException(file + " is a database, but no journal of matgate's: move it away");
            }
            for (String step : Ddl.STEPS.subList(version, VERSION)) {
                statement.executeUpdate(step);
            }
            statement.executeUpdate(Ddl.VIEWS);
            if (version == 1) {
                ClockPieces.gather(writer);
            }
            statement.executeUpdate("PRAGMA user_version = " + VERSION);
            statement.executeUpdate(
                    "INSERT INTO spare(of, row, first, second, third) VALUES('version', " + VERSION + ", '', '', '')");
        }
        writer.commit();
    }

    /** Whether the file names this version where each since the third does: a damaged header is no newer version. */
    private static boolean names(Statement statement, int version) throws SQLException {
        return number(statement, "SELECT count(*) FROM spare WHERE of = 'version' AND row = " + version) > 0;
    }

    /** The number that a query of one row and column gives; 0 if there is no row. */
    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}

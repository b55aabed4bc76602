package org.matgate.gateway.journal;

import java.util.List;

/** The statements that make the tables and views of {@link Schema}, which says what they hold. */
final class Ddl {
    private static final String TO_VERSION_1 = """
            CREATE TABLE journal(
              number INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              box TEXT NOT NULL,
              machine TEXT NOT NULL,
              boot TEXT NOT NULL,
              created_utc_nanos INTEGER NOT NULL,
              closed INTEGER NOT NULL) STRICT;
            CREATE TABLE boot(
              number INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE source(
              number INTEGER PRIMARY KEY,
              reader TEXT NOT NULL,
              timing_point TEXT NOT NULL,
              line TEXT NOT NULL,
              UNIQUE(reader, timing_point, line)) STRICT;
            CREATE TABLE event(
              id INTEGER PRIMARY KEY,
              kind INTEGER NOT NULL,
              boot INTEGER NOT NULL,
              monotonic_nanos INTEGER NOT NULL,
              utc_nanos INTEGER NOT NULL,
              uncertainty_nanos INTEGER,
              source INTEGER,
              antenna INTEGER,
              chip TEXT,
              rssi_centi_dbm INTEGER,
              reader_time_base INTEGER,
              reader_time_micros INTEGER,
              arrival_monotonic_nanos INTEGER,
              sightings INTEGER,
              body BLOB) STRICT;
            """;

    private static final String TO_VERSION_2 = """
            ALTER TABLE event ADD COLUMN moment_uncertainty_nanos INTEGER;
            CREATE TABLE clock_piece(
              event INTEGER PRIMARY KEY,
              boot INTEGER NOT NULL,
              edition INTEGER NOT NULL,
              from_monotonic_nanos INTEGER NOT NULL,
              until_monotonic_nanos INTEGER NOT NULL,
              anchor_monotonic_nanos INTEGER NOT NULL,
              anchor_utc_nanos INTEGER NOT NULL,
              rate_ppb INTEGER NOT NULL,
              uncertainty_nanos INTEGER,
              uncertainty_growth_ppb INTEGER NOT NULL,
              source TEXT NOT NULL) STRICT;
            CREATE INDEX clock_piece_by_boot ON clock_piece(boot, edition, from_monotonic_nanos);
            DROP VIEW IF EXISTS read;
            DROP VIEW IF EXISTS entry;
            """;

    private static final String TO_VERSION_3 = """
            ALTER TABLE event ADD COLUMN checksum INTEGER;
            CREATE TABLE spare(
              number INTEGER PRIMARY KEY,
              of TEXT NOT NULL,
              row INTEGER NOT NULL,
              first TEXT NOT NULL,
              second TEXT NOT NULL,
              third TEXT NOT NULL) STRICT;
            INSERT INTO spare(of, row, first, second, third) SELECT 'journal', number, id, box, machine FROM journal;
            INSERT INTO spare(of, row, first, second, third) SELECT 'boot', number, id, '', '' FROM boot;
            INSERT INTO spare(of, row, first, second, third) SELECT 'source', number, reader, timing_point, line
              FROM source;
            CREATE TRIGGER spare_journal AFTER INSERT ON journal BEGIN
              INSERT INTO spare(of, row, first, second, third)
                VALUES('journal', new.number, new.id, new.box, new.machine); END;
            CREATE TRIGGER spare_boot AFTER INSERT ON boot BEGIN
              INSERT INTO spare(of, row, first, second, third) VALUES('boot', new.number, new.id, '', ''); END;
            CREATE TRIGGER spare_source AFTER INSERT ON source BEGIN
              INSERT INTO spare(of, row, first, second, third)
                VALUES('source', new.number, new.reader, new.timing_point, new.line); END;
            INSERT INTO spare(of, row, first, second, third)
              SELECT 'unchecked', coalesce(max(id), 0), coalesce(max(id), 0), '', '' FROM event;
            CREATE TABLE salvage(
              number INTEGER PRIMARY KEY,
              file TEXT NOT NULL,
              why TEXT NOT NULL,
              done INTEGER NOT NULL,
              result TEXT NOT NULL) STRICT;
            DROP VIEW IF EXISTS read;
            DROP VIEW IF EXISTS entry;
            DROP VIEW IF EXISTS restated;
            """;

    /** What brings a file from each version to the next, beginning with an empty one. */
    static final List<String> STEPS = List.of(TO_VERSION_1, TO_VERSION_2, TO_VERSION_3);

    /** Made anew in every version; the same reckoning as in UtcTimeline. */
    static final String VIEWS = """
            CREATE VIEW restated AS SELECT
              event.id AS id,
              CASE WHEN piece.event IS NULL THEN event.utc_nanos
                ELSE anchor_utc_nanos + (monotonic_nanos - anchor_monotonic_nanos)
                  + CAST(round((monotonic_nanos - anchor_monotonic_nanos) * 1.0 * rate_ppb / 1e9) AS INTEGER)
                END AS utc_nanos,
              CASE WHEN piece.event IS NULL THEN event.uncertainty_nanos
                ELSE piece.uncertainty_nanos + coalesce(event.moment_uncertainty_nanos, 0)
                  + CAST(abs(monotonic_nanos - anchor_monotonic_nanos) * 1.0 * uncertainty_growth_ppb / 1e9 + 1
                    AS INTEGER)
                END AS uncertainty_nanos,
              coalesce(piece.source, 'none') AS clock_source
            FROM event LEFT JOIN clock_piece AS piece ON piece.event =
              (SELECT covering.event FROM clock_piece AS covering
                WHERE covering.boot = event.boot AND covering.from_monotonic_nanos <= event.monotonic_nanos
                  AND (covering.until_monotonic_nanos = 0 OR covering.until_monotonic_nanos > event.monotonic_nanos)
                ORDER BY covering.edition DESC, covering.from_monotonic_nanos DESC LIMIT 1);
            CREATE VIEW entry AS SELECT
              event.id AS id,
              journal.id AS journal,
              event.id & 0xFFFFFFFFFF AS seq,
              CASE kind WHEN 16 THEN 'tag_read' WHEN 17 THEN 'gun' WHEN 18 THEN 'mark' WHEN 19 THEN 'clock_state'
                WHEN 20 THEN 'reader_state' WHEN 21 THEN 'antenna_state' WHEN 22 THEN 'box_state'
                ELSE 'unknown' END AS kind,
              strftime('%Y-%m-%dT%H:%M:%S', restated.utc_nanos / 1000000000, 'unixepoch')
                || printf('.%09dZ', restated.utc_nanos % 1000000000) AS utc,
              restated.utc_nanos AS utc_nanos,
              restated.uncertainty_nanos AS uncertainty_nanos,
              restated.clock_source AS clock_source,
              journal.box AS box,
              source.reader AS reader, source.timing_point AS timing_point, source.line AS line,
              antenna, chip, rssi_centi_dbm / 100.0 AS rssi_dbm, sightings,
              CASE reader_time_base WHEN 1 THEN 'cycle' WHEN 2 THEN 'civil' WHEN 3 THEN 'utc' WHEN 4 THEN 'uptime'
                END AS reader_time_base,
              reader_time_micros,
              boot.id AS boot, monotonic_nanos, moment_uncertainty_nanos, arrival_monotonic_nanos,
              event.utc_nanos AS believed_utc_nanos, event.uncertainty_nanos AS believed_uncertainty_nanos,
              body
            FROM event
              JOIN restated ON restated.id = event.id
              JOIN journal ON journal.number = event.id >> 40
              JOIN boot ON boot.number = event.boot
              LEFT JOIN source ON source.number = event.source;
            CREATE VIEW read AS SELECT
              id, journal, seq, utc, uncertainty_nanos, clock_source, box, reader, timing_point, line, antenna, chip,
              rssi_dbm, sightings, reader_time_base, reader_time_micros, boot, monotonic_nanos,
              moment_uncertainty_nanos, arrival_monotonic_nanos, utc_nanos, believed_utc_nanos,
              believed_uncertainty_nanos
            FROM entry WHERE kind = 'tag_read';
            """;

    private Ddl() {}
}

-- The engine's store. Times are nanoseconds: utc since 1970, monotonic since the box's boot. Statements end in ";" at a
-- line's end.

CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE, -- 32 hexadecimal digits
  box    TEXT NOT NULL         -- the name under which it last sent
) STRICT;

-- A boot of a box: the kernel's boot_id.
CREATE TABLE boot (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE source (
  number       INTEGER PRIMARY KEY,
  reader       TEXT NOT NULL,
  timing_point TEXT NOT NULL,
  line         TEXT NOT NULL,
  UNIQUE (reader, timing_point, line)
) STRICT;

-- Every event once: its key is its journal's number and its seq, so a second one of that name is refused. A row names
-- by numbers what repeats, as every column costs time; the view entry spells it out. There is no index, which would cost
-- more than the row.
CREATE TABLE event (
  key                    INTEGER PRIMARY KEY, -- journal << 40 | seq
  journal                INTEGER GENERATED ALWAYS AS (key >> 40) VIRTUAL,
  seq                    INTEGER GENERATED ALWAYS AS (key & 0xFFFFFFFFFF) VIRTUAL,
  kind_number            INTEGER NOT NULL, -- the field's number in message Event of read_stream.proto
  boot                   INTEGER NOT NULL, -- a row of boot
  monotonic_nanos        INTEGER NOT NULL,
  utc_nanos              INTEGER NOT NULL, -- as believed when it was taken
  uncertainty_nanos      INTEGER, -- NULL: the clock was not synchronised
  moment_uncertainty_nanos INTEGER NOT NULL, -- what of it is not the clock's
  stored_utc_nanos       INTEGER NOT NULL, -- when this engine took it
  -- of a read only
  source                 INTEGER, -- a row of source
  antenna                INTEGER,
  chip                   TEXT,
  rssi_centi_dbm         INTEGER,
  reader_time_base       INTEGER, -- 0 NONE, 1 CYCLE, 2 CIVIL, 3 UTC, 4 UPTIME
  reader_time_micros     INTEGER,
  arrival_monotonic_nanos INTEGER,
  sightings              INTEGER,
  -- of all other kinds only: the message of that kind
  body                   BLOB
) STRICT;

-- Which seqs of each journal are here: runs without a gap, both ends included.
CREATE TABLE ledger (
  journal INTEGER NOT NULL REFERENCES journal (number),
  first   INTEGER NOT NULL CHECK (first >= 1),
  last    INTEGER NOT NULL CHECK (last >= first),
  PRIMARY KEY (journal, first)
) STRICT, WITHOUT ROWID;

-- Every clock_state once more, in columns by which a view can look it up; names as in read_stream.proto.
CREATE TABLE clock_piece (
  key                    INTEGER PRIMARY KEY REFERENCES event (key),
  boot                   INTEGER NOT NULL, -- a row of boot
  edition                INTEGER NOT NULL,
  from_monotonic_nanos   INTEGER NOT NULL,
  until_monotonic_nanos  INTEGER NOT NULL, -- 0: open
  anchor_monotonic_nanos INTEGER NOT NULL,
  anchor_utc_nanos       INTEGER NOT NULL,
  rate_ppb               INTEGER NOT NULL,
  uncertainty_nanos      INTEGER, -- NULL: no bound
  uncertainty_growth_ppb INTEGER NOT NULL,
  source                 TEXT NOT NULL
) STRICT;

CREATE INDEX clock_piece_by_boot ON clock_piece (boot, edition, from_monotonic_nanos);

-- Every event, spelled out.
CREATE VIEW entry AS
SELECT
  key, journal, seq, kind_number,
  CASE kind_number WHEN 16 THEN 'tag_read' WHEN 17 THEN 'gun' WHEN 18 THEN 'mark' WHEN 19 THEN 'clock_state'
    WHEN 20 THEN 'reader_state' WHEN 21 THEN 'antenna_state' WHEN 22 THEN 'box_state' ELSE 'unknown' END AS kind,
  boot.id AS boot, monotonic_nanos, utc_nanos, uncertainty_nanos, moment_uncertainty_nanos, stored_utc_nanos,
  reader, timing_point, line, antenna, chip, rssi_centi_dbm,
  CASE reader_time_base WHEN 0 THEN 'NONE' WHEN 1 THEN 'CYCLE' WHEN 2 THEN 'CIVIL' WHEN 3 THEN 'UTC'
    WHEN 4 THEN 'UPTIME' END AS reader_time_base,
  reader_time_micros, arrival_monotonic_nanos, sightings, body
FROM event JOIN boot ON boot.number = event.boot LEFT JOIN source ON source.number = event.source;

-- What UTC each event is known to be by now: by the piece of the highest edition that covers it, or as it was believed.
CREATE VIEW restated AS
SELECT
  event.key,
  CASE WHEN piece.key IS NULL THEN utc_nanos
    ELSE anchor_utc_nanos + (monotonic_nanos - anchor_monotonic_nanos)
      + CAST(round((monotonic_nanos - anchor_monotonic_nanos) * 1.0 * rate_ppb / 1e9) AS INTEGER)
    END AS utc_nanos,
  CASE WHEN piece.key IS NULL THEN event.uncertainty_nanos
    ELSE piece.uncertainty_nanos + moment_uncertainty_nanos
      + CAST(abs(monotonic_nanos - anchor_monotonic_nanos) * 1.0 * uncertainty_growth_ppb / 1e9 + 1 AS INTEGER)
    END AS uncertainty_nanos,
  coalesce(piece.source, 'none') AS clock_source
FROM event LEFT JOIN clock_piece AS piece ON piece.key =
  (SELECT covering.key FROM clock_piece AS covering
    WHERE covering.boot = event.boot AND covering.from_monotonic_nanos <= event.monotonic_nanos
      AND (covering.until_monotonic_nanos = 0 OR covering.until_monotonic_nanos > event.monotonic_nanos)
    ORDER BY covering.edition DESC, covering.from_monotonic_nanos DESC LIMIT 1);

-- Reads, for a person. Times as they are known by now.
CREATE VIEW read AS
SELECT
  journal.box,
  timing_point,
  chip,
  strftime('%Y-%m-%d %H:%M:%S', restated.utc_nanos / 1000000000, 'unixepoch')
    || printf('.%09d', restated.utc_nanos % 1000000000) AS utc,
  restated.uncertainty_nanos,
  clock_source,
  reader,
  line,
  antenna,
  rssi_centi_dbm / 100.0 AS rssi_dbm,
  reader_time_base,
  reader_time_micros,
  arrival_monotonic_nanos - monotonic_nanos AS arrived_nanos_after,
  sightings,
  journal.id AS journal,
  seq,
  boot,
  monotonic_nanos,
  restated.utc_nanos,
  entry.utc_nanos AS believed_utc_nanos,
  entry.uncertainty_nanos AS believed_uncertainty_nanos,
  stored_utc_nanos
FROM entry JOIN restated ON restated.key = entry.key JOIN journal ON journal.number = entry.journal
WHERE chip IS NOT NULL
ORDER BY entry.key;

-- The engine's store. Times are nanoseconds: utc since 1970, monotonic since the box's boot. Statements end in ";" at a
-- line's end.

CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE, -- 32 hexadecimal digits
  box    TEXT NOT NULL         -- the name under which it last sent
) STRICT;

-- Every event once: its key is its journal's number and its seq, so a second one of that name is refused.
CREATE TABLE event (
  key                    INTEGER PRIMARY KEY CHECK (key = journal << 40 | seq),
  journal                INTEGER NOT NULL REFERENCES journal (number),
  seq                    INTEGER NOT NULL CHECK (seq BETWEEN 1 AND (1 << 40) - 1),
  kind                   TEXT NOT NULL,
  kind_number            INTEGER NOT NULL, -- the field's number in message Event of read_stream.proto
  boot                   TEXT NOT NULL,
  monotonic_nanos        INTEGER NOT NULL,
  utc_nanos              INTEGER NOT NULL, -- as believed when it was taken
  uncertainty_nanos      INTEGER CHECK (uncertainty_nanos > 0), -- NULL: the clock was not synchronised
  moment_uncertainty_nanos INTEGER NOT NULL CHECK (moment_uncertainty_nanos >= 0), -- what of it is not the clock's
  -- of a read only
  reader                 TEXT,
  timing_point           TEXT,
  line                   TEXT,
  antenna                INTEGER,
  chip                   TEXT,
  rssi_centi_dbm         INTEGER,
  reader_time_base       TEXT,
  reader_time_micros     INTEGER,
  arrival_monotonic_nanos INTEGER,
  sightings              INTEGER,
  -- of all other kinds only: the message of that kind
  body                   BLOB,
  stored_utc_nanos       INTEGER NOT NULL, -- when this engine took it
  CHECK ((chip IS NULL) <> (body IS NULL))
) STRICT;

-- Which seqs of each journal are here: runs without a gap, both ends included.
CREATE TABLE ledger (
  journal INTEGER NOT NULL REFERENCES journal (number),
  first   INTEGER NOT NULL CHECK (first >= 1),
  last    INTEGER NOT NULL CHECK (last >= first),
  PRIMARY KEY (journal, first)
) STRICT, WITHOUT ROWID;

-- Reads, for a person.
CREATE VIEW read AS
SELECT
  journal.box,
  timing_point,
  chip,
  strftime('%Y-%m-%d %H:%M:%S', utc_nanos / 1000000000, 'unixepoch')
    || printf('.%09d', utc_nanos % 1000000000) AS utc,
  uncertainty_nanos,
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
  utc_nanos,
  stored_utc_nanos
FROM event JOIN journal ON journal.number = event.journal
WHERE chip IS NOT NULL
ORDER BY event.key;

package org.matgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.engine.SqliteEventStore;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.TruthRead;
import picocli.CommandLine;

/** Judges a case on disk, with an engine's real database, and the same after somebody had his hands in it. */
class JudgeCommandTest {
    private static final long MS = 1_000_000;
    private static final long OFFSET = 1_700_000_000_000_000_000L;
    private static final UUID BOOT = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final JournalId JOURNAL = new JournalId(1, 2);
    private static final List<String> MATS = List.of("start-main", "finish-main", "finish-backup");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** 30 reads, the last of them destroyed with a gap event to tell of it. */
    @BeforeEach
    void makeCase() throws Exception {
        CaseDirectory place = new CaseDirectory(directory);
        place.begin(Scenario.load("quiet"), -12, 1, "matsim 9.9.9");
        List<TruthRead> truth = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Source source = new Source(MATS.get(i % 3), "x", Source.Line.MAIN);
            TruthRead read = truth(source.reader(), i, i == 29 ? Fate.DAMAGED : Fate.WHOLE);
            truth.add(read);
            Stamp stamp = new Stamp(BOOT, (1000 + i) * MS, read.sightedUtcNanos() + MS, 3 * MS, 0);
            WireRead wire = read.read();
            entries.add(new Entry(
                    i + 1,
                    i == 29
                            ? new Event.ReaderState(
                                    stamp,
                                    source,
                                    ReaderPhase.DEGRADED,
                                    "noise",
                                    List.of(new Gap(Gap.Cause.BAD_FRAME, 1020 * MS, 1040 * MS, 0, 0, 1)))
                            : new Event.TagRead(
                                    stamp,
                                    source,
                                    wire.antenna(),
                                    wire.chip(),
                                    wire.rssiCentiDbm(),
                                    wire.readerTime(),
                                    (1005 + i) * MS,
                                    1)));
        }
        place.end(
                truth,
                List.of(new Happening(5, Happening.Kind.FRAME_HIT, "finish-backup", "cut, \"twice\"\nand more")),
                List.of());
        try (SqliteEventStore store = new SqliteEventStore(place.engineDatabase(), () -> OFFSET + 1100 * MS)) {
            store.store(
                    new Batch("finish", BOOT, JOURNAL, entries),
                    new LedgerDelta(JOURNAL, SeqRanges.EMPTY, SeqRanges.of(1, 30)));
        }
    }

    private static TruthRead truth(String mat, int i, Fate fate) {
        WireRead read = new WireRead(
                mat,
                (1000 + i) * MS,
                new Chip(String.format("%024X", i)),
                i % 4,
                i % 2 == 0 ? OptionalInt.of(-6000 - i) : OptionalInt.empty(),
                i % 3 == 0 ? ReaderTime.NONE : new ReaderTime(ReaderTime.Base.CIVIL, i));
        return new TruthRead(read, OFFSET + (1000 + i) * MS, (1005 + i) * MS, fate);
    }

    private int judge(Object... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = directory.toString();
        for (int i = 0; i < more.length; i++) {
            arguments[i + 1] = more[i].toString();
        }
        return new CommandLine(new JudgeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private void tamper(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("engine.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** As when a box was told not to read: the truth does not hold what was never offered. */
    @Test
    void whatTheRehearsalFoundIsFoundAgain() throws Exception {
        new CaseDirectory(directory).failed(List.of("nobody reads mat start-main"));
        assertThat(judge()).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL because nobody reads mat start-main", "verdict: FAIL");
    }

    @Test
    void passesWhatIsAsItShouldBe() throws Exception {
        Path json = directory.resolve("verdict.json");
        Path html = directory.resolve("verdict.html");
        assertThat(judge("--json", json, "--html", html)).as(out + "" + err).isZero();
        assertThat(out.toString().lines().toList())
                .startsWith("Quiet sprint, seed -12, matsim 9.9.9")
                .endsWith(
                        "verdict: PASS offered=30 stored=0 delivered=29 destroyed=1 undetectable=0 lost=0 duplicated=0"
                                + " invented=0");
        assertThat(Files.readString(json)).contains("\"verdict\": \"PASS\"", "\"seed\": -12");
        assertThat(Files.readString(html)).contains("<title>PASS", "Quiet sprint", "Arrivals at each mat");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM event WHERE seq = 7 | delivered=28 destroyed=1 undetectable=0 lost=1 duplicated=0 invented=0
            DELETE FROM event WHERE body IS NOT NULL | delivered=29 destroyed=0 undetectable=0 lost=1 duplicated=0 invented=0
            UPDATE event SET chip = 'FF' WHERE seq = 7 | delivered=28 destroyed=1 undetectable=0 lost=1 duplicated=0 invented=1
            UPDATE event SET utc_nanos = utc_nanos + 1000000000 WHERE seq = 7 | delivered=29 destroyed=1 undetectable=0 lost=0 duplicated=0 invented=0
            UPDATE event SET uncertainty_nanos = NULL WHERE seq = 7 | delivered=29 destroyed=1 undetectable=0 lost=0 duplicated=0 invented=0
            """)
    void failsWhatSomebodyTamperedWith(String sql, String counts) throws Exception {
        tamper(sql);
        assertThat(judge()).as(out + "" + err).isEqualTo(1);
        assertThat(out.toString().lines().toList().getLast()).isEqualTo("verdict: FAIL offered=30 stored=0 " + counts);
        assertThat(out.toString()).contains("FAIL because ").containsPattern("(?m)^(lost|time|unsynchronised): ");
    }

    @Test
    void aReadThatIsThereTwiceFails() throws Exception {
        tamper("CREATE TEMP TABLE copy AS SELECT * FROM event WHERE seq = 7;"
                + "UPDATE copy SET key = journal << 40 | 77; ALTER TABLE copy DROP COLUMN journal;"
                + "ALTER TABLE copy DROP COLUMN seq; INSERT INTO event SELECT * FROM copy");
        assertThat(judge()).isEqualTo(1);
        assertThat(out.toString()).contains("duplicated=1");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Files.delete(directory.resolve("engine.db"));
        assertThat(judge()).isEqualTo(2);
        assertThat(err.toString()).contains("engine.db: the engine's database is not there");
        Files.delete(directory.resolve("truth.csv"));
        assertThat(judge()).isEqualTo(2);
        assertThat(err.toString()).contains("has no truth.csv");
    }

    @Test
    void saysWhatIsWrongWithTheOtherFiles() throws Exception {
        Path about = directory.resolve("rehearsal.properties");
        Files.writeString(about, "seed=seven\n");
        assertThat(judge()).isEqualTo(2);
        assertThat(err.toString()).startsWith("matsim: " + about + ": ").contains("seven");
        Files.delete(about);
        assertThat(judge()).isEqualTo(2);
        assertThat(err.toString()).contains(about + ": there is no such file or directory");
    }

    @Test
    void saysWhichLineIsDamaged() throws Exception {
        Path truth = directory.resolve("truth.csv");
        Files.writeString(truth, Files.readString(truth).replace("DAMAGED", "EATEN"));
        assertThat(judge()).isEqualTo(2);
        assertThat(err.toString()).contains("truth.csv:31: ");
    }
}

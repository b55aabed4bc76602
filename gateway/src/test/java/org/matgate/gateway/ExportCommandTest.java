package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** Exports as the crew calls for them, also of a file that is written to, and by a process that is stopped. */
@Timeout(180)
class ExportCommandTest extends DataCommandCase {
    private static final UUID UNKNOWN = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final Source FINISH = new Source("finish-main", "finish", Source.Line.MAIN);

    /** 2026-05-10T09:00:00Z is the boot's beginning, as it comes to be known. */
    private static final long NINE = 1_778_403_600_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    ExportCommandTest() {}

    @Test
    void anExportBesideALiveJournalHoldsEachEventOnceThatWasCommittedWhenItBegan() throws Exception {
        try (Journal journal = open(BOOT)) {
            fill(journal, 9_000);
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> write(journal, stop));
            try {
                long before = journal.status().lastSeq();
                assertThat(export("csv")).as(out.toString()).isZero();
                long after = journal.status().lastSeq();
                List<Long> seqs = seqs();
                assertThat(seqs)
                        .isEqualTo(
                                LongStream.rangeClosed(1, seqs.size()).boxed().toList());
                assertThat((long) seqs.size()).isBetween(before, after);

                assertThat(export("csv", "--from", "17", "--to", "8900")).isZero();
                assertThat(seqs())
                        .isEqualTo(LongStream.rangeClosed(17, 8_900).boxed().toList());
            } finally {
                stop.set(true);
                writer.join();
            }
        }
    }

    @Test
    void timesAreThoseThatAreKnownByNowAndWhatNobodyKnowsIsToldAndNotGuessed() throws Exception {
        JournalId first;
        try (Journal journal = open(BOOT)) {
            first = journal.id();
            // Taken by a clock that nobody vouched for, and learnt afterwards.
            for (int i = 0; i < 10; i++) {
                journal.offer(read(BOOT, i * SECOND));
            }
            journal.offer(piece());
        }
        assertThat(run("journal", "new")).isZero();
        try (Journal journal = open(UNKNOWN)) {
            journal.offer(read(UNKNOWN, 3 * SECOND));
        }
        assertThat(export("csv", "--reads-only")).isZero();
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(12);
        assertThat(lines.get(3)).contains("tag_read,2026-05-10T09:00:02.000000000Z,yes,1000,crew,");
        assertThat(lines.getLast()).contains("tag_read,,no,,none,").contains("," + UNKNOWN + ",");

        assertThat(export("csv", "--from", "2026-05-10T11:00:03+02:00", "--to", "2026-05-10 09:00:06Z"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("LEFT OUT  1 events whose time nobody knows");
        assertThat(seqs()).containsExactly(4L, 5L, 6L);
        assertThat(export("csv", "--from", "4")).isEqualTo(2);
        assertThat(out.toString()).contains("there are 2 journals, each with its own numbers: say --journal ID");
        assertThat(export(
                        "jsonl",
                        "--from",
                        "4",
                        "--to",
                        "5",
                        "--journal",
                        first.toString().substring(0, 10)))
                .isZero();
        assertThat(Files.readAllLines(file()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"synchronised\":true,\"utc\":\"2026-05-10T09:00:0", "\"clock_source\":\"crew\""));
        assertThat(export("ipico", "--zone", "Europe/Berlin")).isEqualTo(3);
        assertThat(out.toString())
                .contains(
                        "exported 10 events", "LEFT OUT  1 reads whose time nobody knows", "reader 00 is finish-main");
        assertThat(Files.readAllLines(file()).get(4)).startsWith("aa0005800000000400012605101100040");
    }

    private static final int PAGE = 4096;

    /** As many reads, each of another chip, what tells of the clock, and a gun. */
    private JournalId reads(int count) throws Exception {
        try (Journal journal = open(BOOT)) {
            for (int i = 1; i <= count; i++) {
                journal.offer(read(BOOT, i * SECOND));
            }
            journal.offer(piece());
            journal.offer(new Event.Gun(
                    new Stamp(BOOT, SECOND, 5, Stamp.UNSYNCHRONISED, 0), "start", "gun-line", true, false, 0));
            return journal.id();
        }
    }

    /** The place in the journal's file where this text is, and is nowhere else. */
    private int place(byte[] file, String text) {
        String all = new String(file, StandardCharsets.ISO_8859_1);
        int at = all.indexOf(text);
        assertThat(at).isPositive().isEqualTo(all.lastIndexOf(text));
        return at;
    }

    private static void flip(byte[] file, int at) {
        file[at] = (byte) (file[at] ^ 1);
    }

    private static String chip(long second) {
        return String.format(Locale.ROOT, "0580%08d", second);
    }

    @Test
    void aDamagedReadIsLeftOutAndToldAndTheOthersAreWritten() throws Exception {
        JournalId id = reads(3_000);
        Path journal = data().resolve("journal.db");
        byte[] bytes = Files.readAllBytes(journal);
        flip(bytes, place(bytes, chip(1_234)) + 11);
        Files.write(journal, bytes);
        assertThat(export("csv")).as(out.toString()).isEqualTo(3);
        assertThat(out.toString())
                .contains("exported 3,001 events", "LEFT OUT  1 events that are damaged: numbers 1234 of journal " + id)
                .doesNotContain("of which no event is there", "pieces of the clock");
        assertThat(seqs()).hasSize(3_001).doesNotContain(1_234L);
        assertThat(export("csv", "--from", "1235")).as("it is not asked for").isZero();
    }

    @Test
    void aDamagedPageCostsWhatIsOnIt() throws Exception {
        reads(3_000);
        Path journal = data().resolve("journal.db");
        byte[] bytes = Files.readAllBytes(journal);
        int page = place(bytes, chip(1_234)) / PAGE * PAGE;
        String there = new String(bytes, page, PAGE, StandardCharsets.ISO_8859_1);
        List<Long> others = LongStream.rangeClosed(1, 3_000)
                .filter(second -> !there.contains(chip(second)))
                .boxed()
                .toList();
        assertThat(others).hasSizeGreaterThan(2_900);
        bytes[page] = 0x55;
        Files.write(journal, bytes);
        assertThat(export("csv", "--reads-only")).as(out.toString()).isEqualTo(3);
        assertThat(seqs()).isEqualTo(others);
        assertThat(out.toString())
                .contains("exported " + Words.count(others.size()) + " events")
                .contains("LEFT OUT  " + (3_000 - others.size()) + " events that are damaged: numbers ");
    }

    @Test
    void aDamagedPieceOfTheClockIsToldAndCostsNoRead() throws Exception {
        JournalId id = reads(100);
        Path journal = data().resolve("journal.db");
        byte[] bytes = Files.readAllBytes(journal);
        flip(bytes, place(bytes, "the crew"));
        Files.write(journal, bytes);
        assertThat(export("csv", "--reads-only")).as(out.toString()).isEqualTo(3);
        assertThat(seqs()).hasSize(100);
        assertThat(out.toString()).contains("LEFT OUT  1 damaged pieces of the clock: numbers 101 of journal " + id);
        assertThat(run("journal", "info")).isZero();
        assertThat(out.toString()).contains(id + ":101, a piece of the clock, is damaged");
    }

    @Test
    void theGunBeforeADamagedOneIsNotTakenForTheLast() throws Exception {
        reads(10);
        reads(0);
        Path journal = data().resolve("journal.db");
        byte[] bytes = Files.readAllBytes(journal);
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        // Rows are put into a page from its end.
        flip(bytes, all.indexOf("gun-line"));
        Files.write(journal, bytes);
        assertThat(run("clock", "anchor", "--at", "2026-05-10T09:00:00Z", "--last-gun", "--within", "0.5"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("is damaged", "take another moment", "--event JOURNAL:SEQ");
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyIfThatIsMeant() throws Exception {
        try (Journal journal = open(BOOT)) {
            fill(journal, 3);
        }
        String[] words = {"export", "--format", "csv", "-o", file().toString()};
        assertThat(run(words)).isZero();
        assertThat(seqs()).containsExactly(1L, 2L, 3L);
        Files.writeString(file(), "another box's");
        assertThat(run(words)).isEqualTo(1);
        assertThat(out.toString())
                .contains(file() + " is there already and is not overwritten: give another name, or --overwrite");
        assertThat(file()).hasContent("another box's");
        assertThat(parts()).isZero();
        assertThat(export("csv")).isZero();
        assertThat(seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsNoOrdinaryFileIsNotReplaced() throws Exception {
        try (Journal journal = open(BOOT)) {
            fill(journal, 3);
        }
        Path real = Files.writeString(directory.resolve("real"), "kept");
        Files.createSymbolicLink(file(), real);
        assertThat(export("csv")).isEqualTo(1);
        assertThat(out.toString()).contains("is no ordinary file: name one, or leave out -o for standard output");
        assertThat(file()).isSymbolicLink();
        assertThat(real).hasContent("kept");
    }

    @Test
    void wrongCallsSayWhatIsRightAndWriteNothing() throws Exception {
        open(BOOT).close();
        assertThat(export("ipico")).isEqualTo(2);
        assertThat(out.toString()).contains("say where: --zone Europe/Berlin");
        assertThat(export("csv", "--zone", "UTC")).isEqualTo(2);
        assertThat(export("ipico", "--zone", "Berlin")).isEqualTo(2);
        assertThat(out.toString()).contains("--zone Berlin: want a place");
        assertThat(export("csv", "--from", "2026-05-10T09:00:00")).isEqualTo(2);
        assertThat(out.toString()).contains("want date, time and zone");
        assertThat(export("csv", "--to", "0")).isEqualTo(2);
        assertThat(export("xml")).isEqualTo(2);
        assertThat(file()).doesNotExist();
        assertThat(run(
                        "export",
                        "--format",
                        "csv",
                        "-o",
                        data().resolve("journal.db").toString()))
                .isEqualTo(2);
        assertThat(out.toString()).contains("is the journal's own");
    }

    @Test
    void aPipeThatBreaksEndsItQuietlyAndCtrlCLeavesNoHalfFile() throws Exception {
        try (Journal journal = open(BOOT)) {
            fill(journal, 40_000);
        }
        Process piped = start("--format", "jsonl");
        assertThat(piped.getInputStream().read()).isEqualTo('{');
        piped.getInputStream().close();
        assertThat(new String(piped.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(piped.waitFor()).isEqualTo(1);

        int exit = 0;
        // On a busy machine it may have ended before it was told to.
        for (int tries = 0; tries < 5 && exit == 0; tries++) {
            exit = stopped();
        }
        assertThat(exit).as("ended by the signal").isEqualTo(128 + 15);
        assertThat(parts()).isZero();
        assertThat(file()).hasContent("as it was");
    }

    /** The exit code of an export that is stopped as soon as it writes: the virtual machine ends so at Ctrl-C, too. */
    private int stopped() throws Exception {
        Files.writeString(file(), "as it was");
        Process stopped = start("--format", "jsonl", "--overwrite", "-o", file().toString());
        while (parts() == 0 && stopped.isAlive()) {
            Thread.sleep(1);
        }
        stopped.destroy();
        try {
            assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            stopped.destroyForcibly();
        }
        return stopped.exitValue();
    }

    private long parts() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }

    private Process start(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                Matgate.class.getName(),
                "export",
                "--data",
                data().toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).start();
    }

    private static void write(Journal journal, AtomicBoolean stop) {
        for (long i = 0; !stop.get(); i++) {
            journal.offer(read(BOOT, i));
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void fill(Journal journal, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            assertThat(journal.offer(read(BOOT, i * 1_000L))).isTrue();
        }
        while (journal.status().lastSeq() < events) {
            Thread.sleep(5);
        }
    }

    private static Event read(UUID boot, long monotonic) {
        return new Event.TagRead(
                new Stamp(boot, monotonic, 5, Stamp.UNSYNCHRONISED, 0),
                FINISH,
                1,
                new Chip(String.format(Locale.ROOT, "0580%08d", monotonic / SECOND)),
                OptionalInt.empty(),
                ReaderTime.NONE,
                monotonic,
                1);
    }

    private static Event piece() {
        return new Event.ClockState(
                new Stamp(BOOT, 20 * SECOND, 5, 9, 0), 1, 0, 0, 0, 0, NINE, 0, 1_000, 0, ClockSource.CREW, "the crew");
    }

    private Path file() {
        return directory.resolve("export.txt");
    }

    /** Those of the file's lines. */
    private List<Long> seqs() throws Exception {
        try (Stream<String> lines = Files.lines(file())) {
            return lines.skip(1)
                    .map(line -> Long.parseLong(line.split(",", 3)[1]))
                    .toList();
        }
    }

    private int export(String format, String... more) {
        String[] words = {"export", "--format", format, "--overwrite", "-o", file().toString()};
        return run(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
    }
}

package org.matgate.simulator.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.link.Pty;
import picocli.CommandLine;

/** Mats of every family that see what is in a file. */
@Timeout(60)
class MatFileTest {
    private static final String TABLE = """
            chip,time,rssi,antenna
            e28011606000020d3f4a5b6c,07:31:00,-61.5,2
            E28011606000020D3F4A5B6D,07:31:01.25,,
            E28011606000020D3F4A5B6E,07:31:02.5,-70,4
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String arguments) {
        CommandLine command = new CommandLine(new MatCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments.split(" ", -1));
    }

    private CompletableFuture<Integer> start(String arguments) throws InterruptedException {
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> run(arguments));
        while (!out.toString().contains("\n") && !exit.isDone()) {
            Thread.sleep(5);
        }
        assertThat(out.toString()).as(err.toString()).startsWith("READY ");
        return exit;
    }

    private Socket connect() throws Exception {
        String[] address =
                out.toString().lines().findFirst().orElseThrow().substring(6).split(":", -1);
        return new Socket(address[0], Integer.parseInt(address[1]));
    }

    /** What the gateway's exporter is held to, without what follows it there. */
    private Path exported(String format) throws Exception {
        String golden = Files.readString(Path.of("../gateway/src/test/resources/export/" + format + ".txt"));
        return Files.writeString(folder.resolve("reads"), golden.substring(0, golden.indexOf("----")));
    }

    private Path table(String text) throws Exception {
        return Files.writeString(folder.resolve("reads.csv"), text);
    }

    private static List<String> said(List<TagReport> reports) {
        return reports.stream()
                .map(r -> r.chip() + " " + r.antenna() + " "
                        + (r.rssiCentiDbm().isPresent() ? r.rssiCentiDbm().getAsInt() : ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"llrp,csv,-100", "llrp,jsonl,-100", "r2000,csv,-200", "r2000,jsonl,-200"})
    void anExportIsToldOnTheNetwork(String family, String format, int strongest) throws Exception {
        Path file = exported(format);
        CompletableFuture<Integer> exit =
                start(family + " --tcp 0 --speed 10 --skip-bad --file " + file + " --wire-log " + folder + "/wire");
        try (Socket socket = connect()) {
            assertThat(said(FileHost.hear(family, FileHost.of(socket), 3)))
                    .containsExactly(
                            "05800001A2B3 3 -6100", "E28011606000020D3F4A5B6C 1 " + strongest, "05800001A2B3 1 -5500");
        }
        assertThat(exit.get()).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("offered=3");
        assertThat(err.toString())
                .contains("reads:" + (format.equals("csv") ? "5:" : "4:"), ": nobody knows the time of this read")
                .contains("rows left out: 1");
    }

    @ParameterizedTest
    @CsvSource({"mercury,csv,-100", "chafon,jsonl,-100"})
    void anExportIsToldOnARealSerialPort(String family, String format, int strongest) throws Exception {
        Path file = exported(format);
        try (Pty far = Pty.open()) {
            CompletableFuture<Integer> exit =
                    start(family + " --port " + far.address() + " --speed 10 --skip-bad --file " + file);
            assertThat(said(FileHost.hear(family, FileHost.of(far), 3)))
                    .containsExactlyInAnyOrder(
                            "05800001A2B3 3 -6100", "E28011606000020D3F4A5B6C 1 " + strongest, "05800001A2B3 1 -5500");
            assertThat(exit.get()).isZero();
            assertThat(out.toString().lines()).last().isEqualTo("offered=3");
        }
    }

    @ParameterizedTest
    @CsvSource({"csv", "jsonl"})
    void anIpicoReaderTellsOneReadersReads(String format) throws Exception {
        Path file = exported(format);
        CompletableFuture<Integer> exit =
                start("ipico --tcp 0 --speed max --skip-bad --reader finish-main --file " + file);
        try (Socket socket = connect()) {
            assertThat(said(FileHost.hear("ipico", FileHost.of(socket), 99)))
                    .containsExactly("05800001A2B3 0 ", "05800001A2B3 0 ");
        }
        assertThat(exit.get()).isZero();
    }

    @Test
    void linesOfAnIpicoReaderAreToldByAnother() throws Exception {
        Path file = exported("ipico");
        CompletableFuture<Integer> exit = start("llrp --tcp 0 --speed 0 --reader 01 --file " + file);
        try (Socket socket = connect()) {
            assertThat(said(FileHost.hear("llrp", FileHost.of(socket), 2)))
                    .containsExactly("05800001A2B3 1 -5500", "05800001A2B3 1 -5500");
        }
        assertThat(exit.get()).isZero();
    }

    /** By the wire log, in which each read has the moment at which it was seen. */
    private List<Long> gaps(String table, String how) throws Exception {
        Path wire = folder.resolve("wire.csv");
        CompletableFuture<Integer> exit =
                start("llrp --tcp 0 --wire-log " + wire + " --file " + table(table) + " " + how);
        try (Socket socket = connect()) {
            assertThat(FileHost.hear("llrp", FileHost.of(socket), how.contains("--from") ? 2 : 3))
                    .isNotEmpty();
        }
        assertThat(exit.get()).isZero();
        List<Long> seen = Files.readAllLines(wire).stream()
                .skip(1)
                .map(line -> Long.parseLong(line.split(",", -1)[1]))
                .toList();
        return java.util.stream.IntStream.range(1, seen.size())
                .mapToObj(i -> seen.get(i) - seen.get(i - 1))
                .toList();
    }

    @Test
    void readsAreSpacedAsTheyWereDividedByTheSpeed() throws Exception {
        assertThat(gaps(TABLE, "--speed 10")).containsExactly(125_000_000L, 125_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"+1,''", "07:31:01,''", "07:31:01,2026-02-15T", "2026-02-15T12:31:00.001+05:00,2026-02-15T"})
    void itBeginsAtAnyMoment(String from, String day) throws Exception {
        assertThat(gaps(TABLE.replace("07:", day + "07:"), "--speed 5 --from " + from))
                .containsExactly(250_000_000L);
    }

    @Test
    void whatIsFasterThanTheLinkWaitsForItAndIsNotLost() throws Exception {
        StringBuilder rows = new StringBuilder("time,chip\n");
        for (int i = 0; i < 3000; i++) {
            rows.append("0,%024X\n".formatted(i));
        }
        CompletableFuture<Integer> exit =
                start("llrp --tcp 0 --memory 50 --speed max --file " + table(rows.toString()));
        try (Socket socket = connect()) {
            List<TagReport> told = FileHost.hear("llrp", FileHost.of(socket), 3000);
            assertThat(told.stream().map(TagReport::chip).distinct()).hasSize(3000);
        }
        assertThat(exit.get()).isZero();
        assertThat(out.toString()).endsWith("offered=3000" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,chip!07:31:00,ABCD!07:3x:00,ABCD|reads.csv:3:1: the time '07:3x:00': want such as",
                "time,chip!5,ABCD!6,ABC|reads.csv:3:3: chip of 3 hex digits",
                "time,chip!5,ABCD!!6,ABCDEF|reads.csv:4:1: chip ABCDEF has 6 digits: a UHF reader reads whole words",
                "time,chip,antenna!5,ABCD,5|reads.csv:2:1: antenna 5: this reader has 4; want --antennas 5",
                "time,chip,rssi!5,ABCD,strong|reads.csv:2:8: RSSI 'strong': want dBm such as -61.5",
                "time,chip!5,ABCD,6|reads.csv:2:1: 3 values: want 2",
                "time,chip!5,ABCD!07:31:00,ABCD|is written in another way than those before",
                "time,chip!5,\"ABCD|reads.csv:2:3: a quotation mark is not closed",
                "time,chip,antena!5,ABCD,1|reads.csv:1:11: nobody knows the column 'antena'",
                "chip,antenna!ABCD,1|reads.csv:1:1: cannot tell what it is: want what matgate export writes",
                "{\"kind\":\"tag_read\",}|reads.csv:1:20: no JSON: want a name in quotation marks",
                "aa0005800012860800012603062027472353!aa0005800012860800012603062027472354|reads.csv:2:1: no good line",
                "time,chip|no reads",
            })
    void aBadRowIsToldBeforeAnythingStarts(String text, String says) throws Exception {
        Path file = table(text.replace('!', '\n'));
        assertThat(run("llrp --tcp 0 --file " + file)).isEqualTo(2);
        assertThat(err.toString()).contains(says);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void manyMistakesAreCountedAndNothingIsStarted() throws Exception {
        assertThat(run("mercury --pty --file " + table("time,chip\n" + "1,X\n".repeat(15))))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("reads.csv:11:3: ")
                .doesNotContain("reads.csv:12:")
                .contains("and 5 more")
                .contains("nothing was started; --skip-bad leaves such rows out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--speed -3|--speed -3.0; want 0.001 or more",
                "--from noon|--from 'noon': want such as 07:31:00",
                "--from 08:00:00|there is nothing from 08:00:00 on: it goes from 07:31:00 to 07:31:02.5",
                "--from 2026-02-15T07:31:00Z|--from is written in another way than the times of the file",
                "--from 5|--from is written in another way than the times of the file, which goes from 07:31:00 to",
                "--reader x|no reads of the reader 'x': there are readers [] and timing points []",
                "--rate 3|--rate and --file exclude each other",
            })
    void aWrongCallIsToldBeforeAnythingStarts(String how, String says) throws Exception {
        assertThat(run("llrp --tcp 0 --file " + table(TABLE) + " " + how)).isEqualTo(2);
        assertThat(err.toString()).contains(says);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whyNothingIsLeftIsTold() throws Exception {
        assertThat(run("mercury --pty --skip-bad --file " + table("time,chip\n1,X\n")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("reads.csv:2:3: chip", "rows left out: 1", "reads.csv: no reads");
    }

    @Test
    void badBytesAreNoReasonToStop() throws Exception {
        Path file = Files.write(folder.resolve("reads.csv"), "time,chip\n1,\u00e9\n".getBytes(ISO_8859_1));
        assertThat(run("llrp --tcp 0 --file " + file)).isEqualTo(2);
        assertThat(err.toString()).contains("reads.csv:2:3: bytes that are not UTF-8");
    }
}

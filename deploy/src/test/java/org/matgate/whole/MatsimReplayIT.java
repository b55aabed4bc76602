package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a box has read is exported in every format, seen again by mats of other families, and read by another box. */
@Timeout(180)
class MatsimReplayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How late a machine without time may let a read be seen, or a reader that is asked round by round tell it. */
    private static final long LATE_NANOS = 2_000_000_000L;

    /** On one antenna: a reader that goes round its antennas need not tell two of them in the order of time. */
    private static final String TABLE = """
            time,chip,antenna,rssi
            07:31:00,058000012860,1,-61
            07:31:00.4,058000012861,1,-55
            07:31:01,058000012860,1,-70
            07:31:01.3,058000012862,1,-48
            07:31:05.5,058000012863,1,-61
            """;

    @TempDir
    Path directory;

    /** A read of an export, with its moment on its box's CLOCK_MONOTONIC. */
    private record Read(String reader, String chip, String antenna, String rssi, long nanos) {
        private String told() {
            return chip + " " + antenna + " " + rssi;
        }
    }

    private static String reader(String name, String link) {
        return "[[reader]]\nname = \"%1$s\"\nfamily = \"%1$s\"\nantennas = [1]\n%2$s\n".formatted(name, link);
    }

    private static String said(Command command) throws InterruptedException {
        assertThat(command.awaitExit(PATIENCE)).as(command.text()).isZero();
        return command.text();
    }

    /** A box that reads until its mats have told all. */
    private Path read(String name, String readers, boolean vouched, Command... mats) throws Exception {
        String box = "[box]\nname = \"%1$s\"\ndata = \"%1$s\"\ntiming_point = \"%1$s\"\n".formatted(name);
        Path config = Files.writeString(directory.resolve(name + ".toml"), box + readers);
        try (Command service = Command.matgate("run", "--config", config)) {
            service.awaitLine("READY ", PATIENCE);
            if (vouched) {
                vouch(config);
            }
            for (Command mat : mats) {
                assertThat(said(mat)).endsWith("offered=5");
            }
            service.terminate();
            said(service);
        }
        return config;
    }

    /** By the crew: this machine's own clock may not know the time, and what has none is not replayed. */
    private static void vouch(Path config) throws Exception {
        try (Command anchor = Command.matgate(
                "clock", "anchor", "--config", config, "--now", "--at", Instant.now(), "--within", 1, "--force")) {
            said(anchor);
        }
    }

    private Path export(Path config, String format, Object... more) throws Exception {
        Path file = directory.resolve(config.getFileName() + "." + format);
        Object[] all = Stream.concat(
                        Stream.of("export", "--config", config, "--format", format, "--output", file),
                        Arrays.stream(more))
                .toArray();
        try (Command export = Command.matgate(all)) {
            said(export);
        }
        return file;
    }

    private static List<Read> reads(Path csv, String reader) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
        return lines.stream()
                .filter(line -> line.contains(",tag_read,"))
                .map(line -> line.split(",", -1))
                .map(cells -> new Read(
                        cells[header.indexOf("reader")],
                        cells[header.indexOf("chip")],
                        cells[header.indexOf("antenna")],
                        new BigDecimal(cells[header.indexOf("rssi_dbm")])
                                .stripTrailingZeros()
                                .toPlainString(),
                        Long.parseLong(cells[header.indexOf("monotonic_nanos")])))
                .filter(read -> read.reader().equals(reader))
                .toList();
    }

    private static List<String> told(List<Read> reads) {
        return reads.stream().map(Read::told).toList();
    }

    private static List<Long> sinceFirst(List<Read> reads) {
        return reads.stream()
                .map(read -> read.nanos() - reads.getFirst().nanos())
                .toList();
    }

    private static void assertAsFarApart(List<Read> again, List<Read> before) {
        List<Long> distances = sinceFirst(again);
        List<Long> wanted = sinceFirst(before);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(Math.abs(distances.get(i) - wanted.get(i)))
                    .as("%s, wanted %s", distances, wanted)
                    .isLessThan(LATE_NANOS);
        }
    }

    private Path firstBox() throws Exception {
        Path table = Files.writeString(directory.resolve("table.csv"), TABLE);
        try (Command mat = Command.matsim("mat", "llrp", "--tcp", 0, "--file", table)) {
            String address = mat.awaitLine("READY ", PATIENCE);
            return read("first", reader("llrp", "address = \"" + address + "\""), true, mat);
        }
    }

    @Test
    void whatIsExportedIsReadAgain() throws Exception {
        Path first = firstBox();
        Path csv = export(first, "csv");
        List<Read> before = reads(csv, "llrp");
        assertThat(told(before))
                .containsExactly(
                        "058000012860 1 -61",
                        "058000012861 1 -55",
                        "058000012860 1 -70",
                        "058000012862 1 -48",
                        "058000012863 1 -61");

        Path again;
        try (Command mercury = Command.matsim(
                        "mat", "mercury", "--pty", "--link", directory.resolve("mercury"), "--file", csv);
                Command r2000 = Command.matsim("mat", "r2000", "--tcp", 0, "--file", export(first, "jsonl"));
                Command chafon = Command.matsim(
                        "mat",
                        "chafon",
                        "--pty",
                        "--link",
                        directory.resolve("chafon"),
                        "--file",
                        export(first, "ipico", "--zone", "Asia/Almaty"))) {
            mercury.awaitLine("READY ", PATIENCE);
            chafon.awaitLine("READY ", PATIENCE);
            String readers = reader("mercury", "port = \"mercury\"")
                    + reader("r2000", "address = \"" + r2000.awaitLine("READY ", PATIENCE) + "\"")
                    + reader("chafon", "port = \"chafon\"");
            again = export(read("second", readers, false, mercury, r2000, chafon), "csv");
        }
        assertThat(told(reads(again, "mercury"))).isEqualTo(told(before));
        assertThat(told(reads(again, "r2000"))).isEqualTo(told(before));
        assertThat(reads(again, "chafon").stream().map(Read::chip).toList())
                .isEqualTo(before.stream().map(Read::chip).toList());
        for (String reader : List.of("mercury", "r2000", "chafon")) {
            assertAsFarApart(reads(again, reader), before);
        }
    }
}

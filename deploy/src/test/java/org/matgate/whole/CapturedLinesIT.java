package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a real IPICO reader, from a file through a reader, a box and the stream into an engine. */
@Timeout(120)
class CapturedLinesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void goldenLines() throws Exception {
        Path file = Files.write(
                directory.resolve("lines.txt"),
                List.of(
                        "aa0005800012860800012603062027472353",
                        "aa00058000123b3200012603081222022f060080cd",
                        "aa400000000123450a2a01123018455927a7",
                        "aa400000000123450a2a01123018455927a7"));
        assertThat(delivered(file, 4)).containsExactlyInAnyOrderElementsOf(expected(file));
    }

    @Test
    void everyLineOfACapture() throws Exception {
        Path file = Command.ROOT.resolve("../shared/captures/ipico-lines.txt");
        assumeTrue(Files.exists(file), "skipped: the capture of a real reader is not beside this checkout");
        List<String> expected = expected(file);
        assertThat(expected).hasSize(2000);
        assertThat(expected.stream().distinct()).hasSizeLessThan(2000);
        assertThat(delivered(file, 2000)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Each line's chip and reader's time, decoded here by hand: hundredths are hexadecimal. */
    private static List<String> expected(Path file) throws IOException {
        List<String> reads = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            int hundredths = Integer.parseInt(line.substring(32, 34), 16);
            LocalDateTime time = LocalDateTime.of(
                            2000 + digits(line, 20),
                            digits(line, 22),
                            digits(line, 24),
                            digits(line, 26),
                            digits(line, 28),
                            digits(line, 30))
                    .plus(hundredths * 10L, ChronoUnit.MILLIS);
            long micros = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
            reads.add(line.substring(4, 16).toUpperCase(java.util.Locale.ROOT) + " CIVIL " + micros);
        }
        return reads;
    }

    private static int digits(String line, int at) {
        return Integer.parseInt(line.substring(at, at + 2));
    }

    private List<String> delivered(Path file, int count) throws Exception {
        Path database = directory.resolve("engine.db");
        try (Command engine = Command.matsim("engine", "--port", 0, "--db", database, "--token", "t");
                Command mat = Command.matsim("mat", "ipico", "--tcp", 0, "--file", file, "--speed", "max", "--stay")) {
            String engineAddress = engine.awaitLine("READY ", PATIENCE);
            String matAddress = mat.awaitLine("READY ", PATIENCE);
            Path config =
                    Files.writeString(directory.resolve("matgate.toml"), """
                    [box]
                    name = "finish"
                    data = "data"
                    timing_point = "finish"
                    [[reader]]
                    name = "mat"
                    family = "ipico"
                    address = "%s"
                    [[engine]]
                    name = "central"
                    address = "%s"
                    token = "t"
                    """.formatted(matAddress, engineAddress));
            try (Command box = Command.matgate("run", "--config", config)) {
                box.awaitLine("READY ", PATIENCE);
                awaitReads(database, count);
                box.terminate();
                assertThat(box.awaitExit(PATIENCE)).as(box.text()).isZero();
            }
            engine.terminate();
            assertThat(engine.awaitExit(PATIENCE)).as(engine.text()).isZero();
        }
        return reads(database);
    }

    private static void awaitReads(Path database, int count) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (reads(database).size() < count && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
    }

    private static List<String> reads(Path database) throws SQLException {
        List<String> reads = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT chip, reader_time_base, reader_time_micros FROM read")) {
            while (rows.next()) {
                reads.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getLong(3));
            }
        }
        return reads;
    }
}

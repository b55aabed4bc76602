package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.journal.FaultyDisk;
import org.matgate.gateway.link.PseudoTerminal;

/** A box that is switched on with no byte of room left on its card: it reads all the same, in the room that it kept. */
@Timeout(120)
class FullDiskStartTest {
    private static final String FIRST = "aa0005800012860800012603062027472353\r\n";
    private static final String SECOND = "aa0005800012860900012603062027472354\r\n";

    @TempDir
    Path scratch;

    @TempDir
    Path disk;

    @BeforeEach
    void keepLogging() {
        System.setProperty("matgate.log", "on");
    }

    @AfterEach
    void asItWas() {
        System.clearProperty("matgate.log");
    }

    @Test
    void aSerialReaderIsReadOnAFullDisk() throws Exception {
        Path library = FaultyDisk.library(scratch);
        Path control = Files.writeString(scratch.resolve("control"), "-");
        Files.createDirectory(disk.resolve("tmp"));
        try (PseudoTerminal reader = PseudoTerminal.open()) {
            Path config = config(reader.port());
            read(library, control, config, reader, FIRST, "058000128608");
            Files.writeString(control, "F");
            read(library, control, config, reader, SECOND, "058000128609");
        }
        assertThat(exported()).contains("058000128608", "058000128609");
    }

    /** A service from its start until it has committed the line's chip, and its stop. */
    private void read(Path library, Path control, Path config, PseudoTerminal reader, String line, String chip)
            throws Exception {
        Process matgate = FaultyDisk.matgate(library, control, disk, "run", "--config", config.toString());
        try (BufferedReader says = matgate.inputReader(StandardCharsets.UTF_8)) {
            awaitReady(says);
            reader.write(line.getBytes(StandardCharsets.US_ASCII));
            while (!exported().contains(chip)) {
                Thread.sleep(50);
            }
            matgate.destroy();
            assertThat(matgate.waitFor()).as("a stop in order").isZero();
        } finally {
            matgate.destroyForcibly();
        }
    }

    private static void awaitReady(BufferedReader says) throws IOException {
        StringBuilder all = new StringBuilder();
        String line = says.readLine();
        while (line != null && !line.startsWith("READY")) {
            all.append(line).append('\n');
            line = says.readLine();
        }
        assertThat(line).as(all.toString()).isNotNull();
    }

    /** What the journal holds. */
    private String exported() throws IOException {
        Path file = scratch.resolve("exported.csv");
        Files.deleteIfExists(file);
        String data = disk.resolve("data").toString();
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Matgate.commandLine()
                .setOut(nowhere)
                .setErr(nowhere)
                .execute("export", "--format", "csv", "-o", file.toString(), "--data", data);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Path config(Path port) throws IOException {
        return Files.writeString(
                scratch.resolve("matgate.toml"),
                """
                [box]
                name = "finish-a"
                data = "DATA"
                timing_point = "finish"
                [[reader]]
                name = "main"
                family = "ipico"
                port = "PORT"
                """.replace("DATA", disk.resolve("data").toString()).replace("PORT", port.toString()));
    }
}

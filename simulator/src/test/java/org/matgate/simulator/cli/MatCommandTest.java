package org.matgate.simulator.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import picocli.CommandLine;

@Timeout(60)
class MatCommandTest {
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

    private String awaitReady() throws InterruptedException {
        while (!out.toString().contains("\n")) {
            Thread.sleep(5);
        }
        return out.toString().lines().findFirst().orElseThrow();
    }

    private byte[] readAll(String ready) throws Exception {
        String[] address = ready.substring("READY ".length()).split(":", -1);
        try (Socket client = new Socket(address[0], Integer.parseInt(address[1]))) {
            return client.getInputStream().readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mercury|--pty",
                "mercury --pty --port /dev/x|exclusive",
                "mercury --pty --antennas 17|want 1 to 16",
                "mercury --pty --rate -1|--rate -1.0: want",
                "mercury --port /dev/nowhere --link /tmp/x|--link goes with --pty only",
                "mercury --port /dev/nowhere|cannot open /dev/nowhere at 115200",
                "mercury --pty --link /nowhere/mat|there is no such file or directory",
                "ipico|--tcp",
                "ipico --tcp 65536|want 0 to 65535",
                "ipico --tcp 0 --file /nowhere|cannot read /nowhere: there is no such file",
                "ipico --tcp 0 --speed 3|go with --file only",
                "ipico --tcp 0 --zone moon|--zone 'moon': want Z or such as +05:00",
                "ipico --tcp 0 --bind no.such.host.invalid|there is no such address here",
                "r2000|--tcp",
                "r2000 --pty --tcp 0|exclusive",
                "r2000 --tcp 65536|want 0 to 65535",
                "r2000 --pty --antennas 9|want 1 to 8",
                "r2000 --pty --baud 9600|want 38400 or 115200",
                "r2000 --tcp 0 --link /tmp/x|--link goes with --pty only",
                "llrp|--tcp",
                "llrp --tcp 70000|want 0 to 65535",
                "llrp --tcp 0 --antennas 33|want 1 to 32",
                "llrp --tcp 0 --memory 0|want 1 to 1000000",
                "llrp --tcp 0 --tag-memory 0|want at least 1",
                "llrp --tcp 0 --vendor alien|--vendor 'alien': want one of impinj, zebra, other",
                "llrp --tcp 0 --bind no.such.host.invalid|there is no such address here",
                "--fly|--fly",
            })
    void refusesAWrongCall(String arguments, String says) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(says);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void inventsAsManyReadsAsAskedForAndLogsThem() throws Exception {
        Path log = folder.resolve("wire.csv");
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> run("ipico --tcp 0 --rate 200 --count 25 --chips 3 --seed 7 --name split --wire-log " + log));
        byte[] bytes = readAll(awaitReady());
        assertThat(exit.get()).isZero();
        assertThat(out.toString().lines()).hasSize(2).last().isEqualTo("offered=25");
        assertThat(new String(bytes, US_ASCII).lines()).hasSize(25).allMatch(line -> line.startsWith("aa00"));
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSize(26);
        assertThat(lines.getFirst())
                .isEqualTo("reader,sighted_utc_nanos,sent_utc_nanos,chip,antenna,rssi_centi_dbm,"
                        + "reader_time_base,reader_time_micros,fate");
        assertThat(lines.stream().skip(1))
                .allMatch(line -> line.matches("split,\\d{19},\\d{19},00000000000[123],,,CIVIL,\\d{16},WHOLE"));
    }

    @Test
    void playsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), "aa0005800012860800012603062027472353\r\n");
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> run("ipico --tcp 0 --speed max --file " + file));
        assertThat(readAll(awaitReady())).isEqualTo(Files.readAllBytes(file));
        assertThat(exit.get()).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("offered=1");
    }

    @Test
    void endsAfterItsDurationThoughNobodyCame() throws Exception {
        Path link = folder.resolve("mat");
        assertThat(run("mercury --pty --rate 10 --duration 0.2 --link " + link)).isZero();
        assertThat(out.toString().lines()).containsExactly("READY " + link, "offered=0");
        assertThat(link).doesNotExist();
    }
}

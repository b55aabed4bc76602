package org.matgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.simulator.link.Pty;
import picocli.CommandLine;

@Timeout(60)
class ReplayCommandTest {
    private static final String CAPTURE = """
            # what was heard at the start
            0.000 > FF 00 03 1D 0C
            0.010 < FF1400
            0.110   0102 03   # without a mark it is the reader
            5.110 < 04
            5.610 05
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String arguments) {
        CommandLine command = new CommandLine(new ReplayCommand());
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

    private Path capture(String text) throws Exception {
        return Files.writeString(folder.resolve("capture.txt"), text);
    }

    private Socket connect() throws Exception {
        String[] address =
                out.toString().lines().findFirst().orElseThrow().substring(6).split(":", -1);
        return new Socket(address[0], Integer.parseInt(address[1]));
    }

    @ParameterizedTest
    @CsvSource({"--speed max,FF14000102030405", "--speed 20 --from +4,0405", "--speed max --from 5.2,05"})
    void whatTheReaderSaidArrivesByteForByteAndNothingIsAnswered(String how, String hex) throws Exception {
        CompletableFuture<Integer> exit = start(capture(CAPTURE) + " --tcp 0 " + how);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {(byte) 0xFF, 0, 3, 0x1D, 0x0C});
            assertThat(socket.getInputStream().readAllBytes())
                    .isEqualTo(HexFormat.of().parseHex(hex));
        }
        assertThat(exit.get()).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("sent=" + hex.length() / 2);
    }

    @Test
    void theTimesBetweenAreKept() throws Exception {
        long before = System.nanoTime();
        CompletableFuture<Integer> exit = start(capture(CAPTURE) + " --tcp 0 --speed 10");
        try (Socket socket = connect()) {
            assertThat(socket.getInputStream().readAllBytes()).hasSize(8);
        }
        assertThat(exit.get()).isZero();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(560_000_000L);
    }

    @Test
    void ontoARealSerialPort() throws Exception {
        try (Pty far = Pty.open()) {
            CompletableFuture<Integer> exit =
                    start(capture(CAPTURE) + " --port " + far.address() + " --speed 100 --baud 9600");
            byte[] heard = new byte[8];
            byte[] piece = new byte[8];
            for (int at = 0; at < 8; ) {
                int n = far.read(piece, 5_000_000);
                System.arraycopy(piece, 0, heard, at, n);
                at += n;
            }
            assertThat(heard).isEqualTo(HexFormat.of().parseHex("FF14000102030405"));
            assertThat(exit.get()).isZero();
            assertThat(out.toString().lines()).last().isEqualTo("sent=8");
        }
    }

    @Test
    void aRealReadersReportsAreHeardByTheProductsParser() throws Exception {
        Path hex = Path.of("../../shared/captures/llrp-ro-access-reports.hex");
        assumeTrue(Files.exists(hex), "no captures here");
        List<String> frames = Files.readAllLines(hex);
        StringBuilder timed = new StringBuilder();
        for (int i = 0; i < frames.size(); i++) {
            timed.append("07:31:%02d < %s%n".formatted(i % 60, frames.get(i)));
        }
        CompletableFuture<Integer> exit = start(capture(timed.toString()) + " --tcp 0 --speed 0");
        try (Socket socket = connect()) {
            assertThat(FileHost.hear("llrp", FileHost.of(socket), 1000)).hasSizeGreaterThanOrEqualTo(frames.size());
        }
        assertThat(exit.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 < 0102!0.5 < 03|capture.txt:2:1: the time 0.5 is before that of a line above",
                "1 < 01024|capture.txt:1:10: want a time, < or nothing for what the reader said",
                "1 < 01!soon 02|capture.txt:2:1: the time 'soon'",
                "1 > 01|there is nothing in it that a reader said",
            })
    void aBadLineIsToldBeforeAnythingStarts(String text, String says) throws Exception {
        assertThat(run(capture(text.replace('!', '\n')) + " --tcp 0")).isEqualTo(2);
        assertThat(err.toString()).contains(says);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void badLinesAreLeftOutIfAsked() throws Exception {
        CompletableFuture<Integer> exit = start(capture("1 < 01\n2 < 0\n3 < 03\n") + " --tcp 0 --speed max --skip-bad");
        try (Socket socket = connect()) {
            assertThat(socket.getInputStream().readAllBytes()).containsExactly(1, 3);
        }
        assertThat(exit.get()).isZero();
        assertThat(err.toString()).contains("capture.txt:2:6: ").contains("rows left out: 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nowhere --tcp 0|cannot read /nowhere: there is no such file",
                "/nowhere --tcp 70000|want 0 to 65535",
                "/nowhere --tcp 0 --baud 1|--baud 1: want 300",
                "/nowhere --tcp 0 --pty|exclusive",
                "--tcp 0|CAPTURE",
            })
    void refusesAWrongCall(String arguments, String says) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(says);
    }
}

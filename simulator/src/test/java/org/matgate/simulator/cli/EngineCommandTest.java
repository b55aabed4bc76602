package org.matgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class EngineCommandTest {
    @TempDir
    Path directory;

    /** The command as a process of its own. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            System.exit(new CommandLine(new EngineCommand()).execute(arguments));
        }
    }

    @Test
    void saysWhereItListensWhoIsRefusedAndEndsInOrder() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port",
                        "0",
                        "--db",
                        directory.resolve("engine.db").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String ready = out.readLine();
            assertThat(ready).matches("READY 127\\.0\\.0\\.1:\\d+");
            int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                stranger.getOutputStream()
                        .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(out.readLine())
                        .startsWith("refused a client at 127.0.0.1:")
                        .contains("PROTOCOL");
            }
            process.toHandle().destroy(); // the process itself would close the stream that is read below
            String last = "";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
            assertThat(last).isEqualTo("stored=0");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(temporary).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anAddressThatOthersReachMustBeMeant() {
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new EngineCommand()).setErr(new PrintWriter(said, true));
        Path file = directory.resolve("engine.db");
        assertThat(command.execute("--bind", "0.0.0.0", "--port", "0", "--db", file.toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("--insecure");
        assertThat(file).doesNotExist();
    }
}

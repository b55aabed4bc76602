package org.matgate.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real {@code matgate run} as systemd starts it. */
@Timeout(180)
class ServiceProcessTest {
    private static final Duration MOST = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void itSaysThatItReadsWithNobodyInReachFeedsTheWatchdogAndSaysThatItStops() throws Exception {
        String socket = directory.resolve("notify").toString();
        File log = directory.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.matgate.gateway.Matgate",
                "run",
                "--config",
                config().toString());
        builder.environment().put("NOTIFY_SOCKET", socket);
        builder.environment().put("WATCHDOG_USEC", "400000");
        builder.environment().remove("WATCHDOG_PID");
        try (DatagramEar ear = new DatagramEar(socket)) {
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(log).start();
            try {
                assertThat(ear.await(text -> true, MOST))
                        .as(Files.readString(log.toPath()))
                        .isEqualTo("READY=1");
                assertThat(ear.await(text -> text.contains("STATUS="), MOST))
                        .containsAnyOf("WORKING, with 2 warnings; ", "NOT READY: ");
                for (int i = 0; i < 5; i++) {
                    ear.await(text -> text.equals("WATCHDOG=1"), MOST);
                }
                process.destroy();
                ear.await(text -> text.startsWith("STOPPING=1"), MOST);
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "; the log: " + Files.readString(log.toPath()), e);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Path config() throws Exception {
        return Files.writeString(directory.resolve("matgate.toml"), """
                [box]
                name = "finish-a"
                data = "data"
                timing_point = "finish"
                [[reader]]
                name = "away"
                family = "ipico"
                address = "127.0.0.1:1"
                [[engine]]
                name = "central"
                address = "127.0.0.1:1"
                """);
    }
}

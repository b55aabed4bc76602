package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.gateway.pulse.PulseLooks;
import org.slf4j.LoggerFactory;

/** What the watchdog goes by, of a whole service each of whose threads is held up in turn. */
@Timeout(180)
class GatewayPulsesTest {
    @TempDir
    Path directory;

    private Config config(int silentReader) throws Exception {
        return ConfigLoader.load(Files.writeString(
                directory.resolve("matgate.toml"), """
                [box]
                name = "finish-a"
                data = "data"
                timing_point = "finish"
                [[reader]]
                name = "silent"
                family = "ipico"
                address = "127.0.0.1:PORT"
                [[reader]]
                name = "away"
                family = "ipico"
                address = "127.0.0.1:1"
                [[reader]]
                name = "unplugged"
                family = "chafon"
                port = "/dev/no-such-port"
                [[engine]]
                name = "central"
                address = "127.0.0.1:1"
                """.replace("PORT", String.valueOf(silentReader))));
    }

    private static Pulse of(Gateway gateway, String name) {
        return gateway.pulses().stream()
                .filter(pulse -> pulse.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aServiceWithNothingToDoAndNobodyInReachLives() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.start(config(silent.getLocalPort()))) {
            assertThat(gateway.pulses())
                    .extracting(Pulse::name)
                    .containsExactly(
                            "reader silent",
                            "reader away",
                            "reader unplugged",
                            "the journal's writer",
                            "the engines' event loop");
            for (Pulse pulse : gateway.pulses()) {
                PulseLooks.awaitBeats(pulse, 2);
            }
        }
    }

    @Test
    void aReaderThatHangsIsFoundAndTheOthersAreNot() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.start(config(silent.getLocalPort()), journal -> event -> {
                    if (Thread.currentThread().getName().equals("reader-silent")) {
                        hang(end);
                    }
                    return journal.offer(event);
                })) {
            try {
                assertThat(PulseLooks.awaitStuck(of(gateway, "reader silent")))
                        .contains("GatewayPulsesTest.hang(", "ReaderLoop.run(");
                PulseLooks.awaitBeats(of(gateway, "reader away"), 1);
                PulseLooks.awaitBeats(of(gateway, "the journal's writer"), 1);
                PulseLooks.awaitBeats(of(gateway, "the engines' event loop"), 1);
            } finally {
                end.countDown();
            }
        }
    }

    @Test
    void anEventLoopThatHangsIsFound() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        // What it has to say of the engine that refuses it is what it hangs in.
        UnsynchronizedAppenderBase<ILoggingEvent> hanging = new UnsynchronizedAppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (Thread.currentThread().getName().startsWith("uplink")) {
                    hang(end);
                }
            }
        };
        hanging.setContext(root.getLoggerContext());
        hanging.start();
        root.addAppender(hanging);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.start(config(silent.getLocalPort()))) {
            try {
                Pulse loop = of(gateway, "the engines' event loop");
                assertThat(PulseLooks.awaitStuck(loop)).contains("the engines' event loop for ");
                PulseLooks.awaitBeats(of(gateway, "reader silent"), 1);
                PulseLooks.awaitBeats(of(gateway, "the journal's writer"), 1);
                end.countDown();
                PulseLooks.awaitBeats(loop, 1);
            } finally {
                end.countDown();
                root.detachAppender(hanging);
            }
        }
    }

    private static void hang(CountDownLatch end) {
        try {
            if (!end.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("left hanging");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

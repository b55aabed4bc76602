package org.matgate.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.pulse.Pulse;

@Timeout(60)
class ServiceManagerTest {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final long PID = 4711;

    @TempDir
    Path directory;

    private static Optional<ServiceManager> start(Map<String, String> environment, Pulse... pulses) {
        return ServiceManager.start(environment, PID, List.of(pulses), () -> "all\nwell");
    }

    /** A thread that comes round until it is held up. */
    private static final class Worker implements AutoCloseable {
        final Pulse pulse = new Pulse("worker", Duration.ofMillis(500));
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean heldUp;

        Worker() {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (!end.await(5, TimeUnit.MILLISECONDS)) {
                        if (!heldUp) {
                            pulse.beat();
                        }
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() {
            end.countDown();
        }
    }

    @Test
    void aPathIsToldThatTheServiceIsReadyHowItStandsAndThatItStops() throws Exception {
        String path = directory.resolve("notify ü").toString();
        try (DatagramEar ear = new DatagramEar(path);
                ServiceManager manager = start(Map.of("NOTIFY_SOCKET", path)).orElseThrow()) {
            assertThat(ear.await(text -> true, MOST)).isEqualTo("READY=1");
            assertThat(ear.await(text -> true, MOST)).isEqualTo("READY=1\nSTATUS=all well");
            manager.stopping();
            assertThat(ear.await(text -> true, MOST)).isEqualTo("STOPPING=1\nSTATUS=stopping");
        }
    }

    @Test
    void anAbstractNameIsToldJustAsWell() throws Exception {
        String name = "@matgate-test-" + ProcessHandle.current().pid() + "/" + directory.getFileName();
        try (DatagramEar ear = new DatagramEar(name);
                ServiceManager manager = start(Map.of("NOTIFY_SOCKET", name)).orElseThrow()) {
            assertThat(manager).isNotNull();
            assertThat(ear.await(text -> true, MOST)).isEqualTo("READY=1");
        }
    }

    @Test
    void withoutASocketNothingHappensAndWithABadOneNothingElse() throws Exception {
        assertThat(start(Map.of("WATCHDOG_USEC", "200000"))).isEmpty();
        assertThat(start(Map.of("NOTIFY_SOCKET", ""))).isEmpty();
        assertThat(start(Map.of("NOTIFY_SOCKET", "vsock:2:1234"))).isEmpty();
        assertThat(start(Map.of("NOTIFY_SOCKET", "@"))).isEmpty();
        assertThat(start(Map.of("NOTIFY_SOCKET", "/" + "a".repeat(107)))).isEmpty();
        assertThatThrownBy(() -> NotifySocket.to("/" + "ü".repeat(60)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 121 bytes; the name of a local socket has 1 to 107");
        try (NotifySocket nobody = NotifySocket.to(directory.resolve("nobody").toString())) {
            assertThatThrownBy(() -> nobody.send("READY=1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nobody takes nothing: there is no such socket (ENOENT)");
        }
        String left = directory.resolve("left").toString();
        new DatagramEar(left).close();
        try (NotifySocket nobody = NotifySocket.to(left)) {
            assertThatThrownBy(() -> nobody.send("READY=1")).hasMessageContaining("nobody listens there");
        }
        assertThat(Files.exists(Path.of(left))).isTrue();
    }

    @Test
    void theLongestNamesArrive() throws Exception {
        String longest = "@" + directory.getFileName() + "x".repeat(107);
        String name = longest.substring(0, 1 + NotifySocket.MOST_NAME_BYTES);
        try (DatagramEar ear = new DatagramEar(name);
                NotifySocket socket = NotifySocket.to(name)) {
            assertThat(socket.send("ö")).isTrue();
            assertThat(ear.await(text -> true, MOST)).isEqualTo("ö");
        }
    }

    @Test
    void whoeverDoesNotKeepUpIsNotWaitedForAndStillHearsTheRest() throws Exception {
        String path = directory.resolve("notify").toString();
        try (DatagramEar ear = new DatagramEar(path);
                NotifySocket socket = NotifySocket.to(path)) {
            int sent = 0;
            while (socket.send("STATUS=" + sent)) {
                sent++;
            }
            assertThat(sent).isPositive();
            Thread starting = Thread.ofPlatform()
                    .daemon()
                    .start(() -> start(Map.of("NOTIFY_SOCKET", path)).ifPresent(ServiceManager::close));
            assertThat(ear.await(text -> text.equals("READY=1"), MOST)).isEqualTo("READY=1");
            starting.join();
            assertThatThrownBy(() -> socket.send("x".repeat(10_000_000))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theWatchdogIsFedWhileAllGoesRoundAndOnlyThen() throws Exception {
        String path = directory.resolve("notify").toString();
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "200000", "WATCHDOG_PID", String.valueOf(PID));
        try (DatagramEar ear = new DatagramEar(path);
                Worker worker = new Worker();
                ServiceManager manager = start(environment, worker.pulse).orElseThrow()) {
            for (int i = 0; i < 3; i++) {
                ear.await(text -> text.equals("WATCHDOG=1"), MOST);
            }
            worker.heldUp = true;
            awaitSilence(ear);
            worker.heldUp = false;
            ear.await(text -> text.equals("WATCHDOG=1"), MOST);
            worker.heldUp = true;
            awaitSilence(ear);
            manager.stopping();
            ear.await(text -> text.startsWith("STOPPING=1"), MOST);
            ear.await(text -> text.equals("WATCHDOG=1"), MOST);
        }
    }

    /** Ten times as long as the feeds are apart. */
    private static void awaitSilence(DatagramEar ear) throws InterruptedException {
        for (int silent = 0; silent < 100; silent++) {
            TimeUnit.MILLISECONDS.sleep(10);
            if (ear.poll().isPresent()) {
                silent = 0;
            }
        }
    }

    @Test
    void aWatchdogThatIsAnothersOrMakesNoSenseIsNotFed() {
        assertThat(ServiceManager.watchdogMicros(Map.of("WATCHDOG_USEC", "30000000"), PID))
                .contains(30_000_000L);
        assertThat(ServiceManager.watchdogMicros(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4712"), PID))
                .isEmpty();
        assertThat(ServiceManager.watchdogMicros(Map.of("WATCHDOG_PID", "4711"), PID))
                .isEmpty();
        assertThat(ServiceManager.watchdogMicros(Map.of("WATCHDOG_USEC", "soon"), PID))
                .isEmpty();
        assertThat(ServiceManager.watchdogMicros(Map.of("WATCHDOG_USEC", "0"), PID))
                .isEmpty();
        assertThat(ServiceManager.watchdogMicros(Map.of("WATCHDOG_USEC", "-5"), PID))
                .isEmpty();
    }
}

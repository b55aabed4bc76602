package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.StatusClient;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;

/** A whole service with simulated pins: what goes in by the files comes out of the journal, and the other way round. */
@Timeout(60)
class GatewayPinsTest {
    private static final byte[] IPICO_LINE =
            "aa0005800012860800012603062027472353\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private Config config(String address) throws Exception {
        return ConfigLoader.load(Files.writeString(directory.resolve("matgate.toml"), """
                [box]
                name = "start-a"
                data = "data"
                timing_point = "start"
                [[reader]]
                name = "main"
                family = "ipico"
                address = "ADDRESS"
                [simulation]
                enabled = true
                pins = "pins"
                [gpio]
                driver = "simulated"
                [gpio.gun]
                line = 17
                [gpio.mark]
                line = "GPIO27"
                edge = "falling"
                timing_point = "finish"
                [gpio.power]
                line = 6
                failing = "low"
                [gpio.beeper]
                line = 22
                [gpio.lamp]
                line = 23
                active = "low"
                [[gpio.relay]]
                line = 24
                reader = "main"
                """.replace("ADDRESS", address)));
    }

    @BeforeEach
    void makeTheDirectory() throws IOException {
        Files.createDirectory(directory.resolve("pins"));
    }

    private void edges(String lines) throws IOException {
        Files.writeString(directory.resolve("pins/in"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean out(String line) {
        try {
            Path out = directory.resolve("pins/out");
            return Files.exists(out) && Files.readAllLines(out).stream().anyMatch(text -> text.endsWith(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String pin(String name) {
        if (!(StatusClient.ask(directory.resolve("data")) instanceof StatusClient.Said said)) {
            return "no answer";
        }
        return said.report().lines().stream()
                .filter(line -> line.part().equals("pin") && line.name().equals(name))
                .map(Line::text)
                .findFirst()
                .orElse("no line");
    }

    /** The test's own time limit ends a wait that is in vain. */
    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private List<Event> journal() throws Exception {
        BoxClock clock = BoxClocks.open(java.util.Optional.empty());
        try (Journal journal = Journal.open(new Journal.Opening(
                directory.resolve("data"),
                "start-a",
                clock.bootId(),
                MachineId.read(Path.of("/")),
                clock.read().utcNanos(),
                Duration.ZERO))) {
            return journal.read(journal.id(), 1, Long.MAX_VALUE, 1_000).stream()
                    .map(Entry::event)
                    .toList();
        }
    }

    private <E extends Event> List<E> journal(Class<E> type) throws Exception {
        return journal().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void edgesBecomeGunsAndMarksWithTheirExactTime() throws Exception {
        edges("1 17 1\n2 17 0\n");
        long gun;
        long mark;
        try (Gateway gateway = Gateway.start(config("127.0.0.1:1"))) {
            until(() -> pin("gun").equals("simulated line 17: ready, low"));
            until(() -> pin("mark").equals("simulated line GPIO27: ready, high"));
            gun = System.nanoTime();
            // The contact bounces, and is let go after 20 ms; a second one comes within the lock-out.
            edges((gun - 1_000_000_000_000L) + " 17 1 1\n" + gun + " 17 1 2\n" + (gun + 300_000) + " 17 0 3\n"
                    + (gun + 600_000) + " 17 1 4\n");
            TimeUnit.MILLISECONDS.sleep(21);
            edges((gun + 20_000_000) + " 17 0 5\n");
            until(() -> pin("gun").contains("1 pulse"));
            TimeUnit.MILLISECONDS.sleep(200);
            mark = System.nanoTime();
            edges(mark + " GPIO27 0\n" + mark + " 17 1 9\n");
            until(() -> pin("gun").contains("2 pulses (1 within the lock-out)")
                    && pin("mark").contains("1 pulse"));
            assertThat(gateway.summary()).contains("SIMULATED");
        }
        assertThat(journal(Event.Gun.class))
                .hasSize(2)
                .satisfiesExactly(
                        first -> {
                            assertThat(first.stamp().monotonicNanos()).isEqualTo(gun);
                            assertThat(first.stamp().momentUncertaintyNanos()).isEqualTo(100_000);
                            assertThat(first.timingPoint()).isEqualTo("start");
                            assertThat(first.input()).isEqualTo("17");
                            assertThat(first.kernelTime()).isTrue();
                            assertThat(first.withinLockout()).isFalse();
                        },
                        second -> {
                            assertThat(second.stamp().monotonicNanos()).isEqualTo(mark);
                            assertThat(second.withinLockout()).isTrue();
                            assertThat(second.edgesMissed()).isEqualTo(3);
                        });
        assertThat(journal(Event.Mark.class)).singleElement().satisfies(only -> {
            assertThat(only.stamp().monotonicNanos()).isEqualTo(mark);
            assertThat(only.timingPoint()).isEqualTo("finish");
            assertThat(only.input()).isEqualTo("GPIO27");
        });
    }

    @Test
    void anEdgeThatNobodyStampedHasItsArrival() throws Exception {
        long before;
        long after;
        try (Gateway gateway = Gateway.start(config("127.0.0.1:1"))) {
            until(() -> pin("gun").endsWith("ready, low"));
            before = System.nanoTime();
            edges("- 17 1\n");
            until(() -> pin("gun").contains("1 pulse"));
            after = System.nanoTime();
            assertThat(gateway.summary()).contains("1 readers");
        }
        Event.Gun gun = journal(Event.Gun.class).getFirst();
        assertThat(gun.kernelTime()).isFalse();
        assertThat(gun.stamp().momentUncertaintyNanos()).isGreaterThan(100_000);
        assertThat(gun.stamp().monotonicNanos() + gun.stamp().momentUncertaintyNanos())
                .isGreaterThan(before);
        assertThat(gun.stamp().monotonicNanos()).isLessThan(after);
    }

    @Test
    void beeperLampAndPowerLine() throws Exception {
        edges("1 6 1\n");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.start(config("127.0.0.1:" + server.getLocalPort()));
                Socket reader = server.accept()) {
            until(() -> out(" 23 0"));
            until(() -> pin("power").endsWith("ready, power is good"));
            until(() -> pin("beeper").endsWith("ready"));
            assertThat(out(" 22 1")).isFalse();
            reader.getOutputStream().write(IPICO_LINE);
            until(() -> out(" 22 1"));
            edges("2 6 0\n");
            until(() -> pin("power").endsWith("POWER FAILS"));
            edges("3 6 1\n");
            until(() -> pin("power").endsWith("power is good"));
            assertThat(pin("relay/main")).isEqualTo("simulated line 24: ready, power on");
            assertThat(gateway.summary()).contains("start-a");
        }
        assertThat(lastLevel("22")).isEqualTo("0");
        assertThat(lastLevel("23")).as("dark: the lamp is lit by low").isEqualTo("1");
        assertThat(lastLevel("24")).isEqualTo("0");
        assertThat(journal(Event.TagRead.class)).isNotEmpty();
        assertThat(journal(Event.BoxState.class).stream()
                        .map(Event.BoxState::condition)
                        .toList())
                .containsSubsequence(
                        BoxCondition.STARTED, BoxCondition.POWER_FAILING, BoxCondition.POWER_OK, BoxCondition.STOPPING);
    }

    private String lastLevel(String line) throws IOException {
        return Files.readAllLines(directory.resolve("pins/out")).stream()
                .map(text -> text.split(" ", -1))
                .filter(columns -> columns[1].equals(line))
                .reduce((first, last) -> last)
                .orElseThrow()[2];
    }

    @Test
    void aChipThatIsNotThereStopsNothing() throws Exception {
        Config config = ConfigLoader.load(Files.writeString(directory.resolve("matgate.toml"), """
                [box]
                name = "start-a"
                data = "data"
                timing_point = "start"
                [[reader]]
                name = "main"
                family = "ipico"
                address = "127.0.0.1:1"
                [gpio]
                chip = "/dev/null"
                [gpio.gun]
                line = 17
                [gpio.lamp]
                line = 23
                """));
        try (Gateway gateway = Gateway.start(config)) {
            until(() -> pin("gun").equals("/dev/null is no GPIO chip (ENOTTY)"));
            until(() -> pin("lamp").equals("/dev/null is no GPIO chip (ENOTTY)"));
            assertThat(gateway.summary()).contains("1 readers");
        }
        assertThat(journal(Event.Gun.class)).isEmpty();
        assertThat(journal(Event.BoxState.class)).hasSize(2);
    }
}

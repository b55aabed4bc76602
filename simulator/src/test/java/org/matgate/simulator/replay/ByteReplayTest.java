package org.matgate.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.reader.WireLog.Fate;

@Timeout(60)
class ByteReplayTest {
    private static final String GOLDEN = """
            aa0005800012860800012603062027472353\r
            aa00058000123b3200012603081222022f060080cd\r
            this is no line\r
            aa400000000123450a2a01123018455927a7\r
            """;

    @TempDir
    private Path folder;

    private final SimClock clock = SimClock.system();
    private final List<Fate> fates = new CopyOnWriteArrayList<>();
    private final WireLog wireLog = (read, sent, fate) -> fates.add(fate);
    private TcpLink link;

    @BeforeEach
    void listen() throws IOException {
        link = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        link.close();
    }

    private byte[] received() {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
            return client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ByteReplay replay(Path file, String speed) throws Exception {
        CaptureFile lines = CaptureFile.ipico(file, From.START, false);
        return ByteReplay.ipico("mat", lines, Speed.parse(speed), link, clock, wireLog);
    }

    @Test
    void goldenLinesArriveByteForByte() throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), GOLDEN);
        CompletableFuture<byte[]> client = CompletableFuture.supplyAsync(this::received);
        ByteReplay replay = replay(file, "max");
        replay.run(false);
        assertThat(client.get()).isEqualTo(Files.readAllBytes(file));
        assertThat(replay.offered()).isEqualTo(3);
        assertThat(fates).containsExactly(Fate.WHOLE, Fate.WHOLE, Fate.WHOLE);
    }

    @Test
    void aRealReadersLinesArriveByteForByte() throws Exception {
        Path file = Path.of("../../shared/captures/ipico-lines.txt");
        assumeTrue(Files.exists(file), "no captures here");
        CompletableFuture<byte[]> client = CompletableFuture.supplyAsync(this::received);
        ByteReplay replay = replay(file, "max");
        replay.run(false);
        assertThat(client.get()).isEqualTo(Files.readAllBytes(file));
        assertThat(replay.offered()).isEqualTo(2000);
    }

    @Test
    void keepsTheTimesBetweenLines() throws Exception {
        // 0.35 s and 4.25 s apart, the last one out of order.
        Path file = Files.writeString(folder.resolve("lines.txt"), """
                aa00058000123b3200012603071348503277
                aa0005800012183800012603071348512453
                aa0005800012860800012603071348515f8a
                aa00058000120e380001260307134852037d
                aa00058000123b3200ff26030713485032e2
                """);
        CompletableFuture<byte[]> client = CompletableFuture.supplyAsync(this::received);
        long before = clock.monotonicNanos();
        replay(file, "10").run(false);
        assertThat(clock.monotonicNanos() - before).isGreaterThanOrEqualTo(150_000_000L);
        assertThat(client.get()).isEqualTo(Files.readAllBytes(file));
        assertThat(fates).hasSize(5);
    }

    @Test
    void staysUntilItIsStopped() throws Exception {
        Path file = Files.writeString(folder.resolve("lines.txt"), GOLDEN);
        ByteReplay replay = replay(file, "max");
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
            try {
                replay.run(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
            assertThat(client.getInputStream().readNBytes(GOLDEN.length())).hasSize(GOLDEN.length());
            client.getOutputStream().write("ab00000222\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(26)).startsWith('a', 'b', '0', '0', '0', '7', '0', '2');
            assertThat(run).isNotDone();
            replay.stop();
            run.get();
        }
    }

    @Test
    void speedsAreNumbersOrMax() {
        assertThat(Speed.parse("20").factor()).isEqualTo(20);
        assertThat(Speed.parse("max")).isEqualTo(Speed.MAX);
        assertThat(Speed.parse("0")).isEqualTo(Speed.MAX);
        for (String wrong : List.of("-1", "fast", "NaN", "")) {
            assertThatThrownBy(() -> Speed.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What box and simulated reader say to each other in LLRP, dissected by tshark, which is neither's. */
@Timeout(180)
class LlrpDissectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REPORT = 61;
    private static final int KEEPALIVE_ACK = 72;
    private static final int CLOSE_CONNECTION_RESPONSE = 4;
    private static final int REPORTS = 50;

    /**
     * tshark forgets to count the two bytes that give the length of a reader's identification (218), which is in the
     * configuration that a reader tells (12).
     */
    private static final String MISCOUNTED = "Incorrect length of parameter: 13 bytes decoded, but 15 bytes claimed.";

    private static final String CONFIGURATION = "12";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"impinj", "zebra", "other"})
    void everyMessageIsWhatTheStandardSays(String vendor) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark"))),
                "skipped: tshark is not installed here");
        List<RecordingProxy.Piece> pieces = conversation(vendor);
        Path capture = Pcap.write(directory.resolve("llrp.pcap"), pieces);
        List<Integer> said = new ArrayList<>(types(pieces, true));
        said.addAll(types(pieces, false));
        assertThat(said).contains(CLOSE_CONNECTION_RESPONSE);
        List<Integer> dissected = new ArrayList<>(dissected(capture, "tcp.dstport"));
        dissected.addAll(dissected(capture, "tcp.srcport"));
        assertThat(dissected).isEqualTo(said);
        assertThat(complaints(capture)).as("malformed packets and errors").isEmpty();
    }

    /** From the reader's greeting to its goodbye. */
    private List<RecordingProxy.Piece> conversation(String vendor) throws Exception {
        try (Command mat = Command.matsim("mat", "llrp", "--tcp", 0, "--rate", 100, "--vendor", vendor);
                RecordingProxy proxy = new RecordingProxy(mat.awaitLine("READY ", PATIENCE))) {
            Path config = Files.writeString(directory.resolve("matgate.toml"), """
                    [box]
                    name = "finish"
                    data = "data"
                    timing_point = "finish"
                    [[reader]]
                    name = "mat"
                    family = "llrp"
                    address = "%s"
                    power_dbm = 30.0
                    """.formatted(proxy.address()));
            try (Command box = Command.matgate("run", "--config", config)) {
                box.awaitLine("READY ", PATIENCE);
                await(proxy, REPORT, REPORTS);
                await(proxy, KEEPALIVE_ACK, 1);
                box.terminate();
                assertThat(box.awaitExit(PATIENCE)).as(box.text()).isZero();
            }
            await(proxy, CLOSE_CONNECTION_RESPONSE, 1);
            return proxy.pieces();
        }
    }

    private static void await(RecordingProxy proxy, int type, int count) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (all(proxy.pieces()).filter(each -> each == type).count() < count) {
            assertThat(System.nanoTime()).as("no %d messages %d", count, type).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static Stream<Integer> all(List<RecordingProxy.Piece> pieces) {
        return Stream.concat(types(pieces, true).stream(), types(pieces, false).stream());
    }

    /** Type after type, told by nothing but the lengths in the heads. */
    private static List<Integer> types(List<RecordingProxy.Piece> pieces, boolean fromClient) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        pieces.stream()
                .filter(piece -> piece.fromClient == fromClient)
                .forEach(piece -> stream.writeBytes(piece.bytes));
        ByteBuffer bytes = ByteBuffer.wrap(stream.toByteArray());
        List<Integer> types = new ArrayList<>();
        for (int at = 0; at + 6 <= bytes.limit(); at += bytes.getInt(at + 2)) {
            types.add(bytes.getShort(at) & 0x3FF);
        }
        return types;
    }

    private static List<Integer> dissected(Path capture, String port) throws Exception {
        return tshark(capture, "-Y", "llrp && " + port + " == " + Pcap.SERVER_PORT, "-T", "fields", "-e", "llrp.type")
                .lines()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(type -> Integer.decode(type.strip()))
                .toList();
    }

    private static List<String> complaints(Path capture) throws Exception {
        String wrong = "_ws.malformed || _ws.expert.severity == error";
        return tshark(capture, "-Y", wrong, "-T", "fields", "-e", "llrp.type", "-e", "_ws.expert.message")
                .lines()
                .filter(line -> !isMiscounted(line))
                .toList();
    }

    /** What it says of a packet: the types of the messages in it, a tab, and all its complaints. */
    private static boolean isMiscounted(String line) {
        List<String> parts = List.of(line.split("\t", -1));
        return parts.size() == 2
                && parts.getLast().equals(MISCOUNTED)
                && List.of(parts.getFirst().split(",", -1)).contains(CONFIGURATION);
    }

    private static String tshark(Path capture, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("tshark", "-n", "-r", capture.toString(), "-d", "tcp.port==" + Pcap.SERVER_PORT + ",llrp"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of %s", command).isZero();
        return output;
    }
}

package org.matgate.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusSocketTest {
    private static final Report REPORT = new Report(List.of(Line.ok("box", "a", "up", Facts.NONE.with("n", 1))));

    @TempDir
    Path data;

    private Path socket() {
        return data.resolve("status.sock");
    }

    private StatusServer start(Report report) {
        return StatusServer.start(data, () -> report, Order.NO_ORDERS).orElseThrow();
    }

    /** What a process that was killed leaves behind. */
    private void abandonedSocket() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
    }

    @Test
    void whoAsksIsToldAndOnlyUserAndGroupMayAsk() throws Exception {
        assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.NoService(false, "no service runs in " + data));
        try (StatusServer server = start(REPORT)) {
            assertThat(server).isNotNull();
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-rw----");
            assertThat(data).isDirectoryNotContaining("glob:**.new");
        }
        assertThat(socket()).doesNotExist();
        assertThat(StatusClient.ask(data)).isInstanceOf(StatusClient.NoService.class);
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws Exception {
        abandonedSocket();
        assertThat(StatusClient.ask(data))
                .isInstanceOfSatisfying(
                        StatusClient.NoService.class,
                        none -> assertThat(none.killed()).isTrue());
        try (StatusServer server = start(REPORT)) {
            assertThat(server).isNotNull();
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void aLiveServiceKeepsItsSocket() {
        try (StatusServer first = start(REPORT)) {
            assertThat(first).isNotNull();
            assertThat(StatusServer.start(data, () -> new Report(List.of()), Order.NO_ORDERS))
                    .isEmpty();
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void aListenerThatTakesNobodyIsAliveAndDoesNotHoldAnyoneUp() throws Exception {
        List<SocketChannel> callers = new ArrayList<>();
        try (ServerSocketChannel stuck = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stuck.bind(UnixDomainSocketAddress.of(socket()), 1);
            assertThat(StatusClient.ask(data, 200, 200))
                    .isInstanceOfSatisfying(
                            StatusClient.NoAnswer.class,
                            mute -> assertThat(mute.why()).contains("no answer within 200 ms"));
            // Now its queue fills up, and then a caller cannot even connect.
            for (int i = 0; i < 4; i++) {
                try {
                    callers.add(StatusSocket.connect(socket(), 200));
                } catch (StatusSocket.TooSlowException e) {
                    break;
                }
            }
            assertThat(StatusServer.start(data, () -> REPORT, Order.NO_ORDERS)).isEmpty();
        } finally {
            for (SocketChannel caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws Exception {
        Files.writeString(socket(), "mine");
        assertThat(StatusServer.start(data, () -> REPORT, Order.NO_ORDERS)).isEmpty();
        assertThat(socket()).hasContent("mine");
    }

    @Test
    void aNameThatIsTooLongIsSaidToBe() throws Exception {
        Path deep = Files.createDirectories(
                data.resolve("x".repeat(107 - data.toString().length())));
        assertThat(StatusServer.start(deep, () -> REPORT, Order.NO_ORDERS)).isEmpty();
        assertThat(StatusClient.ask(deep))
                .isInstanceOfSatisfying(
                        StatusClient.NoAnswer.class,
                        mute -> assertThat(mute.why()).contains("at most 106", "shorter path"));
        Path longest = Files.createDirectories(
                data.resolve("y".repeat(106 - data.toString().length() - "//status.sock".length())));
        try (StatusServer server =
                StatusServer.start(longest, () -> REPORT, Order.NO_ORDERS).orElseThrow()) {
            assertThat(server).isNotNull();
            assertThat(StatusClient.ask(longest)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void callersThatTakeNothingHoldUpNobodyForLong() throws Exception {
        // More than a socket takes before it is read.
        Report large = new Report(List.of(Line.ok("box", "a", "x".repeat(900_000), Facts.NONE)));
        List<SocketChannel> rude = new ArrayList<>();
        try (StatusServer server = start(large)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 3 * StatusServer.MOST_CALLERS; i++) {
                rude.add(StatusSocket.connect(socket(), 2_000));
            }
            StatusClient.Answer answer = StatusClient.ask(data);
            for (int tries = 0; !(answer instanceof StatusClient.Said) && tries < 200; tries++) {
                TimeUnit.MILLISECONDS.sleep(50);
                answer = StatusClient.ask(data);
            }
            assertThat(answer).isEqualTo(new StatusClient.Said(large));
        } finally {
            for (SocketChannel caller : rude) {
                caller.close();
            }
        }
    }

    @Test
    void whatACallerSaysIsNotHeard() throws Exception {
        try (StatusServer server = start(REPORT);
                SocketChannel loud = StatusSocket.connect(socket(), 2_000)) {
            assertThat(server).isNotNull();
            loud.configureBlocking(false);
            for (int i = 0; i < 50; i++) {
                try {
                    loud.write(ByteBuffer.wrap(new byte[4096]));
                } catch (IOException e) {
                    break;
                }
            }
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void aFaultInTheServiceCostsOneAnswerOnly() {
        AtomicInteger asked = new AtomicInteger();
        Optional<StatusServer> server = StatusServer.start(
                data,
                () -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new IllegalStateException("a mistake");
                    }
                    return REPORT;
                },
                Order.NO_ORDERS);
        try (StatusServer open = server.orElseThrow()) {
            assertThat(open).isNotNull();
            assertThat(StatusClient.ask(data)).isInstanceOf(StatusClient.NoAnswer.class);
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void somethingElseThatAnswersIsNotBelieved() throws Exception {
        AtomicBoolean open = new AtomicBoolean(true);
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket()));
            Thread.ofPlatform().daemon().start(() -> {
                while (open.get()) {
                    try (SocketChannel caller = other.accept()) {
                        caller.write(ByteBuffer.wrap("220 mail\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                    } catch (IOException e) {
                        open.set(false);
                    }
                }
            });
            assertThat(StatusClient.ask(data))
                    .isInstanceOfSatisfying(
                            StatusClient.NoAnswer.class,
                            mute -> assertThat(mute.why()).contains("another version"));
        }
    }

    @Test
    void aStopLeavesTheSocketOfWhoeverCameAfter() throws Exception {
        StatusServer first = start(REPORT);
        Files.delete(socket());
        try (StatusServer second = start(REPORT)) {
            assertThat(second).isNotNull();
            first.close();
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void anOrderIsPerformedOrRefused() throws Exception {
        assertThat(StatusClient.order(data, new Order("anchor", List.of("1"))))
                .isEqualTo(new Order.Reply(
                        false, "no service runs in " + data + "; start it: sudo systemctl start matgate"));
        try (StatusServer server = StatusServer.start(
                        data,
                        () -> REPORT,
                        order -> new Order.Reply(order.verb().equals("anchor"), order.arguments() + "\n"))
                .orElseThrow()) {
            assertThat(server).isNotNull();
            assertThat(StatusClient.order(data, new Order("anchor", List.of("a b", "", "c\td\ne"))))
                    .isEqualTo(new Order.Reply(true, "[a b, , c d e]"));
            assertThat(StatusClient.order(data, new Order("other", List.of())).done())
                    .isFalse();
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    @Test
    void whatACallerWritesBehindItsLineIsNoPartOfIt() throws Exception {
        try (StatusServer server = StatusServer.start(
                        data, () -> REPORT, order -> new Order.Reply(true, order.verb() + order.arguments()))
                .orElseThrow()) {
            assertThat(server).isNotNull();
            assertThat(spoken("anchor\t1\u001b[2J\tthe gun\n2026 ERROR forged\n"))
                    .isEqualTo("done\tanchor[1 [2J, the gun]\n");
        }
        assertThat(new Order("anchor", List.of("the gun\n2026 ERROR forged")).arguments())
                .containsExactly("the gun 2026 ERROR forged");
    }

    @Test
    void whoSaysNothingGetsAReportAndWhoNeverEndsIsRefused() throws Exception {
        try (StatusServer server = start(REPORT)) {
            assertThat(server).isNotNull();
            assertThat(spoken("")).isEqualTo(ReportWire.encode(REPORT));
            assertThat(spoken("\n")).isEqualTo(ReportWire.encode(REPORT));
            assertThat(spoken("x".repeat(Order.MOST_BYTES))).startsWith("refused\t");
            assertThat(spoken("anchor")).startsWith("refused\tno whole line");
            assertThat(StatusClient.ask(data)).isEqualTo(new StatusClient.Said(REPORT));
        }
    }

    private String spoken(String request) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(1 << 16);
        try (SocketChannel channel = StatusSocket.connect(socket(), 1_000)) {
            channel.write(ByteBuffer.wrap(request.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            while (channel.read(all) >= 0) {
                assertThat(all.hasRemaining()).isTrue();
            }
        }
        return new String(all.array(), 0, all.position(), java.nio.charset.StandardCharsets.UTF_8);
    }
}

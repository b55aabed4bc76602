package org.matgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import picocli.CommandLine;

/** What a tester asks of a running engine, a process of its own. */
@Timeout(90)
final class EngineResendTest {
    private static final JournalId JOURNAL = new JournalId(1, 2);
    private static final UUID BOOT = new UUID(3, 4);

    /** 2023-11-14T22:13:20Z; the read of seq n is n seconds later. */
    private static final long START_UTC_NANOS = 1_700_000_000_000_000_000L;

    @TempDir
    Path directory;

    private String said = "";

    @Test
    void aRunningEngineAsksAgainAndWantsNothingOlder() throws Exception {
        String db = directory.resolve("engine.db").toString();
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineCommandTest.Main.class.getName(),
                        "--port",
                        "0",
                        "--since",
                        "2023-11-14T23:13:20+01:00",
                        "--db",
                        db)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = engine.inputReader()) {
            String ready = out.readLine();
            int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
            assertThat(execute("resend", JOURNAL.toString(), "--db", db, "--seqs", "2-3"))
                    .isEqualTo(1);
            assertThat(said).contains("not asked", JOURNAL.toString(), "not connected");
            try (Socket box = new Socket(InetAddress.getLoopbackAddress(), port)) {
                box.setSoTimeout(30_000);
                send(box, hello());
                assertThat(((StreamMessage.Welcome) receive(box)).sinceUtcNanos())
                        .isEqualTo(START_UTC_NANOS);
                send(box, reads(10));
                assertThat(receive(box)).isEqualTo(new StreamMessage.Ack(JOURNAL, SeqRanges.of(1, 10)));

                assertThat(execute("resend", JOURNAL.toString(), "--db", db, "--seqs", "2-3"))
                        .as(said)
                        .isZero();
                assertThat(said).contains("asked for 2-3");
                assertThat(receive(box)).isEqualTo(new StreamMessage.Resend(JOURNAL, SeqRanges.of(2, 3)));

                String[] byTime = {"--from", "2023-11-14T22:13:26Z", "--until", "2023-11-14T22:13:28Z"};
                assertThat(execute(
                                "resend", JOURNAL.toString(), "--db", db, byTime[0], byTime[1], byTime[2], byTime[3]))
                        .as(said)
                        .isZero();
                assertThat(receive(box)).isEqualTo(new StreamMessage.Resend(JOURNAL, SeqRanges.of(6, 7)));
            }
        } finally {
            engine.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatIsNoOrderIsRefused() throws Exception {
        Path db = java.nio.file.Files.createFile(directory.resolve("engine.db"));
        for (String[] wrong : new String[][] {
            {},
            {"--seqs", "0-3"},
            {"--seqs", "5-3"},
            {"--seqs", "a"},
            {"--from", "2023-11-14T22:13:26Z"},
            {"--from", "2023-11-14T22:13:26Z", "--until", "2023-11-14T22:13:26Z"},
            {"--seqs", "1", "--from", "2023-11-14T22:13:26Z", "--until", "2023-11-14T22:13:27Z"},
        }) {
            List<String> arguments = new ArrayList<>(List.of("resend", JOURNAL.toString(), "--db", db.toString()));
            arguments.addAll(List.of(wrong));
            assertThat(execute(arguments.toArray(String[]::new))).as(said).isEqualTo(2);
            assertThat(said).contains("--seqs");
        }
        assertThat(execute("resend", "12", "--db", db.toString(), "--seqs", "1"))
                .isEqualTo(2);
        assertThat(said).contains("'12'; want 32 hexadecimal digits");
        assertThat(execute("--since", "2026-05-10T09:00")).isEqualTo(2);
        assertThat(said).contains("no time with its zone");
        assertThat(execute("resend", JOURNAL.toString(), "--db", directory + "/none.db", "--seqs", "1"))
                .isEqualTo(2);
        assertThat(said).contains("there is no");
    }

    private int execute(String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter to = new PrintWriter(text, true);
        int exit = new CommandLine(new EngineCommand()).setOut(to).setErr(to).execute(arguments);
        said = text.toString();
        return exit;
    }

    private static StreamMessage.Hello hello() {
        return new StreamMessage.Hello(
                1,
                1,
                "finish",
                "test",
                List.of("finish"),
                "",
                BOOT,
                false,
                List.of(new StreamMessage.JournalSummary(JOURNAL, 1, 10)));
    }

    private static StreamMessage.Events reads(int count) {
        List<Event> events = new ArrayList<>();
        for (int seq = 1; seq <= count; seq++) {
            long nanos = seq * 1_000_000_000L;
            events.add(new Event.TagRead(
                    new Stamp(BOOT, nanos, START_UTC_NANOS + nanos, 7, 0),
                    new Source("mat", "finish", Source.Line.MAIN),
                    1,
                    new Chip("AB"),
                    OptionalInt.empty(),
                    ReaderTime.NONE,
                    nanos,
                    1));
        }
        return new StreamMessage.Events(JOURNAL, 1, events);
    }

    private static void send(Socket socket, StreamMessage message) throws IOException {
        byte[] bytes = StreamCodec.encode(message);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** The next message that is no Ping. */
    private static StreamMessage receive(Socket socket) throws Exception {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        StreamMessage message = StreamCodec.decode(bytes);
        return message instanceof StreamMessage.Ping ? receive(socket) : message;
    }
}

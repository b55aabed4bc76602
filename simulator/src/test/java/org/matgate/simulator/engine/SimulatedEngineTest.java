package org.matgate.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.simulator.SimClock;

@Timeout(60)
final class SimulatedEngineTest {
    private static final JournalId A = new JournalId(1, 2);
    private static final UUID BOOT = new UUID(3, 4);

    @TempDir
    Path directory;

    private SimulatedEngine engine(int port) throws IOException {
        return SimulatedEngine.start(
                directory.resolve("engine.db"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.empty(),
                Admission.everyone(),
                SessionListener.NONE,
                SimClock.system(),
                0);
    }

    private static void send(Socket socket, StreamMessage message) throws IOException {
        byte[] bytes = StreamCodec.encode(message);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static StreamMessage receive(Socket socket) throws Exception {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        StreamMessage message = StreamCodec.decode(bytes);
        return message instanceof StreamMessage.Ping ? receive(socket) : message;
    }

    private static StreamMessage.Welcome hello(Socket socket) throws Exception {
        send(
                socket,
                new StreamMessage.Hello(
                        1,
                        1,
                        "finish",
                        "test",
                        List.of("finish"),
                        "",
                        BOOT,
                        false,
                        List.of(new StreamMessage.JournalSummary(A, 1, 0))));
        return (StreamMessage.Welcome) receive(socket);
    }

    private static StreamMessage.Events reads(long first, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Event.TagRead(
                    new Stamp(BOOT, first + i, 6, 7, 0),
                    new Source("mat", "finish", Source.Line.MAIN),
                    1,
                    new Chip("AB"),
                    OptionalInt.empty(),
                    ReaderTime.NONE,
                    1,
                    1));
        }
        return new StreamMessage.Events(A, first, events);
    }

    @Test
    void startsAgainOnItsPortWithWhatItHeld() throws Exception {
        int port;
        SimulatedEngine first = engine(0);
        try (first) {
            port = first.address().getPort();
            try (Socket box = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(hello(box).journals()).isEmpty();
                send(box, reads(1, 4_000));
                assertThat(receive(box)).isEqualTo(new StreamMessage.Ack(A, SeqRanges.of(1, 4_000)));
                // The connection is still there when the engine stops: its port is then in TIME_WAIT.
                first.server().close();
                assertThat(box.getInputStream().read()).isEqualTo(-1);
            }
        }
        try (SimulatedEngine engine = engine(port);
                Socket box = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(hello(box).journals())
                    .containsExactly(new StreamMessage.JournalHeld(A, SeqRanges.of(1, 4_000), 0));
            send(box, reads(3_999, 4));
            assertThat(receive(box)).isEqualTo(new StreamMessage.Ack(A, SeqRanges.of(3_999, 4_002)));
            assertThat(engine.counters().duplicates()).isEqualTo(2);
            assertThat(engine.store().size()).isEqualTo(4_002);
        }
    }

    @Test
    void aPortThatIsTakenIsToldAndTheFileIsFree() throws Exception {
        try (SimulatedEngine engine = engine(0)) {
            int port = engine.address().getPort();
            Path other = directory.resolve("other.db");
            assertThatThrownBy(() -> SimulatedEngine.start(
                            other,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            Optional.empty(),
                            Admission.everyone(),
                            SessionListener.NONE,
                            SimClock.system(),
                            0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on");
        }
    }
}

package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Cable;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.WireLog.Fate;

/** Clients as other timing software has them: bytes by hand on a real socket, nothing of ours in between. */
@Timeout(60)
class LlrpPeersTest {
    private static final SimClock CLOCK = SimClock.system();
    private static final Chip CHIP = new Chip("300000000000000000001545");
    /** ROSpec 1: immediate start, no stop, all antennas, each sighting with antenna, RSSI and time. */
    private static final String ROSPEC = "00B10046 00000001 00 00"
            + "00B20012 00B30005 01 00B60009 00 00000000"
            + "00B70018 0001 0000 00B80009 00 00000000 00BA0007 0001 01"
            + "00ED0012 01 0001 00EE000B 1600 015C0005 00";

    private final List<Fate> offered = new CopyOnWriteArrayList<>();
    private Cable cable;
    private SimulatedMat mat;

    @BeforeEach
    void switchOn() throws IOException {
        InetSocketAddress[] address = {new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)};
        cable = new Cable(() -> {
            TcpLink link = TcpLink.listenForOne(address[0], LlrpOptions.DEFAULT.refusal(CLOCK));
            address[0] = new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port());
            return link;
        });
        mat = SimulatedMat.llrp(
                "finish", cable, CLOCK, (read, sent, fate) -> offered.add(fate), WireDamage.NONE, LlrpOptions.DEFAULT);
    }

    @AfterEach
    void switchOff() {
        mat.close();
    }

    /** A message: its type, and what follows its head. */
    private record Message(int type, String hex) {
        byte[] body() {
            return HexFormat.of().parseHex(hex);
        }

        /** From a byte of the body on, as if it were a message of its own. */
        Message from(int at) {
            return new Message(type, hex.substring(2 * at));
        }

        /** Where the parameters of this type are within, told by their heads. */
        List<Integer> parameters(int wanted) {
            List<Integer> found = new ArrayList<>();
            ByteBuffer bytes = ByteBuffer.wrap(body());
            for (int i = 0; i + 4 <= bytes.limit() && bytes.get(i) >= 0; i += bytes.getShort(i + 2) & 0xFFFF) {
                if ((bytes.getShort(i) & 0x3FF) == wanted) {
                    found.add(i);
                }
            }
            return found;
        }
    }

    private final class Peer implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Peer() throws IOException {
            String[] address = cable.address().split(":", -1);
            socket = new Socket(address[0], Integer.parseInt(address[1]));
            in = new DataInputStream(socket.getInputStream());
        }

        void send(int type, String body) throws IOException {
            byte[] bytes = HexFormat.of().parseHex(body.replace(" ", ""));
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(10 + bytes.length)
                            .putShort((short) (1 << 10 | type))
                            .putInt(10 + bytes.length)
                            .putInt(77)
                            .put(bytes)
                            .array());
        }

        Message hear() throws IOException {
            int head = in.readUnsignedShort();
            assertThat(head >> 10).as("version").isEqualTo(1);
            int length = in.readInt();
            in.readInt();
            return new Message(head & 0x3FF, HexFormat.of().formatHex(in.readNBytes(length - 10)));
        }

        Message await(int type) throws IOException {
            Message message = hear();
            while (message.type() != type) {
                message = hear();
            }
            return message;
        }

        /** Sends a command and takes the answer, which must be a success. */
        Message done(int type, String body) throws IOException {
            send(type, body);
            Message reply = await(type + 10);
            assertThat(reply.hex()).startsWith("011f000800000000");
            return reply;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void see() {
        mat.offer(new Sighting(CLOCK.monotonicNanos(), CHIP, 2, -6040));
    }

    private static void assertTellsOfTheChip(Message report) {
        assertThat(report.hex()).containsIgnoringCase("8D" + CHIP.hex() + "810002" + "86C4" + "82");
    }

    @Test
    void oneThatStartsByAnImmediateTriggerAndNeverSaysStart() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.hear().type()).isEqualTo(63);
            peer.done(21, "00000000");
            peer.send(20, ROSPEC);
            assertThat(peer.await(30).hex()).startsWith("011f000800000000");
            peer.done(24, "00000001");
            while (!mat.reading()) {
                Thread.sleep(2);
            }
            see();
            assertTellsOfTheChip(peer.await(61));
        }
    }

    @Test
    void oneThatAsksWhatItCanFirst() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.hear().type()).isEqualTo(63);
            Message can = peer.done(1, "00");
            assertThat(can.parameters(137)).as("GeneralDeviceCapabilities").hasSize(1);
            Message regulatory = can.from(can.parameters(143).getFirst()).from(8);
            assertThat(regulatory.parameters(144)).as("UHFBandCapabilities").hasSize(1);
            Message band = regulatory.from(4);
            assertThat(band.parameters(145)).as("power table").hasSize(91);
            Message modes = band.from(band.parameters(328).getFirst()).from(4);
            assertThat(modes.parameters(329)).as("radio modes").isNotEmpty();
        }
    }

    @Test
    void aCablePulledOutLosesNothingOfWhatIsHeld() throws Exception {
        try (Peer peer = new Peer()) {
            peer.done(3, "00" + "00E20005" + "80");
            peer.send(20, ROSPEC);
            peer.await(30);
            peer.done(24, "00000001");
            while (!mat.reading()) {
                Thread.sleep(2);
            }
            see();
            assertTellsOfTheChip(peer.await(61));
            cable.out();
            assertThat(peer.in.read()).isEqualTo(-1);
        }
        for (int i = 0; i < 20; i++) {
            see();
        }
        while (mat.statistics().taken() < 21) {
            Thread.sleep(2);
        }
        assertThat(mat.idle()).as("it has something to say").isFalse();
        cable.in();
        try (Peer peer = new Peer()) {
            assertThat(peer.hear().type()).isEqualTo(63);
            peer.done(26, "");
            peer.send(64, "");
            int chips = 0;
            while (chips < 20) {
                Message report = peer.await(61);
                chips += report.parameters(240).size();
            }
            assertThat(chips).isEqualTo(20);
        }
        while (offered.size() < 21) {
            Thread.sleep(2);
        }
        assertThat(offered).hasSize(21).containsOnly(Fate.WHOLE);
    }

    @Test
    void aWatchdogEndsTheConnectionAndForgetsTheRoSpec() throws Exception {
        try (Peer peer = new Peer()) {
            assertThat(peer.hear().type()).isEqualTo(63);
            peer.send(20, ROSPEC);
            peer.await(30);
            mat.suffer(new Mishap.Hang());
            mat.suffer(new Mishap.PowerOn());
            assertThat(peer.in.read()).as("the end").isEqualTo(-1);
        }
        try (Peer peer = new Peer()) {
            assertThat(peer.hear().type()).isEqualTo(63);
            assertThat(peer.done(26, "").body()).as("a status and no ROSpec").hasSize(8);
        }
    }

    @Test
    void oneThatSpeaksAnotherLanguageIsToldSoAndLeft() throws Exception {
        try (Peer peer = new Peer()) {
            peer.socket
                    .getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(peer.hear().type()).isEqualTo(63);
            assertThat(peer.hear().type()).isEqualTo(100);
            assertThat(peer.in.read()).isEqualTo(-1);
        }
    }
}

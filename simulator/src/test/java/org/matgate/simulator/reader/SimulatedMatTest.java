package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jssc.SerialPort;
import jssc.SerialPortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommand.GetVersion;
import org.matgate.protocol.mercury.MercuryCommand.StartStreaming;
import org.matgate.protocol.mercury.MercuryCommand.StopStreaming;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/** Mats on real links. */
@Timeout(60)
class SimulatedMatTest {
    private static final SimClock CLOCK = SimClock.system();
    private static final Chip EPC = new Chip("300000000000000000001545");
    private static final Chip TAG = new Chip("00058000123B");

    private record Offered(WireRead read, long sentNanos, Fate fate) {}

    private final List<Offered> offered = new CopyOnWriteArrayList<>();
    private final WireLog wireLog = (read, sent, fate) -> offered.add(new Offered(read, sent, fate));

    private SimulatedMat mercury(Pty pty, WireDamage damage) {
        return SimulatedMat.mercury("finish", pty, CLOCK, wireLog, damage, MercuryOptions.DEFAULT);
    }

    private static Sighting now(Chip chip) {
        return new Sighting(CLOCK.monotonicNanos(), chip, 1, -6000);
    }

    private void awaitOffered(int count) throws InterruptedException {
        while (offered.size() < count) {
            Thread.sleep(2);
        }
    }

    private static void awaitReading(SimulatedMat mat) throws InterruptedException {
        while (!mat.reading()) {
            Thread.sleep(2);
        }
    }

    /** What a host hears on a serial port. */
    private static final class Host implements FrameParser.Sink<ReaderMessage>, AutoCloseable {
        final List<ReaderMessage> heard = new ArrayList<>();
        final List<Skipped> skipped = new ArrayList<>();
        private final FrameParser<ReaderMessage> parser = new MercuryParser();
        private final SerialPort port;

        Host(String device) throws Exception {
            port = new SerialPort(device);
            port.openPort();
            port.setParams(115200, 8, 1, 0);
        }

        @Override
        public void message(ReaderMessage message, FramePosition position) {
            heard.add(message);
        }

        @Override
        public void skipped(Skipped run) {
            skipped.add(run);
        }

        void send(byte[] bytes) throws Exception {
            port.writeBytes(bytes);
        }

        <T> T await(Class<T> type) throws Exception {
            while (true) {
                for (ReaderMessage message : heard) {
                    if (type.isInstance(message)) {
                        heard.remove(message);
                        return type.cast(message);
                    }
                }
                byte[] bytes = port.readBytes();
                if (bytes == null) {
                    Thread.sleep(1);
                } else {
                    parser.parse(bytes, 0, bytes.length, this);
                }
            }
        }

        @Override
        public void close() throws SerialPortException {
            port.closePort();
        }
    }

    @Test
    void aMercurySessionOverAPseudoTerminal() throws Exception {
        Pty pty = Pty.open();
        try (SimulatedMat mat = mercury(pty, WireDamage.NONE)) {
            try (Host host = new Host(mat.address())) {
                host.send(new GetVersion().encode());
                assertThat(host.await(MercuryMessage.Version.class).model()).isEqualTo("M6e");
                assertThat(mat.reading()).isFalse();
                mat.offer(now(EPC));
                host.send(StartStreaming.classic(100, 0x0016).encode());
                host.await(MercuryMessage.StartAck.class);
                awaitReading(mat);
                Sighting seen = now(EPC);
                mat.offer(seen);
                TagReport report = host.await(TagReport.class);
                awaitOffered(1);
                WireRead read = offered.getFirst().read();
                assertThat(read)
                        .isEqualTo(new WireRead(
                                "finish", read.sightedMonotonicNanos(), EPC, 1, report.rssiCentiDbm(), report.time()));
                assertThat(read.sightedMonotonicNanos()).isGreaterThanOrEqualTo(seen.monotonicNanos());
                assertThat(offered.getFirst().sentNanos()).isGreaterThan(seen.monotonicNanos());
                assertThat(offered.getFirst().fate()).isEqualTo(Fate.WHOLE);
                assertThat(mat.statistics().ignored()).as("before the start").isEqualTo(1);
                host.await(MercuryMessage.CycleEnd.class);
                assertThat(host.skipped).isEmpty();
            }
            nobodyListens(mat);
            streamsStill(mat);
        }
    }

    private void nobodyListens(SimulatedMat mat) throws Exception {
        assertThat(mat.reading()).isFalse();
        mat.offer(now(EPC));
        awaitOffered(2);
        assertThat(offered.get(1).fate()).isEqualTo(Fate.NOT_LISTENING);
        assertThat(mat.statistics().destroyed()).isEqualTo(1);
    }

    private void streamsStill(SimulatedMat mat) throws Exception {
        try (Host host = new Host(mat.address())) {
            host.await(MercuryMessage.CycleEnd.class);
            host.send(new StopStreaming().encode());
            host.await(MercuryMessage.StopAck.class);
            host.send(new GetVersion().encode());
            host.await(MercuryMessage.Version.class);
            assertThat(host.heard).doesNotHaveAnyElementsOfTypes(TagReport.class);
        }
    }

    @Test
    void everyReadIsToldOnceWithItsFate() throws Exception {
        WireDamage everyThird = new WireDamage() {
            private int reads;

            @Override
            public byte[] onTheWay(String reader, byte[] frame, long monotonicNanos) {
                if (frame.length < 25 || ++reads % 3 != 0) {
                    return frame;
                }
                frame[20] ^= 1;
                return reads % 2 == 0 ? frame : Arrays.copyOf(frame, 12);
            }
        };
        try (SimulatedMat mat = mercury(Pty.open(), everyThird);
                Host host = new Host(mat.address())) {
            host.send(StartStreaming.classic(1000, 0x0016).encode());
            host.await(MercuryMessage.StartAck.class);
            awaitReading(mat);
            long start = CLOCK.monotonicNanos();
            List<Sighting> sightings = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sightings.add(new Sighting(start + i * 1_000_000L, EPC, 1, -6000));
            }
            mat.play(sightings.iterator());
            awaitOffered(60);
            assertThat(offered).hasSize(60);
            assertThat(offered.stream().filter(o -> o.fate() == Fate.DAMAGED)).hasSize(20);
            assertThat(offered.stream().filter(o -> o.fate() == Fate.WHOLE)).hasSize(40);
            for (int i = 0; i < 40; i++) {
                host.await(TagReport.class);
            }
            assertThat(host.skipped).isNotEmpty();
            while (!mat.idle()) {
                Thread.sleep(1);
            }
            assertThat(mat.statistics()).isEqualTo(new MatStatistics(60, 60, 20, 0, 0));
        }
    }

    @Test
    void anIpicoReaderOverASocket() throws Exception {
        TcpLink link = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (SimulatedMat mat =
                SimulatedMat.ipico("split", link, CLOCK, wireLog, WireDamage.NONE, IpicoOptions.DEFAULT)) {
            mat.offer(now(TAG));
            awaitOffered(1);
            assertThat(offered.getFirst().fate()).isEqualTo(Fate.NOT_LISTENING);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
                awaitReading(mat);
                client.getOutputStream().write("ab00000222\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(lines(client, 26)).startsWith("ab000702");
                for (int i = 0; i < 20; i++) {
                    mat.offer(now(TAG));
                }
                List<ReaderMessage> tags =
                        Heard.in(client.getInputStream().readNBytes(20 * 38), new IpicoParser()).messages().stream()
                                .filter(TagReport.class::isInstance)
                                .toList();
                awaitOffered(21);
                assertThat(tags).hasSize(20);
                assertThat(tags.stream().map(m -> ((TagReport) m).time()))
                        .containsExactlyElementsOf(offered.stream()
                                .skip(1)
                                .map(o -> o.read().readerTime())
                                .toList());
                assertThat(offered.stream().skip(1)).allMatch(o -> o.fate() == Fate.WHOLE);
            }
        }
    }

    private static String lines(Socket client, int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void aSequenceIsAskedForNoMoreThanTheNext() throws Exception {
        TcpLink link = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (SimulatedMat mat =
                SimulatedMat.ipico("split", link, CLOCK, wireLog, WireDamage.NONE, IpicoOptions.DEFAULT)) {
            mat.play(new InventedSightings(
                    1,
                    CLOCK.monotonicNanos(),
                    1000,
                    5,
                    6,
                    1,
                    () -> mat.statistics().taken() < 7));
            while (!mat.idle()) {
                Thread.sleep(1);
            }
            assertThat(mat.statistics().taken()).isEqualTo(7);
            assertThat(offered).hasSize(7);
        }
    }

    /** It ends its cycles for ever, and somebody asks whether all is said just while one of these ends goes out. */
    @Test
    void whatAReaderSaysByItselfDoesNotMakeItBusy() throws Exception {
        List<Boolean> idleWhileSaying = new CopyOnWriteArrayList<>();
        List<SimulatedMat> asked = new CopyOnWriteArrayList<>();
        ReaderEnd end = new Overheard(Pty.open(), () -> asked.forEach(mat -> idleWhileSaying.add(mat.idle())));
        try (SimulatedMat mat =
                        SimulatedMat.mercury("finish", end, CLOCK, wireLog, WireDamage.NONE, MercuryOptions.DEFAULT);
                Host host = new Host(mat.address())) {
            host.send(StartStreaming.classic(20, 0x0016).encode());
            host.await(MercuryMessage.StartAck.class);
            awaitReading(mat);
            host.await(MercuryMessage.CycleEnd.class);
            asked.add(mat);
            for (int i = 0; i < 5; i++) {
                host.await(MercuryMessage.CycleEnd.class);
            }
        }
        assertThat(idleWhileSaying).hasSizeGreaterThanOrEqualTo(4).doesNotContain(false);
    }

    /** A link at which somebody listens in. */
    private record Overheard(ReaderEnd end, Runnable onWrite) implements ReaderEnd {
        @Override
        public String address() {
            return end.address();
        }

        @Override
        public int listener() {
            return end.listener();
        }

        @Override
        public int read(byte[] buffer, long waitNanos) throws IOException {
            return end.read(buffer, waitNanos);
        }

        @Override
        public int write(byte[] bytes, int offset, int length) throws IOException {
            onWrite.run();
            return end.write(bytes, offset, length);
        }

        @Override
        public void finish(Duration limit) {
            end.finish(limit);
        }

        @Override
        public void close() {
            end.close();
        }
    }

    @Test
    void aModuleWithoutPowerSaysNothingAndForgetsWhatItHadNotSaid() throws Exception {
        try (SimulatedMat mat = mercury(Pty.open(), WireDamage.NONE);
                Host host = new Host(mat.address())) {
            host.send(StartStreaming.classic(100, 0x0016).encode());
            host.await(MercuryMessage.StartAck.class);
            awaitReading(mat);
            mat.suffer(new Mishap.PowerOff());
            while (mat.reading()) {
                Thread.sleep(2);
            }
            mat.offer(now(EPC));
            host.send(new GetVersion().encode());
            while (!mat.idle()) {
                Thread.sleep(2);
            }
            mat.suffer(new Mishap.PowerOn());
            host.await(MercuryMessage.Booted.class);
            host.send(new GetVersion().encode());
            host.await(MercuryMessage.Version.class);
            assertThat(host.heard).as("one answer to two questions").isEmpty();
            assertThat(offered).isEmpty();
            assertThat(mat.statistics().ignored()).isEqualTo(1);
        }
    }

    @Test
    void aFullMemoryIsComplainedOfAndADribbleChangesNoByte() throws Exception {
        try (SimulatedMat mat = mercury(Pty.open(), WireDamage.NONE);
                Host host = new Host(mat.address())) {
            host.send(StartStreaming.classic(60_000, 0x0016).encode());
            host.await(MercuryMessage.StartAck.class);
            awaitReading(mat);
            mat.suffer(new Mishap.MemoryFull(true));
            mat.offer(now(EPC));
            assertThat(host.await(MercuryMessage.Fault.class).status()).isEqualTo(0x0601);
            mat.suffer(new Mishap.MemoryFull(false));
            mat.suffer(new Mishap.Dribble(true));
            while (offered.isEmpty()) {
                mat.offer(now(EPC));
                Thread.sleep(20);
            }
            assertThat(host.await(TagReport.class).chip()).isEqualTo(EPC);
            assertThat(offered.getFirst().fate()).isEqualTo(Fate.WHOLE);
            assertThat(host.skipped).isEmpty();
        }
    }

    @Test
    void whoSpeaksAtAnotherRateHearsAndIsHeardAsNoise() throws Exception {
        try (SimulatedMat mat = SimulatedMat.mercury(
                "finish", Pty.open(), CLOCK, wireLog, WireDamage.NONE, MercuryOptions.DEFAULT.withBaud(38_400))) {
            try (Host host = new Host(mat.address())) {
                host.send(StartStreaming.classic(100, 0x0016).encode());
                Thread.sleep(200);
                assertThat(mat.reading()).isFalse();
                host.port.setParams(38_400, 8, 1, 0);
                host.send(new GetVersion().encode());
                host.await(MercuryMessage.Version.class);
                host.send(new MercuryCommand.SetBaud(115_200).encode());
                host.await(MercuryMessage.Reply.class);
                host.port.setParams(115_200, 8, 1, 0);
                Thread.sleep(20);
                host.send(StartStreaming.classic(100, 0x0016).encode());
                host.await(MercuryMessage.StartAck.class);
                host.port.setParams(9_600, 8, 1, 0);
                awaitReading(mat);
                mat.offer(now(EPC));
                awaitOffered(1);
                assertThat(offered.getFirst().fate()).isEqualTo(Fate.NOT_LISTENING);
            }
        }
    }
}

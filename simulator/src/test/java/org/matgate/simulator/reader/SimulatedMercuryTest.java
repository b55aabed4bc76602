package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.reader.ModelBench.CHIP;
import static org.matgate.simulator.reader.ModelBench.MILLI;
import static org.matgate.simulator.reader.ModelBench.sighting;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommand.*;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryMessage.*;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.mercury.MercuryStatus;
import org.matgate.protocol.mercury.MercuryTag;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.reader.ReaderModel.Seen;

@Timeout(30)
class SimulatedMercuryTest {
    private static final long START = 1_000_000_000L;
    private static final int FLAGS = MercuryTag.RSSI | MercuryTag.ANTENNA | MercuryTag.TIMESTAMP;

    private final ModelBench bench = new ModelBench(10, MercuryParser::new);
    private MercuryOptions options = MercuryOptions.DEFAULT.withBufferedReads(10);
    private SimulatedMercury module = new SimulatedMercury(options, START, bench.outbox);

    private void with(MercuryOptions other) {
        options = other;
        module = new SimulatedMercury(options, START, bench.outbox);
    }

    private List<ReaderMessage> ask(MercuryCommand command, long millis) {
        byte[] frame = command.encode();
        module.heard(frame, frame.length, at(millis));
        return bench.said();
    }

    private List<ReaderMessage> ask(String frameHex) {
        byte[] frame = HexFormat.of().parseHex(frameHex);
        module.heard(frame, frame.length, START);
        return bench.said();
    }

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    private static TagReport read(long millis) {
        return new TagReport(CHIP, 1, OptionalInt.of(-6000), new ReaderTime(ReaderTime.Base.CYCLE, millis * 1000), 1);
    }

    @Test
    void goesFromItsBootLoaderToReadingAndBack() {
        with(options.withBootloader(true));
        assertThat(ask(new GetVersion(), 0)).singleElement().isInstanceOf(Version.class);
        assertThat(((CurrentProgram) ask(new GetCurrentProgram(), 0).getFirst()).bootloader())
                .isTrue();
        assertThat(ask(new SetRegion(8), 0)).containsExactly(Reply.of(0x97, MercuryStatus.INVALID_OPCODE));
        assertThat(ask(StartStreaming.classic(100, FLAGS), 0))
                .containsExactly(Reply.of(0x2F, MercuryStatus.INVALID_OPCODE));
        assertThat(ask(new BootApplication(), 0)).containsExactly(new Booted());
        assertThat(((CurrentProgram) ask(new GetCurrentProgram(), 0).getFirst()).bootloader())
                .isFalse();
        assertThat(ask(new SetRegion(8), 0)).containsExactly(Reply.of(0x97, 0));
        assertThat(ask(new SetReadPower(3000), 0)).containsExactly(Reply.of(0x92, 0));
        assertThat(ask(new SetProtocol(SetProtocol.GEN2), 0)).containsExactly(Reply.of(0x93, 0));
        assertThat(ask(new SetSearchList(List.of(new AntennaPair(1, 1))), 0)).containsExactly(Reply.of(0x91, 0));
        assertThat(ask(new DetectAntennas(), 0))
                .containsExactly(new AntennaPorts(
                        List.of(new Port(1, true), new Port(2, true), new Port(3, true), new Port(4, true))));
        assertThat(module.reading()).isFalse();
        assertThat(ask(StartStreaming.classic(100, FLAGS), 0)).containsExactly(new StartAck());
        assertThat(module.reading()).isTrue();
        assertThat(module.sighted(sighting(at(42), 1))).isEqualTo(Seen.TAKEN);
        assertThat(bench.said()).containsExactly(read(42));
        assertThat(ask(new StopStreaming(), 50)).containsExactly(new StopAck());
        assertThat(module.reading()).isFalse();
        assertThat(module.sighted(sighting(at(60), 1))).isEqualTo(Seen.IGNORED);
        module.advance(at(1000));
        assertThat(bench.said()).isEmpty();
    }

    @Test
    void goldenFrames() {
        assertThat(ask("FF032F0000025E86")).containsExactly(new StopAck());
        assertThat(ask("FF00031D0C")).singleElement().isInstanceOf(Version.class);
        assertThat(ask("FF102F00000122000005072210001B03E801FFDD2B")).containsExactly(new StartAck());
        module.sighted(sighting(at(295), 1));
        assertThat(HexFormat.of().withUpperCase().formatHex(bench.frames().getFirst()))
                .startsWith("FF28220000" + "10001B01FF01" + "01C411")
                .contains("00000127");
        assertThat(ask("FF112F0000012200000508228810001B00FA0FFFE7A6")).containsExactly(new StartAck());
    }

    @Test
    void answersEveryOpcodeWithOneWellFormedReply() {
        for (String data : List.of("", "01", "0001", "05", "0201", "00000000000000000000")) {
            for (int op = 0; op < 256; op++) {
                if (op == 0x2F) {
                    continue;
                }
                MercuryCommand command = new Other(op, data);
                byte[] frame = command.encode();
                module.heard(frame, frame.length, START);
                List<byte[]> replies = bench.frames();
                assertThat(replies).as("op %02X with '%s'", op, data).hasSize(1);
                assertThat(replies.getFirst()[2] & 0xFF).isEqualTo(op);
                assertThat(Heard.in(replies.getFirst(), new MercuryParser()).messages())
                        .hasSize(1);
            }
        }
        assertThat(ask(new Other(0xEE, ""), 0)).containsExactly(Reply.of(0xEE, MercuryStatus.INVALID_OPCODE));
    }

    @Test
    void aVendorsClientGetsSaneAnswers() {
        assertThat(ask(new Other(0x68, ""), 0)).containsExactly(new Reply(0x68, 0, "00"));
        assertThat(ask(new SetReaderConfig(SetReaderConfig.DUPLICATE_FILTER, 0), 0))
                .containsExactly(new Reply(0x9A, 0, "010C"));
        assertThat(ask(new Other(0x6A, "010C"), 0)).containsExactly(new Reply(0x6A, 0, "010C00"));
        assertThat(ask(new Other(0x63, ""), 0)).containsExactly(new Reply(0x63, 0, "0005"));
        assertThat(ask(new Other(0x70, ""), 0)).containsExactly(new Reply(0x70, 0, "0005"));
        assertThat(ask(new GetTemperature(), 0)).singleElement().isInstanceOf(Temperature.class);
        assertThat(ask(new ReadGpio(), 0)).singleElement().isInstanceOf(Reply.class);
    }

    @Test
    void endsItsCyclesAndCountsFromEachBeginning() {
        ask(StartStreaming.classic(100, FLAGS), 0);
        module.sighted(sighting(at(99), 1));
        module.sighted(sighting(at(100), 1));
        module.sighted(sighting(at(250) + 999_999, 1));
        module.advance(at(300));
        ReaderMessage end = new CycleEnd(OptionalLong.empty());
        assertThat(bench.said()).containsExactly(read(99), end, read(0), end, read(50), end);
        assertThat(module.nextDueNanos()).isEqualTo(at(400));
    }

    @Test
    void theMultiSelectLayoutSaysHowLongACycleLasted() {
        ask(new StartStreaming(true, StartStreaming.SEARCH_FLAGS, 250, FLAGS), 0);
        module.sighted(sighting(at(7), 1));
        module.advance(at(250));
        List<byte[]> frames = bench.frames();
        assertThat(frames.getFirst()[5] & 0xFF)
                .as("the extra byte of a tag record")
                .isEqualTo(0x88);
        assertThat(Heard.in(frames.getFirst(), new MercuryParser()).messages()).containsExactly(read(7));
        assertThat(HexFormat.of().withUpperCase().formatHex(frames.get(1)))
                .startsWith("FF0B2204008810001B001001000000FA");
    }

    @Test
    void recordsCarryExactlyTheMetadataAskedFor() {
        for (int flags : new int[] {0, MercuryTag.RSSI, MercuryTag.ANTENNA | MercuryTag.TIMESTAMP, MercuryTag.ALL}) {
            ask(StartStreaming.classic(1000, flags), 0);
            module.sighted(sighting(at(5), 1));
            byte[] frame = bench.frames().getFirst();
            assertThat(ByteBuffer.wrap(frame).getShort(8)).isEqualTo((short) flags);
            TagReport report =
                    (TagReport) Heard.in(frame, new MercuryParser()).messages().getFirst();
            assertThat(report.rssiCentiDbm().isPresent()).isEqualTo((flags & MercuryTag.RSSI) != 0);
            assertThat(report.antenna()).isEqualTo((flags & MercuryTag.ANTENNA) != 0 ? 1 : 0);
            assertThat(report.time().base() == ReaderTime.Base.CYCLE).isEqualTo((flags & MercuryTag.TIMESTAMP) != 0);
        }
        assertThat(ask(StartStreaming.classic(1000, 0x1000), 10))
                .containsExactly(Reply.of(0x2F, MercuryStatus.INVALID_PARAMETER));
        assertThat(ask(StartStreaming.classic(0, FLAGS), 10))
                .containsExactly(Reply.of(0x2F, MercuryStatus.INVALID_PARAMETER));
    }

    @Test
    void onlyAntennasOfTheSearchListSee() {
        ask(new SetSearchList(List.of(new AntennaPair(2, 2), new AntennaPair(4, 4), new AntennaPair(9, 9))), 0);
        ask(StartStreaming.classic(1000, FLAGS), 0);
        assertThat(module.sighted(sighting(at(1), 1))).isEqualTo(Seen.IGNORED);
        assertThat(module.sighted(sighting(at(2), 2))).isEqualTo(Seen.TAKEN);
        assertThat(module.sighted(sighting(at(3), 4))).isEqualTo(Seen.TAKEN);
        assertThat(module.sighted(sighting(at(4), 9)))
                .as("no antenna on that port")
                .isEqualTo(Seen.IGNORED);
        assertThat(bench.said()).extracting(m -> ((TagReport) m).antenna()).containsExactly(2, 4);
    }

    @Test
    void itsOwnClockRunsFastOrSlow() {
        with(options.withDriftPpm(1000));
        ask(StartStreaming.classic(10_000, FLAGS), 0);
        module.sighted(sighting(at(5000), 1));
        assertThat(bench.said()).containsExactly(read(5005));
        assertThat(module.nextDueNanos()).isBetween(at(9990), at(9991));
        with(options.withDriftPpm(-1000));
        ask(StartStreaming.classic(10_000, FLAGS), 0);
        module.sighted(sighting(at(5000), 1));
        assertThat(bench.said()).containsExactly(read(4995));
    }

    @Test
    void saysOnceThatItsMemoryIsFull() {
        ask(StartStreaming.classic(60_000, FLAGS), 0);
        for (int i = 0; i < 15; i++) {
            assertThat(module.sighted(sighting(at(i), 1))).isEqualTo(i < 10 ? Seen.TAKEN : Seen.OVERFLOWED);
        }
        List<ReaderMessage> said = bench.said();
        assertThat(said).hasSize(11);
        assertThat(said.getLast()).isEqualTo(Fault.of(MercuryStatus.BUFFER_FULL));
        for (int i = 0; i < 11; i++) {
            module.sighted(sighting(at(100 + i), 1));
        }
        assertThat(bench.said()).as("full a second time").contains(Fault.of(MercuryStatus.BUFFER_FULL));
    }

    @Test
    void streamsOnWhoeverListensAndAnswersOnlyWhatIsMeantForAStream() {
        ask(StartStreaming.classic(100, FLAGS), 0);
        module.listenerChanged(true);
        assertThat(ask(new GetVersion(), 10)).isEmpty();
        module.advance(at(100));
        assertThat(bench.said()).as("the answer of a module that streams").hasSize(1);
        assertThat(ask(new Tunnelled(new GetTemperature()), 110))
                .singleElement()
                .isInstanceOfSatisfying(Reply.class, reply -> {
                    assertThat(reply.op()).isEqualTo(0x2F);
                    assertThat(reply.status()).isZero();
                    assertThat(reply.data()).startsWith("040172");
                });
        assertThat(ask(new StopStreaming(), 120)).containsExactly(new StopAck());
        assertThat(ask(new GetVersion(), 120)).singleElement().isInstanceOf(Version.class);
    }

    @Test
    void aSightingToldTooLateForItsCycleIsOneOfThisCycle() {
        ask(StartStreaming.classic(100, FLAGS), 0);
        module.advance(at(101));
        assertThat(module.sighted(sighting(at(98), 1))).isEqualTo(Seen.TAKEN);
        bench.outbox.poll();
        Outgoing.Read read = bench.outbox.poll().orElseThrow().reads().getFirst();
        assertThat(read.report()).isEqualTo(read(0));
        assertThat(read.sighting().monotonicNanos())
                .as("the truth goes with it")
                .isEqualTo(at(100));
    }

    @Test
    void findsCommandsAmongNoiseAndInPieces() {
        byte[] bytes = HexFormat.of().parseHex("00FFAA" + "FF00031D0C" + "FF0004");
        for (byte b : bytes) {
            module.heard(new byte[] {b}, 1, START);
        }
        assertThat(bench.said())
                .as("what looked like a longer command may go on")
                .isEmpty();
        module.advance(at(101));
        assertThat(bench.said()).singleElement().isInstanceOf(Version.class);
    }

    @Test
    void whatWasSeenBeforeItReadWasNotSeen() {
        ask(StartStreaming.classic(100, FLAGS), 10);
        assertThat(module.sighted(sighting(at(9), 1))).isEqualTo(Seen.IGNORED);
        assertThat(module.sighted(sighting(at(10), 1))).isEqualTo(Seen.TAKEN);
    }

    @Test
    void beginsAnewWhenItsPowerComesBack() {
        with(options.withBootloader(true));
        ask(new BootApplication(), 0);
        ask(StartStreaming.classic(1000, FLAGS), 0);
        ask(new StopStreaming(), 1);
        ask(new MercuryCommand.SetBaud(9_600), 1);
        assertThat(module.baud()).hasValue(9_600);
        ask(StartStreaming.classic(1000, FLAGS), 2);
        module.poweredOn(at(500));
        assertThat(bench.said()).containsExactly(new Booted());
        assertThat(module.reading()).isFalse();
        assertThat(module.baud()).hasValue(options.baud());
        assertThat(((CurrentProgram) ask(new GetCurrentProgram(), 600).getFirst()).bootloader())
                .isTrue();
    }

    @Test
    void aCutAntennaSeesNothingAndIsComplainedOf() {
        ask(new SetSearchList(List.of(new AntennaPair(1, 1), new AntennaPair(2, 2))), 0);
        ask(StartStreaming.classic(100, FLAGS), 0);
        module.antennaCut(2, true, at(10));
        assertThat(module.sighted(sighting(at(20), 2))).isEqualTo(Seen.IGNORED);
        assertThat(module.sighted(sighting(at(21), 1))).isEqualTo(Seen.TAKEN);
        bench.said();
        module.advance(at(110));
        assertThat(bench.said()).contains(MercuryMessage.Fault.of(MercuryStatus.HIGH_RETURN_LOSS));
        ask(new StopStreaming(), 120);
        assertThat(((AntennaPorts) ask(new DetectAntennas(), 121).getFirst()).ports())
                .contains(new Port(1, true), new Port(2, false));
        module.antennaCut(2, false, at(130));
        ask(StartStreaming.classic(100, FLAGS), 140);
        assertThat(module.sighted(sighting(at(150), 2))).isEqualTo(Seen.TAKEN);
        bench.said();
        module.advance(at(300));
        assertThat(bench.said()).isNotEmpty().hasOnlyElementsOfType(MercuryMessage.CycleEnd.class);
    }

    @Test
    void doesNotReadWhileItIsTooHotAndSaysSo() {
        ask(StartStreaming.classic(100, FLAGS), 0);
        module.tooHot(true, at(10));
        assertThat(module.sighted(sighting(at(20), 1))).isEqualTo(Seen.IGNORED);
        module.advance(at(110));
        assertThat(bench.said()).contains(MercuryMessage.Fault.of(MercuryStatus.TOO_HOT));
        ask(new StopStreaming(), 120);
        assertThat(((Temperature) ask(new GetTemperature(), 121).getFirst()).celsius())
                .isGreaterThan(80);
        module.tooHot(false, at(130));
        ask(StartStreaming.classic(100, FLAGS), 140);
        assertThat(module.sighted(sighting(at(150), 1))).isEqualTo(Seen.TAKEN);
    }
}

package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryMessage.CycleEnd;
import org.matgate.protocol.mercury.MercuryMessage.Fault;
import org.matgate.protocol.mercury.MercuryMessage.Reply;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

@Timeout(30)
class MercurySessionTest {
    private static final byte[] GOLDEN_TAG =
            Bytes.hex("FF28220000 10001B01FF01 01C4110E1640000001270000050000 0F 0080 3000"
                    + "000000000000000000001545 E94A 561D");

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final ModuleFake module = new ModuleFake();
    private final MercuryParser parser = new MercuryParser();
    private final Deque<ReaderMessage> coming = new ArrayDeque<>();
    private MercurySession session = session(Optional.of(Config.Region.EU3));

    private MercurySession session(Optional<Config.Region> region) {
        Config.Reader reader = new Config.Reader(
                new Source("finish-1", "finish", Source.Line.MAIN),
                Config.Family.MERCURY,
                new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 115_200),
                List.of(1, 2),
                Optional.of(2_700),
                region);
        return new MercurySession(reader, clock, output);
    }

    /** Gives the module what was sent and the session what it answers, until nobody speaks. */
    private void talk() {
        while (!output.sent.isEmpty() || !coming.isEmpty()) {
            while (!output.sent.isEmpty()) {
                module.answer(output.sent.removeFirst()).forEach(this::wire);
            }
            if (!coming.isEmpty()) {
                clock.advance(1_000_000);
                say(coming.remove());
            }
        }
    }

    private void wire(byte[] bytes) {
        parser.parse(bytes, 0, bytes.length, new FrameParser.Sink<ReaderMessage>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                coming.add(message);
            }

            @Override
            public void skipped(Skipped skipped) {
                throw new AssertionError(skipped);
            }
        });
    }

    private void say(ReaderMessage message) {
        session.message(message, new Arrival(clock.monotonicNanos(), clock.monotonicNanos()));
    }

    private void open() {
        session.opened(clock.monotonicNanos());
        talk();
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += 50) {
            clock.advance(50_000_000);
            session.tick(clock.monotonicNanos());
            talk();
        }
    }

    private List<String> asked() {
        return module.heard.stream().map(c -> c.getClass().getSimpleName()).toList();
    }

    @Test
    void bringsAnIdleModuleToReading() {
        open();
        assertThat(asked())
                .containsExactly(
                        "StopStreaming",
                        "GetVersion",
                        "GetCurrentProgram",
                        "SetProtocol",
                        "SetRegion",
                        "SetReadPower",
                        "SetSearchList",
                        "SetReaderConfig",
                        "DetectAntennas",
                        "GetReturnLoss",
                        "GetTemperature",
                        "StartStreaming");
        assertThat(module.heard).contains(new MercuryCommand.SetReaderConfig(0x0C, 0));
        assertThat(module.heard.getLast()).isEqualTo(new MercuryCommand.StartStreaming(true, 0x001B, 1000, 0x0016));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.lastPhase().detail()).contains("M6e Nano");
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 DISCONNECTED");
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void bringsAFreshlyPoweredModuleOutOfItsBootLoader() {
        module.bootloader = true;
        open();
        assertThat(asked())
                .containsSubsequence("GetCurrentProgram", "BootApplication", "SetProtocol", "StartStreaming");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.gaps).isEmpty();
    }

    @Test
    void stopsAModuleThatStillStreamsAndKeepsItsReads() {
        module.streaming = true;
        module.instead.put(0x2F, List.of());
        session.opened(clock.monotonicNanos());
        wire(GOLDEN_TAG);
        talk();
        module.instead.clear();
        pass(400);
        assertThat(asked().subList(0, 3)).containsExactly("StopStreaming", "StopStreaming", "GetVersion");
        assertThat(output.reads).hasSize(1);
        assertThat(output.reads.getFirst().report().chip().hex()).isEqualTo("000000000000000000001545");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void stopsAModuleThatAnswersTheVersionBySearchResults() {
        module.streaming = true;
        module.instead.put(0x2F, List.of());
        session.opened(clock.monotonicNanos());
        pass(300);
        module.instead.clear();
        pass(2_000);
        assertThat(asked().subList(0, 4))
                .containsExactly("StopStreaming", "GetVersion", "StopStreaming", "StopStreaming");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void goesOnWhereAStopIsNotAnswered() {
        module.instead.put(0x2F, List.of());
        open();
        assertThat(asked()).containsExactly("StopStreaming");
        pass(300);
        assertThat(asked()).endsWith("StartStreaming");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.CONFIGURING);
        say(new CycleEnd(OptionalLong.of(1000)));
        assertThat(output.lastPhase().phase())
                .as("a start whose answer is lost shows by what follows")
                .isEqualTo(ReaderPhase.READING);
    }

    @Test
    void asksForANewLinkWhereTheModuleIsSilent() {
        module.silent = true;
        open();
        pass(4_000);
        assertThat(asked()).containsExactly("StopStreaming", "GetVersion", "GetVersion", "GetVersion");
        assertThat(output.reconnects).containsExactly("asking for the version: no answer to 3 tries");
    }

    @Test
    void readsWithoutWhatTheModuleRefusesButSaysSo() {
        module.instead.put(0x97, List.of(Reply.of(0x97, 0x010B)));
        module.instead.put(0x9A, List.of(Reply.of(0x9A, 0x0105)));
        open();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("region EU3", "010B", "duplicate filter", "0105");
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void doesNotReadWithoutWhatItNeeds() {
        module.instead.put(0x91, List.of(Reply.of(0x91, 0x0507)));
        open();
        assertThat(output.reconnects).hasSize(1);
        assertThat(output.reconnects.getFirst()).contains("setting antennas [1, 2]", "0507");
    }

    @Test
    void startsAnOlderModuleInTheClassicLayout() {
        module.instead.put(0x2F, List.of(Reply.of(0x2F, 0x0105)));
        open();
        assertThat(module.heard.getLast()).isEqualTo(MercuryCommand.StartStreaming.classic(1000, 0x0016));
    }

    @Test
    void asksAgainWhereAnAnswerIsLost() {
        module.instead.put(0x93, List.of());
        session = session(Optional.empty());
        open();
        module.instead.clear();
        pass(1_000);
        assertThat(asked().stream().filter("SetProtocol"::equals)).hasSize(2);
        assertThat(asked()).doesNotContain("SetRegion");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void tellsFaultsAtMostOnceASecondAndWhenTheyAreOver() {
        open();
        int before = output.phases.size();
        for (int i = 0; i < 30; i++) {
            clock.advance(100_000_000);
            say(Fault.of(i % 2 == 0 ? 0x0504 : 0x0505));
        }
        assertThat(output.phases.subList(before, output.phases.size()))
                .hasSize(3)
                .allSatisfy(phase -> {
                    assertThat(phase.phase()).isEqualTo(ReaderPhase.DEGRADED);
                    assertThat(phase.detail()).containsAnyOf("0504 module too hot", "0505 high return loss");
                });
        for (int i = 0; i < 6; i++) {
            pass(1_000);
            say(new CycleEnd(OptionalLong.of(1000)));
        }
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void tellsThatTheModulesBufferWasFull() {
        open();
        say(Fault.of(0x0601));
        assertThat(output.gaps).hasSize(1);
        assertThat(output.gaps.getFirst().cause()).isEqualTo(Gap.Cause.READER_OVERFLOW);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
    }

    @Test
    void configuresAModuleThatRestartedAnew() {
        open();
        module.heard.clear();
        module.streaming = false;
        say(new MercuryMessage.Booted());
        talk();
        assertThat(output.gaps).hasSize(1);
        assertThat(output.gaps.getFirst().cause()).isEqualTo(Gap.Cause.READER_RESTARTED);
        assertThat(asked()).startsWith("StopStreaming", "GetVersion").endsWith("StartStreaming");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void recoversAModuleThatFellSilentAndThenAsksForANewLink() {
        open();
        module.heard.clear();
        module.streaming = false;
        pass(3_000);
        assertThat(output.phases).anySatisfy(phase -> {
            assertThat(phase.phase()).isEqualTo(ReaderPhase.RECOVERING);
            assertThat(phase.detail()).contains("3 s");
        });
        assertThat(asked()).startsWith("StopStreaming").endsWith("StartStreaming");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        module.silent = true;
        pass(7_000);
        assertThat(output.reconnects).hasSize(1);
    }

    @Test
    void cycleEndsAreSignsOfLife() {
        open();
        module.heard.clear();
        for (int i = 0; i < 10; i++) {
            pass(1_000);
            say(new CycleEnd(OptionalLong.of(1000)));
        }
        assertThat(asked()).doesNotContain("GetVersion", "StopStreaming");
        assertThat(output.phases).extracting(RecordedOutput.Phase::phase).doesNotContain(ReaderPhase.RECOVERING);
    }

    @Test
    void stopsTheModuleAtTheEndAndHearsItsLastReads() {
        open();
        module.heard.clear();
        session.stop(clock.monotonicNanos());
        wire(GOLDEN_TAG);
        assertThat(output.endings).isZero();
        talk();
        assertThat(asked()).containsExactly("StopStreaming");
        assertThat(output.reads).hasSize(1);
        assertThat(output.endings).isEqualTo(1);
    }

    @Test
    void aReadIsNeverAfterTheArrivalOfItsFrame() {
        open();
        wire(GOLDEN_TAG);
        long began = clock.monotonicNanos() + 1_000_000;
        talk();
        RecordedOutput.Read read = output.reads.getFirst();
        assertThat(read.momentNanos()).isLessThanOrEqualTo(began);
        assertThat(read.uncertaintyNanos()).isPositive();
        assertThat(read.report().time().micros()).isEqualTo(295_000);
    }

    @Test
    void asksForTheTemperatureWithinTheStreamAndNotAgainIfThatIsNotUnderstood() {
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, true));
        open();
        module.instead.put(0x2F, List.of(new Reply(0x2F, 0, "0401722A")));
        stream(25);
        assertThat(output.vitals).contains(new Vital.Temperature(42));
        assertThat(tunnelled()).isEqualTo(2);
        assertThat(asked().getLast()).isEqualTo("Tunnelled");
        module.instead.put(0x2F, List.of(Reply.of(0x2F, 0x0101)));
        stream(40);
        assertThat(tunnelled()).isEqualTo(3);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.reconnects).isEmpty();
    }

    private long tunnelled() {
        return times("Tunnelled");
    }

    /** The module reads, with nothing to see, for so many seconds. */
    private void stream(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(1_000);
            say(new CycleEnd(OptionalLong.of(1_000)));
            talk();
        }
    }

    @Test
    void looksForAnAntennaThatTheModuleMissesAndSeesItComeBack() {
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, true));
        open();
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 CONNECTED");
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, false));
        stream(10);
        for (int i = 0; i < 8; i++) {
            say(Fault.of(0x0505));
            stream(1);
        }
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 CONNECTED", "2 DISCONNECTED");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, true));
        stream(8);
        assertThat(output.antennas).endsWith("2 DISCONNECTED", "2 CONNECTED");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.phases).extracting(RecordedOutput.Phase::phase).containsOnlyOnce(ReaderPhase.CONFIGURING);
    }

    /** It does not read while it looks: each look is told as a gap, and they become rare while nothing changes. */
    @Test
    void aMissingAntennaCostsFewLooksAndEachIsTold() {
        open();
        stream(95);
        assertThat(times("DetectAntennas"))
                .as("at the start, after 30 and 90 s")
                .isEqualTo(3);
        stream(3_600);
        assertThat(times("DetectAntennas"))
                .as("and after 3.5, 7.5, 15.5, 25.5 minutes and so on")
                .isEqualTo(10);
        assertThat(output.pauses)
                .hasSize(9)
                .allSatisfy(millis -> assertThat(millis).isBetween(1L, 100L));
        assertThat(times("StartStreaming")).isEqualTo(10);
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 DISCONNECTED");
        assertThat(output.phases).extracting(RecordedOutput.Phase::phase).doesNotContain(ReaderPhase.RECOVERING);
    }

    @Test
    void whatAModuleDoesNotAnswerIsAskedOnceAndNotInALook() {
        module.insteadTo.put(MercuryCommand.GetReturnLoss.class, List.of());
        open();
        pass(1_050);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        stream(95);
        assertThat(times("DetectAntennas")).isEqualTo(3);
        assertThat(times("GetReturnLoss")).isEqualTo(1);
        assertThat(output.pauses)
                .hasSize(2)
                .allSatisfy(millis -> assertThat(millis).isLessThan(100L));
    }

    @Test
    void whatAModuleRefusesInALookIsNotAskedAgain() {
        open();
        module.insteadTo.put(MercuryCommand.GetReturnLoss.class, List.of(Reply.of(0x61, 0x0101)));
        stream(300);
        assertThat(times("DetectAntennas")).isEqualTo(4);
        assertThat(times("GetReturnLoss")).isEqualTo(2);
    }

    /** Else it would look again and again, as no look ever ends with an answer. */
    @Test
    void aModuleThatNoLongerDetectsAntennasIsNotAskedToLookAgain() {
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, true));
        open();
        module.insteadTo.put(MercuryCommand.DetectAntennas.class, List.of());
        complaining(4);
        say(Fault.of(0x0505));
        pass(4_500);
        complaining(60);
        assertThat(times("DetectAntennas"))
                .as("the start, and one look of three tries")
                .isEqualTo(4);
        assertThat(output.pauses)
                .singleElement()
                .satisfies(millis -> assertThat(millis).isBetween(3_000L, 5_000L));
    }

    /** A module that complains of an antenna that it detects finds nothing by looking. */
    @Test
    void complaintsThatNoLookExplainsCostFewLooks() {
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, true));
        open();
        complaining(600);
        assertThat(times("DetectAntennas")).isBetween(5L, 12L);
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, false));
        complaining(101);
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 CONNECTED", "2 DISCONNECTED");
    }

    @Test
    void anAntennaThatReadsAgainIsLookedForAtOnceButOnlyOnce() {
        module.ports = List.of(new MercuryMessage.Port(1, false), new MercuryMessage.Port(2, true));
        open();
        stream(300);
        long before = times("DetectAntennas");
        wire(GOLDEN_TAG);
        talk();
        stream(200);
        wire(GOLDEN_TAG);
        talk();
        stream(30);
        assertThat(times("DetectAntennas")).isEqualTo(before + 1);
        module.ports = List.of(new MercuryMessage.Port(1, true), new MercuryMessage.Port(2, true));
        stream(600);
        assertThat(output.antennas).containsExactly("1 DISCONNECTED", "2 CONNECTED", "1 CONNECTED");
    }

    @Test
    void aLookThatALinkDoesNotOutliveIsToldToo() {
        open();
        stream(29);
        module.silent = true;
        pass(1_500);
        session.closed(clock.monotonicNanos());
        session.closed(clock.monotonicNanos());
        assertThat(output.pauses).hasSize(1);
    }

    private long times(String command) {
        return asked().stream().filter(command::equals).count();
    }

    /** The module reads, and says each second that too much comes back from an antenna. */
    private void complaining(int seconds) {
        for (int i = 0; i < seconds; i++) {
            say(Fault.of(0x0505));
            stream(1);
        }
    }

    @Test
    void aModuleFoundAtAnotherRateIsToldTheConfiguredOne() {
        output.lineBaud = OptionalInt.of(9_600);
        open();
        assertThat(asked()).containsExactly("StopStreaming", "GetVersion", "SetBaud");
        assertThat(module.heard.getLast()).isEqualTo(new MercuryCommand.SetBaud(115_200));
        assertThat(output.nextBaud).hasValue(115_200);
        assertThat(output.reconnects).singleElement().asString().contains("115200");
        session.closed(clock.monotonicNanos());
        open();
        assertThat(asked()).as("once is enough").containsOnlyOnce("SetBaud");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aModuleThatKeepsItsRateReadsAtThat() {
        output.lineBaud = OptionalInt.of(9_600);
        module.instead.put(0x06, List.of(Reply.of(0x06, 0x0105)));
        open();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("115200 baud");
        assertThat(output.reconnects).isEmpty();
    }
}

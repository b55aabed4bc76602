package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.Chip;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Command.FastSwitch;
import org.matgate.protocol.r2000.R2000Command.GetReturnLoss;
import org.matgate.protocol.r2000.R2000Command.GetTemperature;
import org.matgate.protocol.r2000.R2000Command.Inventory;
import org.matgate.protocol.r2000.R2000Command.Options;
import org.matgate.protocol.r2000.R2000Command.SessionInventory;
import org.matgate.protocol.r2000.R2000Command.SetAntennaDetector;
import org.matgate.protocol.r2000.R2000Command.SetBaud;
import org.matgate.protocol.r2000.R2000Command.SetPower;
import org.matgate.protocol.r2000.R2000Command.SetRegion;
import org.matgate.protocol.r2000.R2000Command.SetTemporaryPower;
import org.matgate.protocol.r2000.R2000Command.SetWorkAntenna;
import org.matgate.protocol.r2000.R2000Command.Slot;
import org.matgate.protocol.r2000.R2000Message.AntennaMissing;
import org.matgate.protocol.r2000.R2000Message.FastSwitchEnd;
import org.matgate.protocol.r2000.R2000Message.Result;
import org.matgate.protocol.r2000.R2000Message.RoundEnd;
import org.matgate.protocol.r2000.R2000Region;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

@Timeout(30)
class R2000SessionTest {
    private static final Config.Link SERIAL = new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 115_200);
    private static final Config.Link TCP = new Config.Link.Tcp("192.168.1.50", 4001);
    private static final FastSwitchEnd END = new FastSwitchEnd(0, 200);

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final R2000Fake module = new R2000Fake();
    private final Deque<ReaderMessage> coming = new ArrayDeque<>();
    private R2000Session session = session(SERIAL, List.of(1, 2), Optional.empty(), Optional.empty());

    private R2000Session session(
            Config.Link link, List<Integer> antennas, Optional<Integer> power, Optional<Config.Region> region) {
        return new R2000Session(
                new Config.Reader(
                        new Source("finish-1", "finish", Source.Line.MAIN),
                        Config.Family.R2000,
                        link,
                        antennas,
                        power,
                        region),
                output);
    }

    /** Gives the module what was sent and the session what it answers, until nobody speaks. */
    private void talk() {
        while (!output.sent.isEmpty() || !coming.isEmpty()) {
            while (!output.sent.isEmpty()) {
                coming.addAll(module.answer(output.sent.removeFirst()));
            }
            if (!coming.isEmpty()) {
                clock.advance(1_000_000);
                hear(coming.remove());
            }
        }
    }

    private void hear(ReaderMessage message) {
        session.message(message, new Arrival(clock.monotonicNanos(), clock.monotonicNanos()));
    }

    private void say(ReaderMessage... messages) {
        for (ReaderMessage message : messages) {
            hear(message);
        }
        talk();
    }

    private void open() {
        session.opened(clock.monotonicNanos());
        talk();
    }

    private void read() {
        open();
        say(END);
        module.heard.clear();
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += 50) {
            clock.advance(50_000_000);
            session.tick(clock.monotonicNanos());
            talk();
        }
    }

    /** Rounds of 200 ms, for so long. */
    private void rounds(long millis, int total) {
        for (long i = 0; i < millis; i += 200) {
            pass(200);
            say(new FastSwitchEnd(total, 200));
        }
    }

    private static TagReport tag(int antenna) {
        return new TagReport(new Chip("E200"), antenna, OptionalInt.of(-6000), ReaderTime.NONE, 1);
    }

    private List<String> asked() {
        return module.heard.stream().map(c -> c.getClass().getSimpleName()).toList();
    }

    @Test
    void bringsAnIdleModuleToReading() {
        module.returnLoss.put(2, 1);
        open();
        assertThat(asked())
                .containsExactly(
                        "GetVersion",
                        "GetRegion",
                        "GetAntennaDetector",
                        "SetAntennaDetector",
                        "SetWorkAntenna",
                        "GetReturnLoss",
                        "SetWorkAntenna",
                        "GetReturnLoss",
                        "GetTemperature",
                        "FastSwitch");
        assertThat(module.heard).contains(new SetAntennaDetector(3), new GetReturnLoss(3));
        Slot none = Slot.NONE;
        assertThat(module.heard.getLast())
                .isEqualTo(new FastSwitch(
                        List.of(Slot.of(1, 1), Slot.of(2, 1), none, none, none, none, none, none),
                        0,
                        Optional.of(new Options(0, 0, false)),
                        6));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.CONFIGURING);
        say(END);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.lastPhase().detail()).isEqualTo("R2000 module 1.9");
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 DISCONNECTED");
        assertThat(output.vitals)
                .contains(
                        new Vital.Identity("R2000", "1.9"),
                        new Vital.Temperature(31),
                        new Vital.ReturnLoss(1, 1800),
                        new Vital.ReturnLoss(2, 100));
        assertThat(asked()).as("the next round, at once").endsWith("FastSwitch", "FastSwitch");
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void setsPowerAndRegionOnlyWhereTheyDiffer() {
        session = session(SERIAL, List.of(1, 2), Optional.of(2_750), Optional.of(Config.Region.NA));
        open();
        assertThat(module.heard)
                .contains(new SetTemporaryPower(27), new SetRegion(new R2000Region.Standard(1, 7, 59)))
                .contains(new GetReturnLoss(33));
        module.heard.clear();
        module.power = 27;
        module.region = new R2000Region.Standard(R2000Region.FCC, 20, 40);
        module.detector = 5;
        open();
        assertThat(asked()).doesNotContain("SetTemporaryPower", "SetRegion", "SetAntennaDetector");
        assertThat(module.heard).contains(new GetReturnLoss(30));
        session = session(SERIAL, List.of(1, 2), Optional.of(1_000), Optional.empty());
        open();
        assertThat(module.heard).contains(new SetPower(List.of(10)));
    }

    @Test
    void oneAntennaIsReadInSessionZero() {
        session = session(SERIAL, List.of(3), Optional.empty(), Optional.empty());
        open();
        assertThat(module.heard).endsWith(new SetWorkAntenna(3), new SessionInventory(0, 0, 12));
        say(new Result(0x8B, R2000Code.INVALID_PARAMETER));
        assertThat(module.heard.getLast()).isEqualTo(new Inventory(12));
        say(new RoundEnd(0x89, 3, 0, 0));
        assertThat(module.heard).endsWith(new Inventory(12), new Inventory(12));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void olderFirmwareIsAskedInTheLayoutThatItKnows() {
        open();
        say(new Result(0x8A, R2000Code.INVALID_PARAMETER));
        assertThat(((FastSwitch) module.heard.getLast()).slots()).hasSize(4);
        pass(1_500);
        assertThat(((FastSwitch) module.heard.getLast()).slots()).hasSize(8);
        assertThat(((FastSwitch) module.heard.getLast()).options()).isEmpty();
        say(END);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        open();
        say(new FastSwitchEnd(0, 0));
        assertThat(((FastSwitch) module.heard.getLast()).slots())
                .as("a round of no length was not understood")
                .hasSize(4);
        say(new Result(0x8A, R2000Code.FAIL), new Result(0x8A, R2000Code.FAIL));
        assertThat(output.reconnects).containsExactly("starting to read: 11 failed");
    }

    @Test
    void antennasBeyondTheFourthNeedTheLongLayout() {
        session = session(SERIAL, List.of(1, 8), Optional.empty(), Optional.empty());
        open();
        say(new Result(0x8A, R2000Code.INVALID_PARAMETER));
        FastSwitch command = (FastSwitch) module.heard.getLast();
        assertThat(command.slots().subList(0, 2)).containsExactly(new Slot(0, 1), new Slot(7, 1));
        assertThat(command.slots()).hasSize(8);
        assertThat(command.options()).isEmpty();
    }

    @Test
    void readsWhileTheModuleFinishesARoundOfBefore() {
        module.instead.put(0x72, List.of());
        open();
        say(tag(2), END);
        assertThat(output.reads).hasSize(1);
        assertThat(asked()).containsExactly("GetVersion");
        module.instead.clear();
        pass(1_000);
        assertThat(asked()).endsWith("FastSwitch");
    }

    @Test
    void restartsAModuleThatDoesNotComeOutOfAnInventory() {
        module.instead.put(0x72, List.of());
        open();
        for (int i = 0; i < 6; i++) {
            pass(500);
            say(tag(1));
        }
        assertThat(asked()).containsExactly("GetVersion", "GetVersion", "GetVersion", "Reset");
        module.instead.clear();
        pass(1_500);
        assertThat(asked()).endsWith("FastSwitch");
        assertThat(output.reads).hasSize(6);
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void asksForANewLinkWhereTheModuleIsSilent() {
        module.silent = true;
        open();
        pass(3_000);
        assertThat(asked()).containsExactly("GetVersion", "GetVersion", "GetVersion");
        assertThat(output.reconnects).containsExactly("asking for the version: no answer to 3 tries");
    }

    @Test
    void aModuleFoundAtAnotherRateIsSetToTheConfiguredOne() {
        output.lineBaud = OptionalInt.of(38_400);
        open();
        assertThat(module.heard).last().isEqualTo(new SetBaud(115_200));
        assertThat(output.nextBaud).hasValue(115_200);
        assertThat(output.reconnects).containsExactly("from now on it speaks at 115200 baud");
    }

    @Test
    void aModuleThatKeepsItsRateAllTheSameIsReadAtThat() {
        output.lineBaud = OptionalInt.of(38_400);
        open();
        output.reconnects.clear();
        session.closed(clock.monotonicNanos());
        open();
        assertThat(output.reconnects).isEmpty();
        assertThat(module.heard).containsOnlyOnce(new SetBaud(115_200));
        assertThat(R2000Command.isInventory(module.heard.getLast().number())).isTrue();
    }

    @Test
    void readsWithoutWhatTheModuleRefusesButSaysSo() {
        session = session(SERIAL, List.of(1), Optional.of(3_600), Optional.of(Config.Region.OPEN));
        module.instead.put(0x76, List.of(new Result(0x76, R2000Code.INVALID_POWER)));
        open();
        say(new RoundEnd(0x8B, 1, 0, 0));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("power to 36 dBm", "48", "no region OPEN");
    }

    @Test
    void noChipsAreNoReasonToWorry() {
        read();
        rounds(60_000, 0);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.phases.stream().filter(p -> p.phase() == ReaderPhase.READING))
                .isNotEmpty();
        assertThat(output.gaps).isEmpty();
        assertThat(module.heard.stream().filter(GetTemperature.class::isInstance))
                .hasSizeBetween(5, 6);
        assertThat(module.heard.stream().filter(GetReturnLoss.class::isInstance))
                .as("one antenna at a time")
                .hasSizeBetween(5, 6);
        assertThat(module.heard).contains(new SetWorkAntenna(1), new SetWorkAntenna(2));
    }

    @Test
    void antennasAreNotMeasuredWhileChipsAreThere() {
        read();
        rounds(60_000, 3);
        assertThat(asked()).contains("GetTemperature").doesNotContain("GetReturnLoss");
    }

    @Test
    void aPollThatIsNotAnsweredDoesNotStopTheReading() {
        read();
        module.instead.put(0x7B, List.of());
        rounds(10_200, 3);
        pass(300);
        assertThat(asked()).endsWith("GetTemperature", "FastSwitch");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void anAntennaThatIsMissingIsToldOnceAndAgainWhenItIsBack() {
        read();
        output.antennas.clear();
        say(new AntennaMissing(2), new AntennaMissing(2), tag(1), END);
        say(new AntennaMissing(2), END);
        assertThat(output.antennas).containsExactly("2 DISCONNECTED");
        assertThat(output.reads).hasSize(1);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        session.damaged(clock.monotonicNanos());
        say(END);
        assertThat(output.antennas)
                .as("it may have been told in what was damaged")
                .hasSize(1);
        say(END);
        assertThat(output.antennas).containsExactly("2 DISCONNECTED", "2 CONNECTED");
        say(new AntennaMissing(2), tag(2), END);
        assertThat(output.antennas).endsWith("2 DISCONNECTED", "2 CONNECTED");
    }

    @Test
    void aSingleAntennaThatIsMissingIsTriedAgain() {
        session = session(SERIAL, List.of(1), Optional.empty(), Optional.empty());
        open();
        say(new RoundEnd(0x8B, 1, 0, 0));
        module.heard.clear();
        say(new Result(0x8B, R2000Code.ANTENNA_MISSING));
        assertThat(asked()).isEmpty();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.antennas).endsWith("1 DISCONNECTED");
        pass(300);
        assertThat(asked()).contains("SessionInventory");
        for (int i = 0; i < 40; i++) {
            pass(200);
            say(new RoundEnd(0x8B, 1, 0, 0));
        }
        assertThat(output.antennas).endsWith("1 DISCONNECTED", "1 CONNECTED");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void faultsOfTheRadioAreToldWithTheTemperature() {
        read();
        module.celsius = 70;
        rounds(1_000, 0);
        module.heard.clear();
        say(new Result(0x8A, R2000Code.POWER_NOT_REACHED));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("54 power not reached");
        pass(300);
        assertThat(asked()).startsWith("GetTemperature", "FastSwitch");
        assertThat(output.lastPhase().detail()).contains("too hot", "54");
        assertThat(output.vitals).contains(new Vital.Temperature(70));
        module.celsius = 50;
        rounds(16_000, 0);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aTemperatureWhoseSignMeansTheOtherThing() {
        module.celsius = -45;
        open();
        assertThat(output.vitals).contains(new Vital.Temperature(45));
    }

    @Test
    void configuresAModuleThatRestartedAnew() {
        read();
        say(new Result(0x8A, R2000Code.MCU_RESET));
        assertThat(output.gaps).hasSize(1);
        assertThat(output.gaps.getFirst().cause()).isEqualTo(Gap.Cause.READER_RESTARTED);
        assertThat(asked()).startsWith("GetVersion").endsWith("FastSwitch");
    }

    @Test
    void afterDamageTheNextRoundIsAskedForSoon() {
        read();
        rounds(4_000, 1);
        module.heard.clear();
        session.damaged(clock.monotonicNanos());
        pass(400);
        assertThat(asked()).containsExactly("FastSwitch");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aRoundThatNeverEndsIsAModuleToBeBroughtBack() {
        read();
        rounds(4_000, 1);
        module.heard.clear();
        pass(900);
        assertThat(output.phases).anySatisfy(phase -> assertThat(phase.phase()).isEqualTo(ReaderPhase.RECOVERING));
        assertThat(asked()).startsWith("GetVersion").endsWith("FastSwitch");
        say(END);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        module.silent = true;
        pass(6_000);
        assertThat(output.reconnects).hasSize(1);
    }

    @Test
    void aLongRoundWithChipsIsNoSilence() {
        read();
        for (int i = 0; i < 100; i++) {
            pass(100);
            say(tag(1));
        }
        assertThat(asked()).isEmpty();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void atTheEndTheRoundIsHeardOutAndNoOtherBegun() {
        read();
        session.stop(clock.monotonicNanos());
        say(tag(1));
        assertThat(output.endings).isZero();
        say(END);
        assertThat(output.endings).isEqualTo(1);
        assertThat(output.reads).hasSize(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void atTheEndOfAnIdleModuleNothingIsWaitedFor() {
        module.silent = true;
        open();
        session.stop(clock.monotonicNanos());
        assertThat(output.endings).isEqualTo(1);
    }

    @Test
    void aReadIsAsLateAsWeLookedAndAsItQueued() {
        read();
        long now = clock.monotonicNanos();
        long micros = 1_000;
        session.message(tag(1), new Arrival(now - 7_000 * micros, now - 2_000 * micros, now));
        session.message(tag(1), new Arrival(now, now + 100 * micros, now + 2_000 * micros));
        assertThat(output.reads.get(0).momentNanos()).isEqualTo(now - 2_000 * micros);
        assertThat(output.reads.get(0).uncertaintyNanos()).isEqualTo((2_000 + 5_000) * micros);
        assertThat(output.reads.get(1).momentNanos()).isEqualTo(now + 100 * micros);
        assertThat(output.reads.get(1).uncertaintyNanos()).isEqualTo((2_000 + 2_100 + 100) * micros);
        session = session(TCP, List.of(1, 2), Optional.empty(), Optional.empty());
        read();
        say(tag(1));
        assertThat(output.reads.get(2).uncertaintyNanos())
                .as("it answers at once")
                .isEqualTo(5_000 * micros);
    }
}

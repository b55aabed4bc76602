package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.matgate.simulator.reader.ModelBench.CHIP;
import static org.matgate.simulator.reader.ModelBench.MILLI;
import static org.matgate.simulator.reader.ModelBench.sighting;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Command.*;
import org.matgate.protocol.r2000.R2000Message.*;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.r2000.R2000Region;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.reader.ReaderModel.Seen;

@Timeout(30)
class SimulatedR2000Test {
    private static final long START = 1_000_000_000L;
    private static final Optional<R2000Command.Options> S0 = Optional.of(new R2000Command.Options(0, 0, false));

    private final ModelBench bench = new ModelBench(1, R2000Parser::new);
    private SimulatedR2000 module = new SimulatedR2000(R2000Options.DEFAULT, START, bench.outbox);

    private List<ReaderMessage> ask(R2000Command command, long millis) {
        return ask(new R2000Addressed(R2000Addressed.ANY, command), millis);
    }

    private List<ReaderMessage> ask(R2000Addressed request, long millis) {
        byte[] frame = request.encode();
        module.heard(frame, frame.length, at(millis));
        return bench.said();
    }

    private List<ReaderMessage> until(long millis) {
        module.advance(at(millis));
        return bench.said();
    }

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    private static TagReport read(int antenna) {
        return new TagReport(CHIP, antenna, OptionalInt.of(-6000), ReaderTime.NONE, 1);
    }

    /** Four antennas, once each: 60 ms if all are there. */
    private static FastSwitch all(int repeat, Optional<R2000Command.Options> options) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < (options.isPresent() ? 8 : 4); i++) {
            slots.add(i < 4 ? Slot.of(i + 1, 1) : Slot.NONE);
        }
        return new FastSwitch(slots, 0, options, repeat);
    }

    @Test
    void readsForOneRoundAndSaysThatItHasEnded() {
        assertThat(module.reading()).isFalse();
        assertThat(module.sighted(sighting(at(0), 1))).isEqualTo(Seen.IGNORED);
        assertThat(ask(all(2, S0), 0)).isEmpty();
        assertThat(module.reading()).isTrue();
        assertThat(module.sighted(sighting(at(10), 2))).isEqualTo(Seen.TAKEN);
        assertThat(until(10)).containsExactly(read(2));
        assertThat(module.sighted(sighting(at(20), 8))).as("no antenna there").isEqualTo(Seen.IGNORED);
        assertThat(until(119)).isEmpty();
        assertThat(until(120)).containsExactly(new FastSwitchEnd(1, 120));
        assertThat(module.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void goldenFrames() {
        byte[] one = HexFormat.of().parseHex("A006018B010001CC");
        module.heard(one, one.length, at(0));
        module.sighted(new Sighting(at(1), new Chip("3009663781DB02974876FC6A"), 1, -2600));
        module.advance(at(1));
        assertThat(HexFormat.of().withUpperCase().formatHex(bench.frames().getFirst()))
                .matches("A013018B..30003009663781DB02974876FC6A67..");
        assertThat(until(15)).containsExactly(new RoundEnd(0x8B, 1, 67, 1));
    }

    @Test
    void aChipBetweenTwoRoundsIsSeenInTheNext() {
        ask(new SessionInventory(0, 0, 1), 0);
        until(15);
        assertThat(module.sighted(sighting(at(20), 1))).isEqualTo(Seen.TAKEN);
        assertThat(module.waiting()).isTrue();
        assertThat(until(25)).isEmpty();
        assertThat(ask(new SessionInventory(0, 0, 1), 30)).isEmpty();
        module.advance(at(31));
        assertThat(bench.outbox
                        .poll()
                        .orElseThrow()
                        .reads()
                        .getFirst()
                        .sighting()
                        .monotonicNanos())
                .isEqualTo(at(31));
        assertThat(module.waiting()).isFalse();
    }

    /** In a hurry nobody comes while it waits to be asked for the next round; else a race would go by meanwhile. */
    @Test
    void takesNobodyMoreBetweenTwoRoundsAsLongAsOneIsToCome() {
        assertThat(module.takesMore()).as("it was never asked").isTrue();
        ask(new SessionInventory(0, 0, 1), 0);
        assertThat(module.takesMore()).isTrue();
        until(15);
        assertThat(module.takesMore()).isFalse();
        until(29_000);
        assertThat(module.takesMore()).isFalse();
        ask(new SessionInventory(0, 0, 1), 29_001);
        assertThat(module.takesMore()).isTrue();
        until(59_100);
        assertThat(module.takesMore()).as("nobody asks any more").isTrue();
        ask(new SessionInventory(0, 0, 1), 59_101);
        until(59_120);
        assertThat(module.takesMore()).isFalse();
        module.tooHot(true, at(59_121));
        assertThat(module.takesMore()).as("it could not see anybody").isTrue();
    }

    /** What is seen late came when it came. */
    @Test
    void aSightingRemembersWhenItsChipCame() {
        ask(new SessionInventory(0, 0, 1), 0);
        until(15);
        module.sighted(sighting(at(20), 1));
        ask(new SessionInventory(0, 0, 1), 300);
        module.advance(at(301));
        Sighting seen = bench.outbox.poll().orElseThrow().reads().getFirst().sighting();
        assertThat(seen.cameMonotonicNanos()).isEqualTo(at(20));
        assertThat(seen.monotonicNanos()).isGreaterThanOrEqualTo(at(300));
    }

    @Test
    void aChipThatIsGoneIsNotSeen() {
        ask(new SessionInventory(0, 0, 1), 0);
        until(15);
        module.sighted(sighting(at(20), 1));
        until(1_100);
        assertThat(module.reading()).isFalse();
        assertThat(module.waiting()).isFalse();
        ask(new SessionInventory(0, 0, 1), 1_100);
        assertThat(until(1_115)).containsExactly(new RoundEnd(0x8B, 1, 0, 0));
    }

    @Test
    void whileTheLineIsBusyItDoesNotLook() {
        ask(new Inventory(100), 0);
        for (int i = 0; i < 64; i++) {
            assertThat(module.sighted(sighting(at(1), 1))).isEqualTo(Seen.TAKEN);
        }
        assertThat(module.sighted(sighting(at(1), 1)))
                .as("one waits for the line")
                .isEqualTo(Seen.TAKEN);
        assertThat(module.sighted(sighting(at(1), 1))).isEqualTo(Seen.OVERFLOWED);
        int reads = 0;
        for (int i = 2; i < 100; i++) {
            reads += until(i).size();
        }
        assertThat(reads).isEqualTo(65);
    }

    @Test
    void answersEveryCommandWithOneWellFormedReply() {
        for (String data : List.of("", "00", "0102", "01020304", "00000000000000000000")) {
            for (int number = 0x60; number < 0xA0; number++) {
                if (number == 0x70 || number == 0x71 || R2000Command.isInventory(number)) {
                    continue;
                }
                byte[] frame = new R2000Command.Other(number, data).encode(1);
                module.heard(frame, frame.length, at(0));
                List<byte[]> replies = bench.frames();
                assertThat(replies).as("%02X with '%s'", number, data).hasSize(1);
                assertThat(Heard.in(replies.getFirst(), new R2000Parser()).messages())
                        .hasSize(1);
            }
        }
    }

    @Test
    void keepsWhatItIsTold() {
        assertThat(ask(new GetVersion(), 0)).singleElement().isInstanceOf(Version.class);
        assertThat(ask(new SetTemporaryPower(25), 0)).containsExactly(new Result(0x66, R2000Code.OK));
        assertThat(ask(new GetPower(), 0)).containsExactly(new Power(List.of(25)));
        assertThat(ask(new SetTemporaryPower(19), 0)).containsExactly(new Result(0x66, R2000Code.INVALID_POWER));
        assertThat(ask(new SetPower(List.of(34)), 0)).containsExactly(new Result(0x76, R2000Code.INVALID_POWER));
        assertThat(ask(new SetRegion(R2000Region.Standard.all(1)), 0)).containsExactly(new Result(0x78, R2000Code.OK));
        assertThat(ask(new GetRegion(), 0)).containsExactly(new Region(R2000Region.Standard.all(1)));
        assertThat(ask(new SetAntennaDetector(3), 0)).containsExactly(new Result(0x62, R2000Code.OK));
        assertThat(ask(new GetAntennaDetector(), 0)).containsExactly(new AntennaDetector(3));
        assertThat(ask(new SetWorkAntenna(5), 0)).containsExactly(new Result(0x74, R2000Code.INVALID_ANTENNA));
        assertThat(ask(new SetWorkAntenna(4), 0)).containsExactly(new Result(0x74, R2000Code.OK));
        assertThat(ask(new GetWorkAntenna(), 0)).containsExactly(new WorkAntenna(4));
        assertThat(ask(new GetReturnLoss(3), 0)).containsExactly(new ReturnLoss(18));
        module.poweredOn(at(10));
        assertThat(ask(new GetPower(), 100)).as("restarting").isEmpty();
        assertThat(ask(new GetPower(), 400)).as("was until the restart").containsExactly(new Power(List.of(30)));
        assertThat(ask(new GetRegion(), 400)).containsExactly(new Region(R2000Region.Standard.all(1)));
    }

    @Test
    void hearsOnlyWhatIsMeantForIt() {
        assertThat(ask(new R2000Addressed(2, new GetVersion()), 0)).isEmpty();
        assertThat(ask(new R2000Addressed(1, new GetVersion()), 0)).hasSize(1);
    }

    @Test
    void whatItHearsInARoundItObeysAfterwards() {
        ask(new Inventory(4), 0);
        assertThat(ask(new GetVersion(), 10)).isEmpty();
        assertThat(ask(new Inventory(1), 20)).isEmpty();
        assertThat(until(60)).hasSize(2).first().isEqualTo(new RoundEnd(0x89, 1, 0, 0));
        assertThat(until(75)).containsExactly(new RoundEnd(0x89, 1, 0, 0));
        ask(new Inventory(100), 100);
        assertThat(ask(new Reset(), 110)).isEmpty();
        assertThat(ask(new GetVersion(), 500)).hasSize(1);
    }

    @Test
    void olderFirmwareDoesNotKnowSessionsWhileItSwitches() {
        module = new SimulatedR2000(R2000Options.DEFAULT.withOlderFirmware(true), START, bench.outbox);
        assertThat(ask(all(1, S0), 0)).containsExactly(new Result(0x8A, R2000Code.INVALID_PARAMETER));
        assertThat(ask(all(1, Optional.empty()), 0)).isEmpty();
        assertThat(until(60)).containsExactly(new FastSwitchEnd(0, 60));
        assertThat(ask(all(0, Optional.empty()), 60)).containsExactly(new Result(0x8A, R2000Code.INVALID_PARAMETER));
    }

    @Test
    void anAntennaThatIsCutOffIsLeftOut() {
        ask(new SetAntennaDetector(3), 0);
        module.antennaCut(2, true, at(0));
        ask(all(1, S0), 0);
        assertThat(module.sighted(sighting(at(5), 2))).isEqualTo(Seen.IGNORED);
        assertThat(until(48)).containsExactly(new AntennaMissing(2), new FastSwitchEnd(0, 48));
        ask(new SetWorkAntenna(2), 50);
        assertThat(ask(new GetReturnLoss(3), 50)).containsExactly(new ReturnLoss(1));
        ask(new SessionInventory(0, 0, 1), 50);
        assertThat(until(51)).containsExactly(new Result(0x8B, R2000Code.ANTENNA_MISSING));
        module.antennaCut(2, false, at(60));
        ask(all(1, S0), 60);
        assertThat(until(120)).containsExactly(new FastSwitchEnd(0, 60));
    }

    @Test
    void tooHotItReadsNothingAndSaysSo() {
        ask(all(10, S0), 0);
        module.tooHot(true, at(10));
        assertThat(module.sighted(sighting(at(11), 1))).isEqualTo(Seen.IGNORED);
        assertThat(until(20)).containsExactly(new Result(0x8A, R2000Code.POWER_NOT_REACHED));
        assertThat(((Temperature) ask(new GetTemperature(), 30).getFirst()).celsius(0))
                .isGreaterThan(65);
        module.tooHot(false, at(40));
        assertThat(((Temperature) ask(new GetTemperature(), 40).getFirst()).celsius(0))
                .isLessThan(65);
    }

    @Test
    void afterItsRateWasSetItRestartsAtIt() {
        module = new SimulatedR2000(R2000Options.DEFAULT.withBaud(38_400), START, bench.outbox);
        assertThat(module.baud()).hasValue(38_400);
        assertThat(ask(new SetBaud(115_200), 0)).containsExactly(new Result(0x71, R2000Code.OK));
        assertThat(module.baud()).hasValue(115_200);
        assertThat(ask(new GetVersion(), 100)).isEmpty();
        module.poweredOn(at(200));
        assertThat(module.baud()).as("kept without power").hasValue(115_200);
        assertThatThrownBy(() -> R2000Options.DEFAULT.withBaud(9_600)).hasMessageContaining("9600");
    }
}

package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.matgate.simulator.reader.ModelBench.CHIP;
import static org.matgate.simulator.reader.ModelBench.MILLI;
import static org.matgate.simulator.reader.ModelBench.sighting;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.chafon.ChafonBand;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommand.AntennaInventory;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.chafon.ChafonTag;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.simulator.reader.ReaderModel.Seen;

@Timeout(30)
class SimulatedChafonTest {
    private static final long START = 10_000_000_000L;
    private static final int ANY = ChafonCommand.ANY;
    private static final ChafonTag TAG = new ChafonTag(CHIP, OptionalInt.of(129 - 60), "", "");
    private static final ChafonTag PLAIN = new ChafonTag(CHIP, OptionalInt.empty(), "", "");

    private final ModelBench bench = new ModelBench(10, ChafonParser::new);
    private SimulatedChafon reader = with(ChafonOptions.DEFAULT);

    private SimulatedChafon with(ChafonOptions options) {
        reader = new SimulatedChafon(options.withBufferedReads(10), START, bench.outbox);
        return reader;
    }

    private static long at(long millis) {
        return START + millis * MILLI;
    }

    private List<ReaderMessage> ask(ChafonCommand command, long millis) {
        byte[] frame = command.encode();
        reader.heard(frame, frame.length, at(millis));
        return bench.said();
    }

    private List<ReaderMessage> until(long millis) {
        reader.advance(at(millis));
        return bench.said();
    }

    private static AntennaInventory inventory(int antenna) {
        return new AntennaInventory(ANY, 4, 0, true, 0, antenna, 3);
    }

    private static Inventory frame(int status, int antenna, ChafonTag... tags) {
        return new Inventory(0, ChafonLayout.READER288, status, 1 << (antenna - 1), List.of(tags));
    }

    private static Inventory plainFrame(int status, ChafonTag... tags) {
        return new Inventory(0, ChafonLayout.READER18, status, 0, List.of(tags));
    }

    @Test
    void anInventoryTellsOfTheChipsThatItsAntennaSees() {
        assertThat(reader.sighted(sighting(at(0), 1)))
                .as("nobody has asked yet")
                .isEqualTo(Seen.IGNORED);
        assertThat(reader.reading()).isFalse();
        assertThat(ask(inventory(2), 10)).isEmpty();
        assertThat(reader.reading()).isTrue();
        assertThat(reader.sighted(sighting(at(20), 2))).isEqualTo(Seen.TAKEN);
        assertThat(bench.said()).as("gathered").isEmpty();
        assertThat(reader.waiting()).isTrue();
        assertThat(until(59)).as("another may show").isEmpty();
        assertThat(until(60)).containsExactly(frame(1, 2, TAG));
        assertThat(reader.waiting()).isFalse();
    }

    /** In a hurry nobody comes while it waits for a question; else a race would go by while the box is busy. */
    @Test
    void takesNobodyMoreBetweenTwoQuestionsThatAreFarApart() {
        assertThat(reader.takesMore()).as("it was never asked").isTrue();
        ask(inventory(2), 0);
        until(2_999);
        assertThat(reader.takesMore()).isTrue();
        until(3_000);
        assertThat(reader.takesMore()).as("it would see nobody").isFalse();
        assertThat(reader.sighted(sighting(at(3_000), 2))).isEqualTo(Seen.IGNORED);
        ask(inventory(1), 3_001);
        assertThat(reader.takesMore()).as("the other antenna's turn is to come").isFalse();
        until(3_400);
        ask(inventory(2), 3_401);
        assertThat(reader.takesMore()).isTrue();
        until(40_000);
        assertThat(reader.takesMore()).as("nobody asks any more").isTrue();
    }

    /** Antenna 2 is asked for, then antenna 1, as eight chips come to antenna 2; then nothing for five seconds. */
    private List<Sighting> eightWaitForFiveSeconds() {
        ask(inventory(2), 0);
        until(50);
        ask(inventory(1), 60);
        List<Sighting> came = IntStream.range(0, 8)
                .mapToObj(i -> sighting(at(70 + 120 * i), 2))
                .toList();
        assertThat(came).allSatisfy(one -> assertThat(reader.sighted(one)).isEqualTo(Seen.TAKEN));
        until(5_059);
        return came;
    }

    @Test
    void whoWaitsForTooLongIsGone() {
        List<Sighting> came = eightWaitForFiveSeconds();
        ask(inventory(1), 5_060);
        assertThat(reader.gone()).isEqualTo(came);
        assertThat(reader.gone()).isEmpty();
        assertThat(reader.waiting()).isFalse();
    }

    /** How long its host lets them wait is judged by itself; nobody is to be missing whom no referee misses. */
    @Test
    void inAHurryWhoWaitsIsSeenHoweverLongItTakes() {
        reader.hurry();
        List<Sighting> came = eightWaitForFiveSeconds();
        assertThat(reader.waiting()).isTrue();
        ask(inventory(1), 5_060);
        reader.advance(at(5_150));
        byte[] ask = inventory(2).encode();
        reader.heard(ask, ask.length, at(5_160));
        reader.advance(at(5_250));
        assertThat(reader.gone()).isEmpty();
        assertThat(bench.outbox.reads()).isEqualTo(came.size());
        assertThat(reader.waiting()).isFalse();
    }

    @Test
    void inAHurryNobodyWaitsBehindACutCable() {
        reader.hurry();
        List<Sighting> came = eightWaitForFiveSeconds();
        reader.antennaCut(2, true, at(5_060));
        ask(inventory(1), 5_070);
        assertThat(reader.gone()).isEqualTo(came);
    }

    @Test
    void aFullFrameGoesOutAtOnceAndMoreFollows() {
        with(ChafonOptions.DEFAULT.withTagsAFrame(2));
        ask(inventory(1), 0);
        reader.sighted(sighting(at(1), 1));
        reader.sighted(sighting(at(2), 1));
        assertThat(bench.said()).containsExactly(frame(3, 1, TAG, TAG));
        reader.sighted(sighting(at(3), 1));
        assertThat(until(50)).containsExactly(frame(1, 1, TAG));
        ask(inventory(1), 60);
        assertThat(until(110)).containsExactly(frame(1, 1));
    }

    @Test
    void chipsWithLongNumbersMakeAFrameFull() {
        with(ChafonOptions.DEFAULT.withTagsAFrame(16));
        ask(inventory(1), 0);
        for (int i = 0; i < 4; i++) {
            reader.sighted(new Sighting(at(1 + i), new Chip("AB".repeat(62)), 1, -6000));
        }
        assertThat(until(60))
                .hasSize(2)
                .allSatisfy(said -> assertThat(said.reports()).hasSizeBetween(1, 3));
        assertThat(reader.sighted(new Sighting(at(70), new Chip("ABCDEF"), 1, -6000)))
                .as("no whole words")
                .isEqualTo(Seen.IGNORED);
    }

    @Test
    void anInventoryEndsWhenItsTimeIsOver() {
        ask(inventory(1), 0);
        for (int millis = 10; millis < 300; millis += 30) {
            reader.sighted(sighting(at(millis), 1));
            bench.outbox.poll();
        }
        assertThat(reader.nextDueNanos()).isEqualTo(at(300));
        assertThat(((Inventory) until(300).getLast()).status()).isEqualTo(2);
        assertThat(reader.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatAnotherAntennaSeesWaitsForItsTurn() {
        ask(inventory(1), 0);
        until(50);
        ask(inventory(2), 60);
        assertThat(reader.sighted(sighting(at(70), 1))).isEqualTo(Seen.TAKEN);
        assertThat(reader.sighted(sighting(at(71), 3)))
                .as("nobody asks for antenna 3")
                .isEqualTo(Seen.IGNORED);
        assertThat(until(110)).containsExactly(frame(1, 2));
        ask(inventory(1), 120);
        reader.advance(at(170));
        Outgoing told = bench.outbox.poll().orElseThrow();
        assertThat(told.reads()).hasSize(1);
        assertThat(told.reads().getFirst().sighting().monotonicNanos())
                .as("its carrier finds the chip")
                .isEqualTo(at(120));
    }

    @Test
    void hearsNothingWhileAnInventoryRuns() {
        ask(inventory(1), 0);
        assertThat(ask(new ChafonCommand.GetInformation(ANY), 10)).isEmpty();
        assertThat(until(40)).hasSize(1);
        assertThat(ask(new ChafonCommand.GetInformation(ANY), 50)).hasSize(1);
    }

    @Test
    void aUhfReader18TellsNeitherAntennaNorStrength() {
        with(ChafonOptions.reader18());
        ReaderInformation information = (ReaderInformation)
                ask(new ChafonCommand.GetInformation(ANY), 0).getFirst();
        assertThat(information.model()).isEqualTo("UHFReader18");
        assertThat(information.more()).isEmpty();
        assertThat(ask(new ChafonCommand.SetMode(ANY, 0), 1)).containsExactly(new Reply(0, 0, 0xFE, ""));
        assertThat(ask(new ChafonCommand.GetTemperature(ANY), 1)).containsExactly(new Reply(0, 0, 0xFE, ""));
        assertThat(ask(inventory(1), 2)).containsExactly(new Reply(0, 1, 0xFD, ""));
        assertThat(ask(new ChafonCommand.SetWorkMode(ANY, "000000000000"), 3))
                .containsExactly(new Reply(0, 0x35, 0, ""));
        assertThat(ask(new ChafonCommand.SetScanTime(ANY, 2), 4)).containsExactly(new Reply(0, 0x25, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetScanTime(ANY, 3), 5)).containsExactly(new Reply(0, 0x25, 0, ""));
        ask(new ChafonCommand.Inventory(ANY), 10);
        assertThat(until(50)).containsExactly(new Reply(0, 1, 0xFB, ""));
        ask(new ChafonCommand.Inventory(ANY), 60);
        for (int i = 0; i < 5; i++) {
            reader.sighted(sighting(at(61 + i), 1));
        }
        assertThat(until(150)).containsExactly(plainFrame(3, PLAIN, PLAIN, PLAIN, PLAIN), plainFrame(1, PLAIN));
    }

    @Test
    void settingsAreKeptBeyondPowerAndToldAgain() {
        ask(ChafonCommand.SetRegion.all(ANY, ChafonBand.EU3), 0);
        ask(new ChafonCommand.SetPower(ANY, 27), 1);
        ask(new ChafonCommand.SetBaud(ANY, 6), 2);
        assertThat(reader.baud()).hasValue(115_200);
        ask(inventory(1), 3);
        reader.sighted(sighting(at(4), 1));
        bench.outbox.clear();
        reader.poweredOn(at(10));
        assertThat(reader.reading()).isFalse();
        assertThat(until(100)).as("the inventory is forgotten").isEmpty();
        ReaderInformation information = (ReaderInformation)
                ask(new ChafonCommand.GetInformation(ANY), 110).getFirst();
        assertThat(information.power()).isEqualTo(27);
        assertThat(information.band()).isEqualTo(ChafonBand.EU3.code());
        assertThat(reader.baud()).hasValue(115_200);
    }

    @Test
    void whatIsImpossibleIsRefused() {
        assertThat(ask(new ChafonCommand.SetPower(ANY, 31), 0)).containsExactly(new Reply(0, 0x2F, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetRegion(ANY, 15, 1, 0), 0)).containsExactly(new Reply(0, 0x22, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetRegion(ANY, 9, 4, 0), 0)).containsExactly(new Reply(0, 0x22, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetAddress(ANY, 255), 0)).containsExactly(new Reply(0, 0x24, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetBaud(ANY, 3), 0)).containsExactly(new Reply(0, 0x28, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetMode(ANY, 3), 0)).containsExactly(new Reply(0, 0x76, 0xFF, ""));
        assertThat(ask(new ChafonCommand.SetAntennas(ANY, 0x10), 0)).containsExactly(new Reply(0, 0x3F, 0xFF, ""));
        assertThat(ask(inventory(5), 0)).containsExactly(new Reply(0, 0x01, 0xFF, ""));
        assertThat(ask(new ChafonCommand.Inventory(ANY), 0)).containsExactly(new Reply(0, 0x01, 0xFD, ""));
        assertThat(ask(new ChafonCommand.Other(ANY, 0x22, "00"), 0)).containsExactly(new Reply(0, 0x22, 0xFD, ""));
        assertThat(ask(new ChafonCommand.Other(ANY, 0xAA, ""), 0)).containsExactly(new Reply(0, 0, 0xFE, ""));
        assertThat(ask(new ChafonCommand.MeasureReturnLoss(ANY, 866_300, 5), 0))
                .containsExactly(new Reply(0, 0x91, 0xFF, ""));
        assertThatThrownBy(() -> ChafonOptions.reader18().withRealTime(true)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> ChafonOptions.reader18().withPorts(2)).hasMessageContaining("2");
    }

    @Test
    void answersWhatAClientAsksBesides() {
        assertThat(ask(new ChafonCommand.Other(ANY, 0x4C, ""), 0))
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.class, reply -> assertThat(reply.data()).hasSize(8));
        ask(new ChafonCommand.SetPins(ANY, 2), 0);
        assertThat(ask(new ChafonCommand.GetPins(ANY), 0)).containsExactly(new ChafonMessage.Pins(0, 0x21));
        assertThat(ask(new ChafonCommand.ReturnLossLimit(ANY, 0x8C), 0))
                .containsExactly(new ChafonMessage.ReturnLossLimit(0, 12));
        assertThat(ask(new ChafonCommand.ReturnLossLimit(ANY, 0), 0))
                .containsExactly(new ChafonMessage.ReturnLossLimit(0, 12));
        assertThat(ask(new ChafonCommand.SetAddress(ANY, 5), 0)).containsExactly(new Reply(0, 0x24, 0, ""));
        assertThat(ask(new ChafonCommand.GetPins(0), 0)).as("not its address").isEmpty();
        assertThat(ask(new ChafonCommand.GetPins(5), 0)).containsExactly(new ChafonMessage.Pins(5, 0x21));
    }

    @Test
    void leftInRealTimeModeItTellsAtOnceUntilItIsQuietened() {
        with(ChafonOptions.DEFAULT.withRealTime(true));
        assertThat(reader.reading()).isTrue();
        assertThat(reader.sighted(sighting(at(5), 3))).isEqualTo(Seen.TAKEN);
        assertThat(bench.said()).containsExactly(new ChafonMessage.RealTimeTag(0, 4, TAG));
        assertThat(ask(inventory(1), 10)).as("no inventories in this mode").isEmpty();
        assertThat(until(40_000)).containsExactly(new ChafonMessage.Heartbeat(0, 1, "00000000", 1));
        assertThat(ask(new ChafonCommand.SetMode(ANY, 0), 40_100)).containsExactly(new Reply(0, 0x76, 0, ""));
        assertThat(reader.reading()).isFalse();
        ask(inventory(1), 40_200);
        assertThat(until(40_300)).containsExactly(frame(1, 1));
    }

    @Test
    void aCutAntennaSeesNothing() {
        ask(inventory(1), 0);
        reader.antennaCut(1, true, at(1));
        assertThat(reader.sighted(sighting(at(2), 1))).isEqualTo(Seen.IGNORED);
        assertThat(until(50)).containsExactly(frame(1, 1));
        assertThat(ask(new ChafonCommand.MeasureReturnLoss(ANY, 866_300, 1), 60))
                .containsExactly(new ChafonMessage.ReturnLoss(0, 1));
        assertThat(ask(new ChafonCommand.MeasureReturnLoss(ANY, 866_300, 2), 60))
                .containsExactly(new ChafonMessage.ReturnLoss(0, 18));
        ask(new ChafonCommand.CheckAntennas(ANY, true), 70);
        assertThat(ask(inventory(1), 80)).containsExactly(new Reply(0, 0x01, 0xF8, ""));
        reader.antennaCut(1, false, at(90));
        ask(inventory(1), 100);
        assertThat(reader.sighted(sighting(at(110), 1))).isEqualTo(Seen.TAKEN);
    }

    @Test
    void doesNotReadWhileItIsTooHot() {
        ask(inventory(1), 0);
        until(100);
        reader.tooHot(true, at(110));
        assertThat(reader.reading()).isFalse();
        assertThat(ask(inventory(1), 120)).containsExactly(new Reply(0, 0x01, 0xF9, ""));
        assertThat(ask(new ChafonCommand.GetTemperature(ANY), 130))
                .containsExactly(new ChafonMessage.Temperature(0, 86));
        assertThat(reader.sighted(sighting(at(140), 1))).isEqualTo(Seen.IGNORED);
        reader.tooHot(false, at(150));
        ask(inventory(1), 160);
        assertThat(reader.sighted(sighting(at(170), 1))).isEqualTo(Seen.TAKEN);
    }

    @Test
    void saysThatItsMemoryWasFull() {
        with(ChafonOptions.DEFAULT.withTagsAFrame(16));
        ask(inventory(1), 0);
        for (int i = 0; i < 12; i++) {
            assertThat(reader.sighted(sighting(at(1 + i), 1))).isEqualTo(i < 10 ? Seen.TAKEN : Seen.OVERFLOWED);
        }
        List<ReaderMessage> said = until(100);
        assertThat(said).singleElement().isInstanceOfSatisfying(Inventory.class, inventory -> {
            assertThat(inventory.status()).isEqualTo(4);
            assertThat(inventory.tags()).hasSize(10);
        });
        ask(inventory(1), 110);
        bench.outbox.full(true);
        assertThat(reader.sighted(sighting(at(111), 1))).isEqualTo(Seen.OVERFLOWED);
        assertThat(until(200)).containsExactly(frame(4, 1));
        bench.outbox.full(false);
        ask(inventory(1), 210);
        assertThat(until(300)).containsExactly(frame(1, 1));
    }

    @Test
    void findsCommandsAmongNoiseAndInPieces() {
        byte[] bytes = HexFormat.of().parseHex("0001" + "04FF211995" + "40");
        for (byte b : bytes) {
            reader.heard(new byte[] {b}, 1, START);
        }
        assertThat(bench.said()).singleElement().isInstanceOf(ReaderInformation.class);
        assertThat(until(60)).isEmpty();
        assertThat(ask(new ChafonCommand.GetInformation(ANY), 70))
                .as("half a frame does not swallow a later one")
                .hasSize(1);
    }
}

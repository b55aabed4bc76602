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
import org.matgate.protocol.chafon.ChafonBand;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommand.AntennaInventory;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.chafon.ChafonTag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

@Timeout(30)
class ChafonSessionTest {
    private static final long MILLI = 1_000_000L;
    private static final Chip CHIP = new Chip("E2000000000000000000ABCD");
    private static final ChafonTag TAG = new ChafonTag(CHIP, OptionalInt.of(69), "", "");

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final ChafonFake fake = new ChafonFake();
    private final ChafonParser parser = new ChafonParser();
    private final Deque<ReaderMessage> coming = new ArrayDeque<>();
    private ChafonSession session = session(List.of(1, 2), Optional.of(Config.Region.EU3));

    private ChafonSession session(List<Integer> antennas, Optional<Config.Region> region) {
        Config.Reader reader = new Config.Reader(
                new Source("finish-1", "finish", Source.Line.MAIN),
                Config.Family.CHAFON,
                new Config.Link.Serial(Path.of("/dev/ttyUSB0"), 57_600),
                antennas,
                Optional.of(2_750),
                region);
        return new ChafonSession(reader, output);
    }

    /** Gives the reader what was sent and the session what it answers; each answer takes 10 ms. */
    private void talk(int answers) {
        for (int i = 0; i < answers; ) {
            while (!output.sent.isEmpty()) {
                fake.answer(output.sent.removeFirst()).forEach(this::wire);
            }
            if (coming.isEmpty()) {
                return;
            }
            clock.advance(10 * MILLI);
            say(coming.remove());
            i++;
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

    /** Opens the link and talks until the reader has answered its first inventories. */
    private void open() {
        session.opened(clock.monotonicNanos());
        talk(15);
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += 50) {
            clock.advance(50 * MILLI);
            session.tick(clock.monotonicNanos());
            talk(1);
        }
    }

    private List<String> asked() {
        return fake.heard.stream().map(c -> c.getClass().getSimpleName()).toList();
    }

    private List<Integer> antennasRead() {
        return fake.heard.stream()
                .filter(AntennaInventory.class::isInstance)
                .map(c -> ((AntennaInventory) c).antenna())
                .toList();
    }

    private ReaderPhase phase() {
        return output.lastPhase().phase();
    }

    @Test
    void bringsA288ToReadingAntennaAfterAntenna() {
        open();
        assertThat(asked().subList(0, 13))
                .containsExactly(
                        "SetMode",
                        "GetInformation",
                        "SetMode",
                        "SetRegion",
                        "SetPower",
                        "GetInformation",
                        "GetTemperature",
                        "MeasureReturnLoss",
                        "MeasureReturnLoss",
                        "AntennaInventory",
                        "AntennaInventory",
                        "AntennaInventory",
                        "AntennaInventory");
        assertThat(fake.heard)
                .contains(
                        new ChafonCommand.SetMode(0xFF, 0),
                        ChafonCommand.SetRegion.all(0xFF, ChafonBand.EU3),
                        new ChafonCommand.SetPower(0xFF, 27),
                        new ChafonCommand.MeasureReturnLoss(0xFF, 866_300, 2),
                        new AntennaInventory(0xFF, 4, 0, true, 0, 1, 3));
        assertThat(antennasRead()).startsWith(1, 2, 1, 2, 1);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.lastPhase().detail()).isEqualTo("UHFReader288M (CF-RU6402) 0.22");
        assertThat(output.antennas).containsExactly("1 CONNECTED", "2 CONNECTED");
        assertThat(output.vitals)
                .contains(
                        new Vital.Identity("UHFReader288M (CF-RU6402)", "0.22"),
                        new Vital.Temperature(31),
                        new Vital.ReturnLoss(2, 1_800));
        assertThat(output.gaps).isEmpty();
    }

    @Test
    void bringsAUhfReader18ToReading() {
        fake.plain = true;
        session = session(List.of(1), Optional.of(Config.Region.NA));
        open();
        assertThat(asked().subList(0, 8))
                .containsExactly(
                        "SetMode",
                        "GetInformation",
                        "SetWorkMode",
                        "SetPower",
                        "SetScanTime",
                        "GetInformation",
                        "Inventory",
                        "Inventory");
        assertThat(fake.heard).contains(new ChafonCommand.SetScanTime(0xFF, 3));
        assertThat(phase()).as("the region was the wanted one").isEqualTo(ReaderPhase.READING);
        fake.chips.add(new ChafonTag(CHIP, OptionalInt.empty(), "", ""));
        talk(2);
        assertThat(output.reads).hasSize(1);
        assertThat(output.reads.getFirst().report().antenna()).isZero();
        assertThat(output.reads.getFirst().report().rssiCentiDbm()).isEmpty();
    }

    @Test
    void whatTheReaderIsSetToAlreadyIsNotSetAgain() {
        fake.power = 27;
        session = session(List.of(1), Optional.empty());
        open();
        assertThat(asked()).doesNotContain("SetPower", "SetRegion", "SetScanTime");
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aReadLiesBetweenItsInventorysCommandAndItsFrame() {
        open();
        fake.busy = true;
        talk(10);
        long askedNanos = clock.monotonicNanos();
        int antenna = antennasRead().getLast();
        clock.advance(120 * MILLI);
        say(new Inventory(0, ChafonLayout.READER288, 3, 1 << (antenna - 1), List.of(TAG, TAG)));
        clock.advance(80 * MILLI);
        fake.busy = false;
        say(new Inventory(0, ChafonLayout.READER288, 1, 1 << (antenna - 1), List.of(TAG)));
        assertThat(output.reads).hasSize(3);
        assertThat(output.reads).extracting(r -> r.report().antenna()).containsOnly(antenna);
        RecordedOutput.Read first = output.reads.getFirst();
        assertThat(first.momentNanos()).isEqualTo(askedNanos + 60 * MILLI);
        assertThat(first.uncertaintyNanos()).isEqualTo(61 * MILLI);
        RecordedOutput.Read last = output.reads.getLast();
        assertThat(last.momentNanos()).isEqualTo(askedNanos + 100 * MILLI);
        assertThat(last.uncertaintyNanos()).isEqualTo(101 * MILLI);
        talk(1);
        assertThat(antennasRead().getLast()).as("the next is asked for at once").isNotEqualTo(antenna);
    }

    @Test
    void noReadsIsNormal() {
        open();
        pass(60_000);
        assertThat(output.reconnects).isEmpty();
        assertThat(output.gaps).isEmpty();
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        assertThat(asked().stream().filter("GetTemperature"::equals).count()).isBetween(2L, 3L);
        assertThat(asked().stream().filter("MeasureReturnLoss"::equals).count())
                .as("of antennas that never read")
                .isBetween(20L, 32L);
    }

    @Test
    void antennasThatReadAreNotMeasured() {
        open();
        long before = asked().stream().filter("MeasureReturnLoss"::equals).count();
        for (int i = 0; i < 400; i++) {
            fake.chips.add(TAG);
            pass(50);
        }
        assertThat(asked().stream().filter("MeasureReturnLoss"::equals).count()).isEqualTo(before);
    }

    @Test
    void aReaderOfAPreviousLifeThatSpeaksByItselfIsQuietened() {
        session.opened(clock.monotonicNanos());
        clock.advance(5 * MILLI);
        say(new ChafonMessage.RealTimeTag(0, 1, TAG));
        say(new ChafonMessage.Heartbeat(0, 1, "00000000", 5));
        assertThat(output.reads).as("a read is a read").hasSize(1);
        assertThat(output.reads.getFirst().uncertaintyNanos()).isEqualTo(50 * MILLI);
        talk(15);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        fake.heard.clear();
        output.sent.clear();
        say(new ChafonMessage.RealTimeTag(0, 1, TAG));
        talk(3);
        assertThat(asked()).startsWith("SetMode", "GetInformation", "SetMode");
        assertThat(output.phases).extracting(RecordedOutput.Phase::detail).contains("speaks by itself");
    }

    @Test
    void aUhfReader18ThatSpeaksByItselfIsQuietened() {
        fake.plain = true;
        open();
        fake.heard.clear();
        output.sent.clear();
        say(new Reply(0, 0xEE, 0, "2000708C2B380B2D00000000"));
        talk(3);
        assertThat(asked()).startsWith("SetMode", "GetInformation", "SetWorkMode");
    }

    @Test
    void theAnswerToAFormerHostsInventoryIsReadWithItsDoubt() {
        session.opened(clock.monotonicNanos());
        clock.advance(50 * MILLI);
        long now = clock.monotonicNanos();
        say(new Inventory(0, ChafonLayout.READER288, 1, 1, List.of(TAG)));
        RecordedOutput.Read read = output.reads.getFirst();
        assertThat(read.momentNanos() - read.uncertaintyNanos()).isLessThanOrEqualTo(now - 2_000 * MILLI);
        assertThat(read.momentNanos() + read.uncertaintyNanos()).isGreaterThanOrEqualTo(now);
        talk(12);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void asksForANewLinkWhereTheReaderIsSilent() {
        fake.silent = true;
        open();
        pass(5_000);
        assertThat(asked().stream().filter("GetInformation"::equals)).hasSize(6);
        assertThat(output.reconnects).containsExactly("asking what it is: no answer");
    }

    @Test
    void waitsForAReaderThatIsBusyWithAFormerInventory() {
        fake.silent = true;
        open();
        pass(1_500);
        fake.silent = false;
        pass(2_000);
        assertThat(output.reconnects).isEmpty();
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aReaderFoundAtAnotherRateIsToldTheConfiguredOne() {
        output.lineBaud = OptionalInt.of(115_200);
        open();
        assertThat(fake.heard).contains(new ChafonCommand.SetBaud(0xFF, 5));
        assertThat(output.nextBaud).hasValue(57_600);
        assertThat(output.reconnects).containsExactly("speaks at 57600 baud from now on");
    }

    @Test
    void aReaderThatSaysYesAndKeepsItsRateIsReadAtThat() {
        output.lineBaud = OptionalInt.of(115_200);
        open();
        output.reconnects.clear();
        session.closed(clock.monotonicNanos());
        open();
        assertThat(output.reconnects).isEmpty();
        assertThat(fake.heard).containsOnlyOnce(new ChafonCommand.SetBaud(0xFF, 5));
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aReaderThatKeepsItsRateIsReadAtThat() {
        output.lineBaud = OptionalInt.of(115_200);
        fake.instead.put(0x28, List.of(new Reply(0, 0x28, 0xFF, "")));
        open();
        assertThat(output.reconnects).isEmpty();
        assertThat(phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("setting 57600 baud: FF wrong parameter");
    }

    @Test
    void readsWithoutWhatTheReaderRefusesButSaysSo() {
        fake.instead.put(0x22, List.of(new Reply(0, 0x22, 0xFF, "")));
        fake.instead.put(0x92, List.of(new Reply(0, 0, 0xFE, "")));
        fake.instead.put(0x91, List.of(new Reply(0, 0, 0xFE, "")));
        open();
        assertThat(phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("setting region EU3: FF wrong parameter");
        pass(40_000);
        assertThat(asked().stream().filter("GetTemperature"::equals)).hasSize(1);
        assertThat(asked().stream().filter("MeasureReturnLoss"::equals)).hasSize(1);
    }

    @Test
    void whatSuchAReaderCannotDoIsTold() {
        fake.plain = true;
        session = session(List.of(1, 2), Optional.of(Config.Region.NA2));
        open();
        assertThat(output.lastPhase().detail()).contains("region NA2", "antennas [1, 2]");
        assertThat(asked()).contains("Inventory");
    }

    @Test
    void goesOnWithTheOthersWhereAnAntennaIsMissingAndTriesItAgain() {
        open();
        fake.endings.put(2, 0xF8);
        pass(200);
        assertThat(output.antennas).endsWith("2 DISCONNECTED");
        assertThat(phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("antenna 2 missing");
        fake.heard.clear();
        pass(5_000);
        assertThat(antennasRead().stream().filter(a -> a == 2).count()).isBetween(2L, 3L);
        assertThat(antennasRead().stream().filter(a -> a == 1).count()).isGreaterThan(50L);
        fake.endings.clear();
        pass(2_500);
        assertThat(output.antennas).endsWith("2 CONNECTED");
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.gaps).isEmpty();
    }

    @Test
    void anAntennaThatSendsAllBackIsToldAndReadAllTheSame() {
        open();
        fake.decibels = 1;
        pass(8_000);
        assertThat(output.antennas).contains("1 DISCONNECTED", "2 DISCONNECTED");
        fake.heard.clear();
        fake.chips.add(TAG);
        pass(200);
        assertThat(output.antennas).as("who reads is there").contains("1 DISCONNECTED", "1 CONNECTED");
        assertThat(antennasRead()).contains(1, 2);
    }

    @Test
    void withoutAnyAntennaItIsAskedNowAndThen() {
        fake.endings.put(1, 0xF8);
        fake.endings.put(2, 0xF8);
        open();
        fake.heard.clear();
        pass(10_000);
        assertThat(antennasRead()).hasSizeBetween(8, 12);
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void tellsThatTheReadersMemoryWasFull() {
        open();
        fake.chips.add(TAG);
        fake.endings.put(1, 4);
        pass(200);
        assertThat(output.reads).hasSize(1);
        assertThat(output.gaps).isNotEmpty();
        assertThat(output.gaps.getFirst().cause()).isEqualTo(Gap.Cause.READER_OVERFLOW);
    }

    @Test
    void tellsFaultsAndWhenTheyAreOver() {
        open();
        fake.instead.put(0x01, List.of(new Reply(0, 0x01, 0xF9, "")));
        fake.heard.clear();
        pass(2_000);
        assertThat(antennasRead()).as("not as fast as the line goes").hasSizeBetween(8, 12);
        assertThat(output.lastPhase().detail()).contains("F9 command failed");
        fake.instead.clear();
        pass(6_000);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aCommandThatWasDamagedOnItsWayIsAskedAgain() {
        open();
        fake.instead.put(0x01, List.of(new Reply(0, 0x00, 0xFE, "")));
        pass(100);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        fake.instead.clear();
        pass(100);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        fake.instead.put(0x01, List.of(new Reply(0, 0x00, 0xFE, "")));
        pass(500);
        assertThat(output.lastPhase().detail()).contains("FE unknown command");
    }

    @Test
    void usesTheShortFormWhereTheOtherIsNotUnderstood() {
        fake.instead.put(0x01, List.of(new Reply(0, 0x01, 0xFD, "")));
        open();
        fake.instead.clear();
        pass(500);
        assertThat(fake.heard).contains(new AntennaInventory(0xFF, 4, 0, false, 0, 1, 3));
    }

    @Test
    void anInventoryWithoutAnswerIsFollowedByAQuestion() {
        open();
        fake.busy = true;
        talk(5);
        fake.heard.clear();
        pass(550);
        assertThat(asked()).isEmpty();
        fake.busy = false;
        pass(200);
        assertThat(asked()).startsWith("GetInformation", "AntennaInventory");
        assertThat(output.gaps).extracting(RecordedOutput.Told::cause).containsExactly(Gap.Cause.BAD_FRAME);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void theAnswerLostInDamageIsToldOnceOnly() {
        open();
        fake.busy = true;
        talk(5);
        session.damaged(clock.monotonicNanos());
        fake.heard.clear();
        pass(600);
        assertThat(asked()).containsExactly("GetInformation");
        assertThat(output.gaps).as("the damage itself is told by others").isEmpty();
    }

    @Test
    void anAnswerInManyFramesMayTakeItsTime() {
        open();
        fake.busy = true;
        talk(5);
        int antenna = antennasRead().getLast();
        fake.heard.clear();
        for (int i = 0; i < 30; i++) {
            clock.advance(100 * MILLI);
            say(new Inventory(0, ChafonLayout.READER288, 3, 1 << (antenna - 1), List.of(TAG)));
            session.tick(clock.monotonicNanos());
        }
        assertThat(output.sent).isEmpty();
        assertThat(output.reads).hasSize(30);
    }

    @Test
    void aReaderThatHasForgottenItsSettingsIsSetAnew() {
        open();
        fake.busy = true;
        talk(5);
        fake.power = 5;
        fake.busy = false;
        pass(2_000);
        assertThat(output.gaps).extracting(RecordedOutput.Told::cause).contains(Gap.Cause.READER_RESTARTED);
        assertThat(fake.power).isEqualTo(27);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void recoversAReaderThatFellSilentAndThenAsksForANewLink() {
        open();
        fake.silent = true;
        pass(2_000);
        assertThat(output.phases).anySatisfy(phase -> assertThat(phase.phase()).isEqualTo(ReaderPhase.RECOVERING));
        fake.silent = false;
        pass(1_000);
        assertThat(phase()).isEqualTo(ReaderPhase.READING);
        fake.silent = true;
        pass(8_000);
        assertThat(output.reconnects).hasSize(1);
    }

    @Test
    void aFrameThatIsAtOddsIsToldAndTheInventoryGoesOn() {
        open();
        fake.instead.put(0x01, List.of(new Reply(0, 0x01, 0x03, "010100FF"), new Reply(0, 0x01, 0x01, "0101")));
        fake.heard.clear();
        talk(4);
        assertThat(output.gaps).extracting(RecordedOutput.Told::cause).contains(Gap.Cause.BAD_FRAME);
        assertThat(antennasRead()).hasSizeGreaterThan(1);
    }

    @Test
    void hearsTheInventoryThatIsOutBeforeItEnds() {
        open();
        fake.chips.add(TAG);
        session.stop(clock.monotonicNanos());
        assertThat(output.endings).isZero();
        talk(1);
        assertThat(output.reads).hasSize(1);
        assertThat(output.endings).isEqualTo(1);
        assertThat(output.sent).isEmpty();
    }

    @Test
    void endsAtOnceWhereNothingIsOut() {
        session.opened(clock.monotonicNanos());
        session.stop(clock.monotonicNanos());
        assertThat(output.endings).isEqualTo(1);
    }
}

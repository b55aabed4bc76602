package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpConfig;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec;
import org.matgate.protocol.llrp.LlrpTag;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

@Timeout(30)
class LlrpSessionTest {
    private static final long MILLI = 1_000_000L;
    private static final Chip CHIP = new Chip("300000000000000000001545");

    /** The reader's clock is ahead by an hour. */
    private static final long AHEAD_MICROS = 3_600_000_000L;

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final LlrpReaderFake reader = new LlrpReaderFake();
    private final Deque<LlrpMessage> coming = new ArrayDeque<>();
    private LlrpSession session = session(Optional.of(Config.Region.NA), 3_100);

    private LlrpSession session(Optional<Config.Region> region, int powerCentiDbm) {
        Config.Reader config = new Config.Reader(
                new Source("finish-1", "finish", Source.Line.MAIN),
                Config.Family.LLRP,
                new Config.Link.Tcp("192.0.2.1", 5084),
                List.of(1, 2),
                Optional.of(powerCentiDbm),
                region);
        return new LlrpSession(config, clock, output);
    }

    private void talk() {
        while (!output.sent.isEmpty() || !coming.isEmpty()) {
            while (!output.sent.isEmpty()) {
                coming.addAll(reader.answer(output.sent.removeFirst()));
            }
            if (!coming.isEmpty()) {
                clock.advance(MILLI);
                say(coming.remove());
            }
        }
    }

    private void say(LlrpMessage message) {
        session.message(message, new Arrival(clock.monotonicNanos(), clock.monotonicNanos()));
    }

    private long readerMicros() {
        return clock.monotonicNanos() / 1_000 + AHEAD_MICROS;
    }

    private void event(LlrpParameter event) {
        say(new LlrpMessage.ReaderEvent(
                7, new LlrpEvent.Data(List.of(new LlrpEvent.UtcTimestamp(readerMicros()), event))));
        talk();
    }

    private void open() {
        session.opened(clock.monotonicNanos());
        event(new LlrpEvent.ConnectionAttempt(LlrpEvent.ConnectionAttempt.SUCCESS));
    }

    /** What it has seen, told now or when it is released. */
    private void report(long... micros) {
        LlrpMessage report = reportOf(micros);
        if (reader.holds) {
            reader.held.add(report);
        } else {
            say(report);
        }
    }

    private static LlrpMessage reportOf(long... micros) {
        List<LlrpParameter> tags = new java.util.ArrayList<>();
        for (long seen : micros) {
            tags.add(new LlrpTag.TagReportData(List.of(
                    new LlrpTag.Epc96(CHIP),
                    new LlrpTag.Field(LlrpTag.Field.Kind.ANTENNA_ID, 2),
                    new LlrpTag.Field(LlrpTag.Field.Kind.FIRST_SEEN_UTC, seen))));
        }
        return new LlrpMessage.RoAccessReport(9, tags);
    }

    private static LlrpMessage reportWithoutATime() {
        return new LlrpMessage.RoAccessReport(
                9,
                List.of(new LlrpTag.TagReportData(
                        List.of(new LlrpTag.Epc96(CHIP), new LlrpTag.Field(LlrpTag.Field.Kind.ANTENNA_ID, 2)))));
    }

    /** Another client had it hold, and read by an order of its own. */
    private void heldByAnother() {
        reader.roSpecs.put(1L, new LlrpSpec.RoSpec(1, 0, LlrpSpec.RoSpec.ACTIVE, List.of()));
        reader.holds = true;
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += 50) {
            clock.advance(50 * MILLI);
            session.tick(clock.monotonicNanos());
            talk();
        }
    }

    private List<String> asked() {
        return reader.heard.stream().map(c -> c.getClass().getSimpleName()).toList();
    }

    private <C extends LlrpCommand> C asked(Class<C> kind) {
        return reader.heard.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bringsAReaderToReportEverySighting() {
        open();
        assertThat(asked())
                .containsExactly(
                        "GetReaderCapabilities",
                        "Custom",
                        "GetRoSpecs",
                        "EnableEventsAndReports",
                        "SetReaderConfig",
                        "SetReaderConfig",
                        "SetReaderConfig",
                        "SetReaderConfig",
                        "DeleteRoSpec",
                        "DeleteAccessSpec",
                        "AddRoSpec",
                        "EnableRoSpec",
                        "GetReaderConfig",
                        "GetReaderConfig");
        assertThat(asked(LlrpCommand.SetReaderConfig.class).resetToFactory()).isTrue();
        LlrpSpec.RoSpec spec = asked(LlrpCommand.AddRoSpec.class).roSpec();
        assertThat(spec.first(LlrpSpec.AiSpec.class).orElseThrow().antennas()).containsExactly(1, 2);
        assertThat(spec.first(LlrpConfig.RoReportSpec.class).orElseThrow().n())
                .as("each sighting is a report")
                .isEqualTo(1);
        assertThat(spec.first(LlrpConfig.RfTransmitter.class).orElseThrow().powerIndex())
                .as("30 dBm, as 32.5 are more than the configured 31")
                .isEqualTo(81);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.lastPhase().detail()).contains("Impinj");
        assertThat(output.antennas).startsWith("1 CONNECTED", "2 DISCONNECTED");
        assertThat(output.vitals).contains(new Vital.Temperature(41), new Vital.Identity("Impinj 2001002", "5.12.0"));
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void aReaderThatReadsForUsIsAskedForWhatItKeptAndNotDisturbed() {
        open();
        session.closed(clock.monotonicNanos());
        reader.heard.clear();
        clock.advance(60_000 * MILLI);
        open();
        assertThat(asked())
                .containsExactly(
                        "GetReaderCapabilities",
                        "Custom",
                        "GetRoSpecs",
                        "EnableEventsAndReports",
                        "GetReaderConfig",
                        "GetReaderConfig");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    @Test
    void aLookTakesNothingOfWhatItKeepsForTheService() {
        open();
        session.closed(clock.monotonicNanos());
        reader.heard.clear();
        output.looksOnly = true;
        session = session(Optional.empty(), 1_000);
        open();
        assertThat(asked())
                .doesNotContain("EnableEventsAndReports", "SetReaderConfig", "DeleteRoSpec", "AddRoSpec")
                .contains("GetReaderConfig");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("for the service");
    }

    @Test
    void aReaderThatAnotherClientHadHoldIsReleased() {
        heldByAnother();
        open();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        report(readerMicros());
        assertThat(output.reads).hasSize(1);
        assertThat(asked())
                .as("what is held is told before the order that made it is ended")
                .containsSubsequence("EnableEventsAndReports", "DeleteRoSpec", "EnableRoSpec");
    }

    @Test
    void aLookAtAReaderThatKeepsNothingForTheServiceSeesChips() {
        heldByAnother();
        output.looksOnly = true;
        open();
        report(readerMicros());
        assertThat(output.reads).hasSize(1);
    }

    @Test
    void whatAnotherClientsOrderLeftIsReadIfItTellsWhenItWas() {
        heldByAnother();
        reader.held.add(reportWithoutATime());
        reader.held.add(reportOf(readerMicros() - 50_000_000));
        open();
        assertThat(output.reads).hasSize(1);
        RecordedOutput.Read read = output.reads.getFirst();
        long truth = 1_000 * (read.report().time().micros() - AHEAD_MICROS);
        assertThat(Math.abs(read.momentNanos() - truth)).isLessThanOrEqualTo(read.uncertaintyNanos());
        say(reportWithoutATime());
        assertThat(output.reads).as("what was held is over").hasSize(2);
    }

    @Test
    void aReaderThatNeverTellsWhenIsReadAllTheSame() {
        heldByAnother();
        open();
        say(reportWithoutATime());
        assertThat(output.reads).isEmpty();
        pass(5_000);
        say(reportWithoutATime());
        assertThat(output.reads).hasSize(1);
    }

    @Test
    void anotherConfigurationTakesWhatWasKeptAndThenBeginsAnew() {
        open();
        session.closed(clock.monotonicNanos());
        reader.heard.clear();
        session = session(Optional.empty(), 1_000);
        open();
        assertThat(asked())
                .containsSubsequence("EnableEventsAndReports", "SetReaderConfig", "DeleteRoSpec", "AddRoSpec");
        assertThat(reader.roSpecs).hasSize(1);
    }

    @Test
    void whatWasKeptHasItsOwnTimeAndTheReadersClockStaysKnown() {
        open();
        session.closed(clock.monotonicNanos());
        clock.advance(60_000 * MILLI);
        open();
        long now = readerMicros();
        for (int i = 0; i < 100; i++) {
            clock.advance(MILLI);
            report(now - 50_000_000 + i * 300_000L);
        }
        clock.advance(MILLI);
        report(readerMicros(), readerMicros());
        for (RecordedOutput.Read read : output.reads) {
            long truth = 1_000 * (read.report().time().micros() - AHEAD_MICROS);
            assertThat(Math.abs(read.momentNanos() - truth)).isLessThanOrEqualTo(read.uncertaintyNanos());
            assertThat(Math.abs(read.momentNanos() - truth)).isLessThan(10 * MILLI);
        }
        assertThat(output.reads).hasSize(102);
    }

    @Test
    void aClockThatIsSetBackIsFollowed() {
        open();
        for (int i = 0; i < 20; i++) {
            clock.advance(500 * MILLI);
            report(readerMicros());
        }
        long back = 5_000_000;
        for (int i = 0; i < 20; i++) {
            clock.advance(500 * MILLI);
            report(readerMicros() - back);
        }
        RecordedOutput.Read last = output.reads.getLast();
        long truth = 1_000 * (last.report().time().micros() + back - AHEAD_MICROS);
        assertThat(Math.abs(last.momentNanos() - truth)).isLessThan(10 * MILLI);
    }

    @Test
    void aReaderThatAnotherClientHoldsIsTriedAgainLater() {
        session.opened(clock.monotonicNanos());
        event(new LlrpEvent.ConnectionAttempt(LlrpEvent.ConnectionAttempt.FAILED_CLIENT_INITIATED_EXISTS));
        assertThat(output.reconnects).singleElement().asString().contains("another client");
        assertThat(reader.heard).isEmpty();
    }

    @Test
    void whatIsNoLlrpReaderIsGivenUp() {
        session.opened(clock.monotonicNanos());
        pass(11_000);
        assertThat(output.reconnects).singleElement().asString().contains("greeting");
    }

    @Test
    void signsOfLifeAreAnsweredAndMissed() {
        open();
        for (int i = 0; i < 60; i++) {
            pass(2_000);
            say(new LlrpMessage.Keepalive(100 + i));
            talk();
        }
        assertThat(reader.heard).contains(new LlrpCommand.KeepaliveAck(159));
        assertThat(output.reconnects).isEmpty();
        reader.silent = true;
        pass(8_000);
        assertThat(output.reconnects).containsExactly("no sign of life for 7 s");
    }

    @Test
    void aReaderWithoutSignsOfLifeOfItsOwnIsAskedForOne() {
        open();
        pass(60_000);
        assertThat(output.reconnects).isEmpty();
        reader.silent = true;
        pass(8_000);
        assertThat(output.reconnects).containsExactly("no sign of life for 7 s");
    }

    @Test
    void aReaderThatStopsAsSoonAsItHasBegunIsGivenARest() {
        open();
        for (int i = 0; i < 4; i++) {
            assertThat(output.reconnects).isEmpty();
            event(new LlrpEvent.RoSpec(LlrpEvent.RoSpec.ENDED, 1, 0));
        }
        assertThat(output.reconnects).containsExactly("it stops as soon as it has begun to read");
    }

    @Test
    void whatItKeptAndTellsBehindARefusalIsRead() {
        reader.refused.add(LlrpCommand.AddRoSpec.class);
        open();
        assertThat(output.reconnects).hasSize(1);
        report(readerMicros());
        assertThat(output.reads).hasSize(1);
    }

    @Test
    void aReaderThatRefusesThePowerReadsAllTheSame() {
        reader.refused.add(LlrpCommand.AddRoSpec.class);
        session.opened(clock.monotonicNanos());
        event(new LlrpEvent.ConnectionAttempt(LlrpEvent.ConnectionAttempt.SUCCESS));
        assertThat(output.reconnects).as("the plain one is refused, too").hasSize(1);
        output.reconnects.clear();
        reader.refused.clear();
        reader.refused.add(LlrpCommand.Custom.class);
        open();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("Impinj's extensions").contains("not with me");
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void eventsOfTheReaderAreTold() {
        open();
        event(new LlrpEvent.Antenna(LlrpEvent.Antenna.CONNECTED, 2));
        event(new LlrpEvent.Antenna(LlrpEvent.Antenna.DISCONNECTED, 4));
        assertThat(output.antennas).as("of those in use").endsWith("2 CONNECTED");
        event(new LlrpEvent.BufferLevel(80));
        assertThat(output.vitals).contains(new Vital.BufferLevel(80));
        event(new LlrpEvent.BufferOverflow());
        assertThat(output.gaps).extracting(RecordedOutput.Told::cause).containsExactly(Gap.Cause.READER_OVERFLOW);
        event(new LlrpEvent.ReaderException("too hot", List.of()));
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        pass(5_500);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        reader.heard.clear();
        event(new LlrpEvent.RoSpec(LlrpEvent.RoSpec.ENDED, 1, 0));
        assertThat(asked()).startsWith("GetReaderCapabilities");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        event(new LlrpEvent.ConnectionClose());
        assertThat(output.reconnects).hasSize(1);
    }

    @Test
    void aZebraReaderIsPurgedAndNotToldOfImpinj() {
        reader.vendor = LlrpVendor.ZEBRA;
        open();
        assertThat(asked()).doesNotContain("Custom");
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        event(new LlrpEvent.BufferLevel(90));
        assertThat(asked(LlrpCommand.Custom.class))
                .isEqualTo(LlrpCommand.Custom.zebraPurgeTags(
                        asked(LlrpCommand.Custom.class).id()));
    }

    @Test
    void theRegionThatItCannotSetIsCompared() {
        session = session(Optional.of(Config.Region.EU3), 3_000);
        open();
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("region is not EU3");
    }

    @Test
    void saysGoodbyeAndLetsItReadOn() {
        open();
        reader.heard.clear();
        session.stop(clock.monotonicNanos());
        talk();
        assertThat(asked()).containsExactly("CloseConnection");
        assertThat(output.endings).isEqualTo(1);
    }
}

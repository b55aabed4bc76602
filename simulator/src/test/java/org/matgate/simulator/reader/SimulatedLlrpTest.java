package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.reader.LlrpBench.*;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.matgate.protocol.llrp.LlrpCapability;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommand.*;
import org.matgate.protocol.llrp.LlrpConfig.*;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpEvent.ConnectionAttempt;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpMessage.Reply;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpSpec.*;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpStatus.FieldError;
import org.matgate.protocol.llrp.LlrpVendor.Impinj;
import org.matgate.protocol.llrp.LlrpVendor.ImpinjLinkMonitor;
import org.matgate.simulator.reader.LlrpOptions.Vendor;
import org.matgate.simulator.reader.ReaderModel.Seen;

@Timeout(30)
class SimulatedLlrpTest {
    private final LlrpBench client = new LlrpBench(LlrpOptions.DEFAULT.withClockOffsetNanos(3_600_000_000_000L));

    private static LlrpParameter utc(long millis) {
        return new LlrpEvent.UtcTimestamp(UTC / 1000 + 3_600_000_000L + 1000 * millis);
    }

    @Test
    void greetsWhoeverConnectsWithItsTime() {
        ConnectionAttempt success = new ConnectionAttempt(ConnectionAttempt.SUCCESS);
        assertThat(client.connect(1500))
                .containsExactly(new LlrpMessage.ReaderEvent(1, new LlrpEvent.Data(List.of(utc(1500), success))));
        client.reader.turnedAway();
        assertThat(events(client.said())).containsExactly(new ConnectionAttempt(ConnectionAttempt.ANOTHER_ATTEMPTED));
        client.disconnect(1600);
        client.reader.turnedAway();
        assertThat(client.said()).isEmpty();
        assertThat(events(client.connect(1700))).containsExactly(success);
    }

    @ParameterizedTest
    @EnumSource(LlrpOptions.Region.class)
    void tellsWhatItCanAltogetherOrPartByPart(LlrpOptions.Region region) {
        LlrpBench reader = new LlrpBench(LlrpOptions.DEFAULT.withRegion(region).withAntennas(2));
        reader.connect(0);
        Reply all = reader.ask(id -> new GetReaderCapabilities(id, GetReaderCapabilities.EVERYTHING, List.of()));
        List<LlrpParameter> parts = new ArrayList<>();
        for (int part = GetReaderCapabilities.GENERAL_DEVICE; part <= GetReaderCapabilities.AIR_PROTOCOL; part++) {
            int requested = part;
            parts.addAll(reader.ask(id -> new GetReaderCapabilities(id, requested, List.of()))
                    .parameters());
        }
        assertThat(all.parameters()).isEqualTo(parts);
        LlrpCapability.GeneralDevice device =
                all.first(LlrpCapability.GeneralDevice.class).orElseThrow();
        assertThat(device.maxAntennas()).isEqualTo(2);
        assertThat(device.hasUtcClock()).isTrue();
        assertThat(all.first(LlrpCapability.Llrp.class).orElseThrow().supportsHolding())
                .isTrue();
        List<LlrpCapability.TransmitPower> powers = all.all(LlrpCapability.TransmitPower.class);
        assertThat(powers).hasSize(91);
        assertThat(powers.getFirst()).isEqualTo(new LlrpCapability.TransmitPower(1, 1000));
        assertThat(powers.getLast()).isEqualTo(new LlrpCapability.TransmitPower(91, 3250));
        assertThat(all.all(LlrpCapability.RfMode.class)).isNotEmpty();
        boolean hops = region == LlrpOptions.Region.FCC;
        assertThat(all.first(LlrpCapability.HopTable.class).isPresent()).isEqualTo(hops);
        assertThat(all.first(LlrpCapability.FixedFrequencies.class).isPresent()).isNotEqualTo(hops);
        assertThat(reader.ask(id -> new GetReaderCapabilities(id, 5, List.of())).status())
                .isEqualTo(fieldError(0, LlrpStatus.OUT_OF_RANGE, "no such capabilities"));
    }

    private static LlrpStatus fieldError(int field, int code, String why) {
        return new LlrpStatus(LlrpStatus.FIELD_ERROR, why, List.of(new FieldError(field, code)));
    }

    @Test
    void anRoSpecFromBeingAddedToBeingDeleted() {
        client.connect(0);
        client.subscribe(EventNotificationState.ROSPEC);
        RoSpec spec = roSpec(7, StartTrigger.NULL, List.of(1, 2));
        client.done(id -> new AddRoSpec(id, spec));
        assertThat(states()).containsExactly(RoSpec.DISABLED);
        refused(id -> new StartRoSpec(id, 7));
        client.done(id -> new EnableRoSpec(id, 7));
        assertThat(states()).containsExactly(RoSpec.INACTIVE);
        assertThat(client.sees(1, 1)).isEqualTo(Seen.IGNORED);
        refused(id -> new StopRoSpec(id, 7));
        List<LlrpMessage> started = client.tell(id -> new StartRoSpec(id, 7));
        assertThat(events(started)).containsExactly(new LlrpEvent.RoSpec(LlrpEvent.RoSpec.STARTED, 7, 0));
        assertThat(started.getLast()).isInstanceOf(Reply.class);
        refused(id -> new StartRoSpec(id, 7));
        assertThat(states()).containsExactly(RoSpec.ACTIVE);
        assertThat(client.sees(2, 1)).isEqualTo(Seen.TAKEN);
        assertThat(client.sees(3, 3)).isEqualTo(Seen.IGNORED);
        List<LlrpMessage> stopped = client.tell(id -> new StopRoSpec(id, 7));
        assertThat(stopped.getFirst())
                .as("what was seen goes out first")
                .isInstanceOf(LlrpMessage.RoAccessReport.class);
        assertThat(events(stopped)).containsExactly(new LlrpEvent.RoSpec(LlrpEvent.RoSpec.ENDED, 7, 0));
        client.tell(id -> new StartRoSpec(id, 7));
        assertThat(events(client.tell(id -> new DisableRoSpec(id, 7)))).hasSize(1);
        assertThat(states()).containsExactly(RoSpec.DISABLED);
        client.done(id -> new DeleteRoSpec(id, 7));
        assertThat(states()).isEmpty();
        client.done(id -> new DeleteRoSpec(id, LlrpCommand.ALL));
        client.done(id -> new DisableRoSpec(id, LlrpCommand.ALL));
    }

    private List<Integer> states() {
        return client.ask(GetRoSpecs::new).all(RoSpec.class).stream()
                .map(RoSpec::state)
                .toList();
    }

    private void refused(java.util.function.LongFunction<LlrpCommand> command) {
        assertThat(client.ask(command).status().code()).isEqualTo(LlrpStatus.FIELD_ERROR);
    }

    @Test
    void anImmediateTriggerNeedsNoStartAndReadingGoesOnWithNobodyThere() {
        client.connect(0);
        client.read(every());
        client.disconnect(10);
        assertThat(client.reader.reading()).isTrue();
        assertThat(client.sees(20, 4)).isEqualTo(Seen.TAKEN);
    }

    @Test
    void durationsEndSearchesAndTheWhole() {
        client.connect(0);
        client.subscribe(EventNotificationState.ROSPEC, EventNotificationState.AISPEC);
        AiStopTrigger second = new AiStopTrigger(AiStopTrigger.DURATION, 1000, List.of());
        client.done(id -> new AddRoSpec(
                id,
                roSpec(
                        1,
                        StartTrigger.IMMEDIATE,
                        new StopTrigger(StopTrigger.DURATION, 1500, List.of()),
                        List.of(search(List.of(1), second), search(List.of(2), second)))));
        client.tell(id -> new EnableRoSpec(id, 1));
        assertThat(client.sees(500, 2)).isEqualTo(Seen.IGNORED);
        assertThat(events(client.until(1001))).containsExactly(new LlrpEvent.AiSpec(0, 1, 1, List.of()));
        assertThat(client.sees(1100, 2)).isEqualTo(Seen.TAKEN);
        assertThat(events(client.until(1500))).containsExactly(new LlrpEvent.RoSpec(LlrpEvent.RoSpec.ENDED, 1, 0));
        assertThat(client.sees(1600, 2)).isEqualTo(Seen.IGNORED);
    }

    @Test
    void keepalivesComeByTheirPeriodAndTheLinkMonitorLetsGo() {
        client.connect(0);
        client.enableExtensions();
        client.set(KeepaliveSpec.every(1000), new ImpinjLinkMonitor(Impinj.ON, 2));
        assertThat(client.until(999)).isEmpty();
        assertThat(client.until(1000)).containsExactly(new LlrpMessage.Keepalive(2));
        assertThat(client.until(2000)).hasSize(1);
        assertThat(client.tell(KeepaliveAck::new)).isEmpty();
        assertThat(client.until(3000)).hasSize(1);
        assertThat(client.until(4000)).hasSize(1);
        client.reader.advance(at(5000));
        assertThat(client.bench.outbox.poll().orElseThrow().kind()).isEqualTo(Outgoing.Kind.HANG_UP);
        assertThat(client.tell(GetRoSpecs::new)).as("it is leaving").isEmpty();
        client.disconnect(5001);
        assertThat(client.until(60_000)).isEmpty();
    }

    @Test
    void settingsAreToldAsTheyWereSetAndAsTheyLeftTheFactory() {
        client.connect(0);
        client.enableExtensions();
        Reply factory = client.ask(id -> GetReaderConfig.of(id, GetReaderConfig.EVERYTHING));
        client.set(
                KeepaliveSpec.every(700),
                new EventsAndReports(true),
                new GpoWriteData(2, true),
                new Impinj(Impinj.Kind.REPORT_BUFFER_MODE, Impinj.ON),
                new AntennaConfiguration(2, List.of(new RfTransmitter(1, 0, 33))),
                new ReaderEventNotificationSpec(List.of(new EventNotificationState(8, true))));
        Reply set = client.ask(
                id -> GetReaderConfig.of(id, GetReaderConfig.EVERYTHING, new Impinj(Impinj.Kind.REQUESTED_DATA, 2000)));
        assertThat(set.parameters())
                .contains(
                        KeepaliveSpec.every(700),
                        new EventsAndReports(true),
                        new GpoWriteData(2, true),
                        new Impinj(Impinj.Kind.REPORT_BUFFER_MODE, Impinj.ON),
                        new AntennaConfiguration(2, List.of(new RfTransmitter(1, 0, 33))));
        assertThat(set.all(EventNotificationState.class)).contains(new EventNotificationState(8, true));
        assertThat(set.first(StateValue.class)).isNotEqualTo(factory.first(StateValue.class));
        client.done(id -> new SetReaderConfig(id, true, List.of()));
        Reply reset = client.ask(id -> GetReaderConfig.of(id, GetReaderConfig.EVERYTHING));
        assertThat(reset.parameters().stream().filter(part -> !(part instanceof StateValue)))
                .containsExactlyElementsOf(factory.parameters().stream()
                        .filter(part -> !(part instanceof StateValue))
                        .toList());
        assertThat(client.ask(id -> new GetReaderConfig(id, 3, GetReaderConfig.ANTENNA_PROPERTIES, 0, 0, List.of()))
                        .parameters())
                .containsExactly(new AntennaProperties(true, 3, 0));
        refused(id -> new GetReaderConfig(id, 5, GetReaderConfig.ANTENNA_PROPERTIES, 0, 0, List.of()));
        refused(id -> GetReaderConfig.of(id, 12));
    }

    @Test
    void tellsItsTemperatureAndAntennas() {
        client.connect(0);
        client.enableExtensions();
        client.subscribe(EventNotificationState.ANTENNA, EventNotificationState.READER_EXCEPTION);
        client.read(every());
        Impinj asked = new Impinj(Impinj.Kind.REQUESTED_DATA, 2004);
        assertThat(client.ask(id -> GetReaderConfig.of(id, GetReaderConfig.KEEPALIVE_SPEC, asked))
                        .parameters())
                .contains(new Impinj(Impinj.Kind.TEMPERATURE, 38));
        client.reader.tooHot(true, at(10));
        assertThat(events(client.said())).singleElement().isInstanceOf(LlrpEvent.ReaderException.class);
        assertThat(client.sees(11, 1)).isEqualTo(Seen.IGNORED);
        assertThat(client.ask(id -> GetReaderConfig.of(id, GetReaderConfig.KEEPALIVE_SPEC, asked))
                        .parameters())
                .contains(new Impinj(Impinj.Kind.TEMPERATURE, 86));
        client.reader.tooHot(false, at(12));
        assertThat(client.sees(13, 1)).isEqualTo(Seen.TAKEN);
        client.until(100);
        client.reader.antennaCut(2, true, at(110));
        assertThat(events(client.said())).containsExactly(new LlrpEvent.Antenna(LlrpEvent.Antenna.DISCONNECTED, 2));
        assertThat(client.sees(111, 2)).isEqualTo(Seen.IGNORED);
        assertThat(client.ask(id -> GetReaderConfig.of(id, GetReaderConfig.ANTENNA_PROPERTIES))
                        .parameters())
                .contains(new AntennaProperties(false, 2, 0), new AntennaProperties(true, 1, 0));
        client.reader.antennaCut(2, false, at(120));
        assertThat(events(client.said())).containsExactly(new LlrpEvent.Antenna(LlrpEvent.Antenna.CONNECTED, 2));
    }

    @Test
    void withoutBeingAskedItTellsOfNothingThatHappens() {
        client.connect(0);
        client.read(every());
        client.reader.antennaCut(2, true, at(10));
        client.reader.tooHot(true, at(20));
        client.done(id -> new DeleteRoSpec(id, LlrpCommand.ALL));
        assertThat(client.until(10_000)).isEmpty();
    }

    @Test
    void aReaderThatWasOffKnowsNothingAndEndsItsConnections() {
        LlrpBench uptime = new LlrpBench(LlrpOptions.DEFAULT.withUtcClock(false));
        uptime.connect(5000);
        uptime.holdReports();
        uptime.read(every());
        uptime.bench.outbox.clear();
        uptime.reader.poweredOn(at(60_000));
        assertThat(uptime.bench.outbox.poll().orElseThrow().kind()).isEqualTo(Outgoing.Kind.HANG_UP);
        uptime.disconnect(60_001);
        assertThat(uptime.reader.reading()).isFalse();
        assertThat(uptime.connect(62_000).getFirst())
                .isEqualTo(new LlrpMessage.ReaderEvent(
                        1,
                        new LlrpEvent.Data(List.of(
                                new LlrpEvent.Uptime(2_000_000), new ConnectionAttempt(ConnectionAttempt.SUCCESS)))));
        assertThat(uptime.ask(GetRoSpecs::new).parameters()).isEmpty();
        assertThat(uptime.ask(id -> GetReaderConfig.of(id, GetReaderConfig.EVENTS_AND_REPORTS))
                        .parameters())
                .containsExactly(new EventsAndReports(false));
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void extensionsAreTheVendorsOwn(Vendor vendor) {
        LlrpBench reader = new LlrpBench(LlrpOptions.DEFAULT.withVendor(vendor));
        reader.connect(0);
        LlrpMessage enabled =
                reader.tell(LlrpCommand.Custom::impinjEnableExtensions).getFirst();
        assertThat(enabled instanceof LlrpMessage.VendorReply).isEqualTo(vendor == Vendor.IMPINJ);
        LlrpMessage purged = reader.tell(LlrpCommand.Custom::zebraPurgeTags).getFirst();
        assertThat(purged instanceof LlrpMessage.VendorReply).isEqualTo(vendor == Vendor.ZEBRA);
        LlrpParameter buffer = new Impinj(Impinj.Kind.REPORT_BUFFER_MODE, Impinj.ON);
        LlrpStatus status = reader.ask(id -> new SetReaderConfig(id, false, List.of(buffer)))
                .status();
        assertThat(status.ok()).isEqualTo(vendor == Vendor.IMPINJ);
        reader.disconnect(1);
        reader.connect(2);
        assertThat(reader.ask(id -> new SetReaderConfig(id, false, List.of(buffer)))
                        .status()
                        .code())
                .as("each host enables them for itself")
                .isEqualTo(LlrpStatus.PARAMETER_ERROR);
    }
}

package org.matgate.protocol.llrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.llrp.ltk.generated.LLRPMessageFactory;
import org.llrp.ltk.generated.enumerations.AISpecStopTriggerType;
import org.llrp.ltk.generated.enumerations.AirProtocols;
import org.llrp.ltk.generated.enumerations.ROSpecStartTriggerType;
import org.llrp.ltk.generated.enumerations.ROSpecState;
import org.llrp.ltk.generated.enumerations.ROSpecStopTriggerType;
import org.llrp.ltk.generated.messages.ADD_ROSPEC;
import org.llrp.ltk.generated.messages.READER_EVENT_NOTIFICATION;
import org.llrp.ltk.generated.messages.RO_ACCESS_REPORT;
import org.llrp.ltk.generated.messages.SET_READER_CONFIG;
import org.llrp.ltk.generated.parameters.AISpec;
import org.llrp.ltk.generated.parameters.AISpecStopTrigger;
import org.llrp.ltk.generated.parameters.InventoryParameterSpec;
import org.llrp.ltk.generated.parameters.ROBoundarySpec;
import org.llrp.ltk.generated.parameters.ROSpec;
import org.llrp.ltk.generated.parameters.ROSpecStartTrigger;
import org.llrp.ltk.generated.parameters.ROSpecStopTrigger;
import org.llrp.ltk.generated.parameters.TagReportData;
import org.llrp.ltk.types.LLRPMessage;
import org.llrp.ltk.types.UnsignedByte;
import org.llrp.ltk.types.UnsignedInteger;
import org.llrp.ltk.types.UnsignedShort;
import org.llrp.ltk.types.UnsignedShortArray;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.llrp.LlrpTag.Field.Kind;
import org.matgate.protocol.reader.Heard;

/** The LLRP toolkit for Java, an implementation that is not ours, reads what we write, and the other way round. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherImplementationTest {
    private static final int ROUNDS = 1_000;

    private final long seed = Seeds.seed(OtherImplementationTest.class);
    private Random random = new Random(seed);

    @BeforeEach
    void beginWithTheSeed() {
        random = new Random(seed);
    }

    @Test
    void itReadsEveryMessageAndWritesItAsItWas() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LlrpMessage message = Randoms.message(random);
            byte[] frame = message.encode();
            LLRPMessage theirs = LLRPMessageFactory.createLLRPMessage(frame);
            assertThat(theirs.encodeBinary()).as("seed %d: %s", seed, message).isEqualTo(frame);
            assertThat(theirs.getMessageID().toLong()).isEqualTo(message.id());
        }
    }

    @Test
    void itReadsEveryCommandAndWritesItAsItWas() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            LlrpCommand command = Randoms.command(random);
            byte[] frame = command.encode();
            assertThat(LLRPMessageFactory.createLLRPMessage(frame).encodeBinary())
                    .as("seed %d: %s", seed, command)
                    .isEqualTo(frame);
        }
    }

    @Test
    void itReadsTheFieldsOfASightingAsTheyWereMeant() throws Exception {
        LlrpMessage ours = new LlrpMessage.RoAccessReport(
                77,
                List.of(new LlrpTag.TagReportData(List.of(
                        new LlrpTag.EpcData(20, "ABCDE0"),
                        new LlrpTag.Field(Kind.ROSPEC_ID, 4_000_000_000L),
                        new LlrpTag.Field(Kind.SPEC_INDEX, 2),
                        new LlrpTag.Field(Kind.INVENTORY_PARAMETER_SPEC_ID, 3),
                        new LlrpTag.Field(Kind.ANTENNA_ID, 4),
                        new LlrpTag.Field(Kind.PEAK_RSSI, -71),
                        new LlrpTag.Field(Kind.CHANNEL_INDEX, 9),
                        new LlrpTag.Field(Kind.FIRST_SEEN_UTC, 1_700_000_000_123_456L),
                        new LlrpTag.Field(Kind.FIRST_SEEN_UPTIME, 11),
                        new LlrpTag.Field(Kind.LAST_SEEN_UTC, 1_700_000_000_123_999L),
                        new LlrpTag.Field(Kind.LAST_SEEN_UPTIME, 13),
                        new LlrpTag.Field(Kind.SEEN_COUNT, 5),
                        new LlrpTag.Field(Kind.ACCESS_SPEC_ID, 6)))));
        TagReportData theirs = ((RO_ACCESS_REPORT) LLRPMessageFactory.createLLRPMessage(ours.encode()))
                .getTagReportDataList()
                .getFirst();
        assertThat(theirs.getROSpecID().getROSpecID().toLong()).isEqualTo(4_000_000_000L);
        assertThat(theirs.getSpecIndex().getSpecIndex().intValue()).isEqualTo(2);
        assertThat(theirs.getInventoryParameterSpecID()
                        .getInventoryParameterSpecID()
                        .intValue())
                .isEqualTo(3);
        assertThat(theirs.getAntennaID().getAntennaID().intValue()).isEqualTo(4);
        assertThat(theirs.getPeakRSSI().getPeakRSSI().intValue()).isEqualTo(-71);
        assertThat(theirs.getChannelIndex().getChannelIndex().intValue()).isEqualTo(9);
        assertThat(theirs.getFirstSeenTimestampUTC().getMicroseconds().toLong()).isEqualTo(1_700_000_000_123_456L);
        assertThat(theirs.getFirstSeenTimestampUptime().getMicroseconds().toLong())
                .isEqualTo(11);
        assertThat(theirs.getLastSeenTimestampUTC().getMicroseconds().toLong()).isEqualTo(1_700_000_000_123_999L);
        assertThat(theirs.getLastSeenTimestampUptime().getMicroseconds().toLong())
                .isEqualTo(13);
        assertThat(theirs.getTagSeenCount().getTagCount().intValue()).isEqualTo(5);
        assertThat(theirs.getAccessSpecID().getAccessSpecID().intValue()).isEqualTo(6);
    }

    @Test
    void itReadsEventsAndSettingsAsTheyWereMeant() throws Exception {
        LlrpMessage attempt = new LlrpMessage.ReaderEvent(
                1,
                new LlrpEvent.Data(
                        List.of(new LlrpEvent.UtcTimestamp(1_700_000_000_000_000L), new LlrpEvent.Antenna(1, 3))));
        READER_EVENT_NOTIFICATION event =
                (READER_EVENT_NOTIFICATION) LLRPMessageFactory.createLLRPMessage(attempt.encode());
        assertThat(event.getReaderEventNotificationData()
                        .getAntennaEvent()
                        .getAntennaID()
                        .intValue())
                .isEqualTo(3);
        LlrpCommand set = new LlrpCommand.SetReaderConfig(
                2, true, List.of(LlrpConfig.KeepaliveSpec.every(1500), new LlrpConfig.EventsAndReports(true)));
        SET_READER_CONFIG config = (SET_READER_CONFIG) LLRPMessageFactory.createLLRPMessage(set.encode());
        assertThat(config.getResetToFactoryDefault().toBoolean()).isTrue();
        assertThat(config.getKeepaliveSpec().getPeriodicTriggerValue().intValue())
                .isEqualTo(1500);
        assertThat(config.getEventsAndReports()
                        .getHoldEventsAndReportsUponReconnect()
                        .toBoolean())
                .isTrue();
    }

    @Test
    void weReadTheRoSpecThatItWrites() throws Exception {
        assertThat(command(theirRoSpec().encodeBinary()))
                .isEqualTo(new LlrpCommand.AddRoSpec(
                        99,
                        new LlrpSpec.RoSpec(
                                123,
                                1,
                                LlrpSpec.RoSpec.DISABLED,
                                List.of(
                                        new LlrpSpec.Boundary(List.of(
                                                new LlrpSpec.StartTrigger(LlrpSpec.StartTrigger.IMMEDIATE, List.of()),
                                                new LlrpSpec.StopTrigger(
                                                        LlrpSpec.StopTrigger.DURATION, 5000, List.of()))),
                                        new LlrpSpec.AiSpec(
                                                List.of(1, 2),
                                                List.of(
                                                        new LlrpSpec.AiStopTrigger(
                                                                LlrpSpec.AiStopTrigger.NULL, 0, List.of()),
                                                        new LlrpSpec.InventoryParameterSpec(
                                                                9,
                                                                LlrpSpec.InventoryParameterSpec.C1G2,
                                                                List.of())))))));
    }

    private static ADD_ROSPEC theirRoSpec() {
        ROSpecStartTrigger start = new ROSpecStartTrigger();
        start.setROSpecStartTriggerType(new ROSpecStartTriggerType(ROSpecStartTriggerType.Immediate));
        ROSpecStopTrigger stop = new ROSpecStopTrigger();
        stop.setROSpecStopTriggerType(new ROSpecStopTriggerType(ROSpecStopTriggerType.Duration));
        stop.setDurationTriggerValue(new UnsignedInteger(5000));
        ROBoundarySpec boundary = new ROBoundarySpec();
        boundary.setROSpecStartTrigger(start);
        boundary.setROSpecStopTrigger(stop);
        InventoryParameterSpec inventory = new InventoryParameterSpec();
        inventory.setInventoryParameterSpecID(new UnsignedShort(9));
        inventory.setProtocolID(new AirProtocols(AirProtocols.EPCGlobalClass1Gen2));
        AISpecStopTrigger aiStop = new AISpecStopTrigger();
        aiStop.setAISpecStopTriggerType(new AISpecStopTriggerType(AISpecStopTriggerType.Null));
        aiStop.setDurationTrigger(new UnsignedInteger(0));
        AISpec ai = new AISpec();
        ai.setAntennaIDs(new UnsignedShortArray(new short[] {1, 2}));
        ai.setAISpecStopTrigger(aiStop);
        ai.addToInventoryParameterSpecList(inventory);
        ROSpec spec = new ROSpec();
        spec.setROSpecID(new UnsignedInteger(123));
        spec.setPriority(new UnsignedByte(1));
        spec.setCurrentState(new ROSpecState(ROSpecState.Disabled));
        spec.setROBoundarySpec(boundary);
        spec.addToSpecParameterList(ai);
        ADD_ROSPEC add = new ADD_ROSPEC();
        add.setMessageID(new UnsignedInteger(99));
        add.setROSpec(spec);
        return add;
    }

    private static LlrpCommand command(byte[] frame) {
        Heard<LlrpCommand> heard = new Heard<>();
        LlrpCommandParser parser = new LlrpCommandParser();
        parser.parse(frame, 0, frame.length, heard);
        assertThat(heard.items()).hasSize(1);
        return heard.messages().getFirst();
    }
}

package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.llrp.ltk.generated.enumerations.*;
import org.llrp.ltk.generated.messages.*;
import org.llrp.ltk.generated.parameters.*;
import org.llrp.ltk.net.LLRPConnectionAttemptFailedException;
import org.llrp.ltk.net.LLRPConnector;
import org.llrp.ltk.net.LLRPEndpoint;
import org.llrp.ltk.net.LLRPIoHandlerAdapterImpl;
import org.llrp.ltk.types.Bit;
import org.llrp.ltk.types.BytesToEnd_HEX;
import org.llrp.ltk.types.LLRPMessage;
import org.llrp.ltk.types.UnsignedByte;
import org.llrp.ltk.types.UnsignedInteger;
import org.llrp.ltk.types.UnsignedShort;
import org.llrp.ltk.types.UnsignedShortArray;
import org.matgate.protocol.Chip;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.WireLog.Fate;

/** Another implementation of LLRP, the Java toolkit, as a client of the simulated reader on a real socket. */
@Timeout(60)
class LlrpToolkitTest {
    private static final SimClock CLOCK = SimClock.system();
    private static final Chip CHIP = new Chip("300000000000000000001545");
    private static final long ANSWER_MILLIS = 20_000;

    private final BlockingQueue<LLRPMessage> heard = new LinkedBlockingQueue<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Fate> offered = new CopyOnWriteArrayList<>();
    private TcpLink link;
    private SimulatedMat mat;
    private LLRPConnector client;

    private final class Endpoint implements LLRPEndpoint {
        @Override
        public void messageReceived(LLRPMessage message) {
            heard.add(message);
        }

        @Override
        public void errorOccured(String error) {
            errors.add(error);
        }
    }

    @BeforeEach
    void connect() throws Exception {
        LlrpOptions options = LlrpOptions.DEFAULT;
        link = TcpLink.listenForOne(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options.refusal(CLOCK));
        mat = SimulatedMat.llrp(
                "finish", link, CLOCK, (read, sent, fate) -> offered.add(fate), WireDamage.NONE, options);
        client = client();
        client.connect(ANSWER_MILLIS);
    }

    private LLRPConnector client() {
        LLRPConnector connector = new LLRPConnector(new Endpoint(), "127.0.0.1", link.port());
        LLRPIoHandlerAdapterImpl handler = new LLRPIoHandlerAdapterImpl(connector);
        handler.setKeepAliveAck(true);
        handler.setKeepAliveForward(true);
        connector.setHandler(handler);
        return connector;
    }

    @AfterEach
    void close() {
        client.disconnect();
        mat.close();
    }

    private LLRPMessage ask(LLRPMessage message) throws Exception {
        return client.transact(message, ANSWER_MILLIS);
    }

    private static void assertDone(LLRPStatus status) {
        assertThat(status.getStatusCode().toInteger()).as(status.toString()).isEqualTo(StatusCode.M_Success);
    }

    private <M extends LLRPMessage> M await(Class<M> kind) throws InterruptedException {
        while (true) {
            LLRPMessage message = heard.poll(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(message).as("no %s", kind.getSimpleName()).isNotNull();
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
        }
    }

    @Test
    void goesTheWholeWayFromConnectingToClosing() throws Exception {
        capabilities();
        extensions();
        configuration();
        ADD_ROSPEC add = new ADD_ROSPEC();
        add.setROSpec(roSpec());
        assertDone(((ADD_ROSPEC_RESPONSE) ask(add)).getLLRPStatus());
        ENABLE_ROSPEC enable = new ENABLE_ROSPEC();
        enable.setROSpecID(new UnsignedInteger(123));
        assertDone(((ENABLE_ROSPEC_RESPONSE) ask(enable)).getLLRPStatus());
        START_ROSPEC start = new START_ROSPEC();
        start.setROSpecID(new UnsignedInteger(123));
        assertDone(((START_ROSPEC_RESPONSE) ask(start)).getLLRPStatus());
        assertThat(await(READER_EVENT_NOTIFICATION.class)
                        .getReaderEventNotificationData()
                        .getROSpecEvent()
                        .getROSpecID()
                        .toLong())
                .isEqualTo(123);
        reports();
        keepalives();
        STOP_ROSPEC stop = new STOP_ROSPEC();
        stop.setROSpecID(new UnsignedInteger(123));
        assertDone(((STOP_ROSPEC_RESPONSE) ask(stop)).getLLRPStatus());
        DELETE_ROSPEC delete = new DELETE_ROSPEC();
        delete.setROSpecID(new UnsignedInteger(0));
        assertDone(((DELETE_ROSPEC_RESPONSE) ask(delete)).getLLRPStatus());
        assertThat(((GET_ROSPECS_RESPONSE) ask(new GET_ROSPECS())).getROSpecList())
                .isEmpty();
        assertDone(((CLOSE_CONNECTION_RESPONSE) ask(new CLOSE_CONNECTION())).getLLRPStatus());
        while (link.connected()) {
            Thread.sleep(2);
        }
        assertThat(errors).isEmpty();
        assertThat(offered).hasSize(3).containsOnly(Fate.WHOLE);
    }

    private void capabilities() throws Exception {
        GET_READER_CAPABILITIES get = new GET_READER_CAPABILITIES();
        get.setRequestedData(new GetReaderCapabilitiesRequestedData(GetReaderCapabilitiesRequestedData.All));
        GET_READER_CAPABILITIES_RESPONSE can = (GET_READER_CAPABILITIES_RESPONSE) ask(get);
        assertDone(can.getLLRPStatus());
        assertThat(can.getGeneralDeviceCapabilities()
                        .getDeviceManufacturerName()
                        .toLong())
                .isEqualTo(25_882);
        UHFBandCapabilities band = can.getRegulatoryCapabilities().getUHFBandCapabilities();
        assertThat(band.getTransmitPowerLevelTableEntryList()).hasSize(91);
        assertThat(band.getFrequencyInformation()
                        .getFrequencyHopTableList()
                        .getFirst()
                        .getFrequency()
                        .size())
                .isEqualTo(50);
        assertThat(band.getAirProtocolUHFRFModeTableList()).hasSize(1);
    }

    private void extensions() throws Exception {
        CUSTOM_MESSAGE enable = new CUSTOM_MESSAGE();
        enable.setVendorIdentifier(new UnsignedInteger(25_882));
        enable.setMessageSubtype(new UnsignedByte(21));
        enable.setData(new BytesToEnd_HEX("00000000"));
        client.send(enable);
        assertThat(await(CUSTOM_MESSAGE.class).getData().toString())
                .as("a status of success")
                .isEqualToIgnoringCase("011F000800000000");
    }

    private void configuration() throws Exception {
        KeepaliveSpec keepalive = new KeepaliveSpec();
        keepalive.setKeepaliveTriggerType(new KeepaliveTriggerType(KeepaliveTriggerType.Periodic));
        keepalive.setPeriodicTriggerValue(new UnsignedInteger(50));
        EventNotificationState started = new EventNotificationState();
        started.setEventType(new NotificationEventType(NotificationEventType.ROSpec_Event));
        started.setNotificationState(new Bit(true));
        ReaderEventNotificationSpec events = new ReaderEventNotificationSpec();
        events.addToEventNotificationStateList(started);
        Custom monitor = new Custom();
        monitor.setVendorIdentifier(new UnsignedInteger(25_882));
        monitor.setParameterSubtype(new UnsignedInteger(38));
        monitor.setData(new BytesToEnd_HEX("00010002"));
        SET_READER_CONFIG set = new SET_READER_CONFIG();
        set.setResetToFactoryDefault(new Bit(true));
        set.setKeepaliveSpec(keepalive);
        set.setReaderEventNotificationSpec(events);
        set.addToCustomList(monitor);
        assertDone(((SET_READER_CONFIG_RESPONSE) ask(set)).getLLRPStatus());
        GET_READER_CONFIG get = new GET_READER_CONFIG();
        get.setRequestedData(new GetReaderConfigRequestedData(GetReaderConfigRequestedData.All));
        get.setAntennaID(new UnsignedShort(0));
        get.setGPIPortNum(new UnsignedShort(0));
        get.setGPOPortNum(new UnsignedShort(0));
        GET_READER_CONFIG_RESPONSE is = (GET_READER_CONFIG_RESPONSE) ask(get);
        assertDone(is.getLLRPStatus());
        assertThat(is.getAntennaPropertiesList()).hasSize(4);
        assertThat(is.getKeepaliveSpec().getPeriodicTriggerValue().toLong()).isEqualTo(50);
    }

    private static ROSpec roSpec() {
        ROBoundarySpec boundary = new ROBoundarySpec();
        ROSpecStartTrigger start = new ROSpecStartTrigger();
        start.setROSpecStartTriggerType(new ROSpecStartTriggerType(ROSpecStartTriggerType.Null));
        boundary.setROSpecStartTrigger(start);
        ROSpecStopTrigger stop = new ROSpecStopTrigger();
        stop.setROSpecStopTriggerType(new ROSpecStopTriggerType(ROSpecStopTriggerType.Null));
        stop.setDurationTriggerValue(new UnsignedInteger(0));
        boundary.setROSpecStopTrigger(stop);
        AISpec search = new AISpec();
        search.setAntennaIDs(new UnsignedShortArray(new short[] {0}));
        AISpecStopTrigger searched = new AISpecStopTrigger();
        searched.setAISpecStopTriggerType(new AISpecStopTriggerType(AISpecStopTriggerType.Null));
        searched.setDurationTrigger(new UnsignedInteger(0));
        search.setAISpecStopTrigger(searched);
        InventoryParameterSpec inventory = new InventoryParameterSpec();
        inventory.setInventoryParameterSpecID(new UnsignedShort(1));
        inventory.setProtocolID(new AirProtocols(AirProtocols.EPCGlobalClass1Gen2));
        search.addToInventoryParameterSpecList(inventory);
        ROSpec spec = new ROSpec();
        spec.setROSpecID(new UnsignedInteger(123));
        spec.setPriority(new UnsignedByte(0));
        spec.setCurrentState(new ROSpecState(ROSpecState.Disabled));
        spec.setROBoundarySpec(boundary);
        spec.addToSpecParameterList(search);
        spec.setROReportSpec(report());
        return spec;
    }

    private static ROReportSpec report() {
        TagReportContentSelector content = new TagReportContentSelector();
        content.setEnableROSpecID(new Bit(true));
        content.setEnableSpecIndex(new Bit(true));
        content.setEnableInventoryParameterSpecID(new Bit(true));
        content.setEnableAntennaID(new Bit(true));
        content.setEnableChannelIndex(new Bit(true));
        content.setEnablePeakRSSI(new Bit(true));
        content.setEnableFirstSeenTimestamp(new Bit(true));
        content.setEnableLastSeenTimestamp(new Bit(true));
        content.setEnableTagSeenCount(new Bit(true));
        content.setEnableAccessSpecID(new Bit(true));
        ROReportSpec report = new ROReportSpec();
        report.setROReportTrigger(new ROReportTriggerType(ROReportTriggerType.Upon_N_Tags_Or_End_Of_ROSpec));
        report.setN(new UnsignedShort(1));
        report.setTagReportContentSelector(content);
        return report;
    }

    private void reports() throws Exception {
        while (!mat.reading()) {
            Thread.sleep(2);
        }
        long now = CLOCK.monotonicNanos();
        for (int antenna = 1; antenna <= 3; antenna++) {
            mat.offer(new Sighting(now + antenna, CHIP, antenna, -6040));
        }
        int antenna = 0;
        while (antenna < 3) {
            for (TagReportData tag : await(RO_ACCESS_REPORT.class).getTagReportDataList()) {
                antenna++;
                assertThat(((EPC_96) tag.getEPCParameter()).getEPC().toString()).isEqualToIgnoringCase(CHIP.hex());
                assertThat(tag.getAntennaID().getAntennaID().intValue()).isEqualTo(antenna);
                assertThat(tag.getROSpecID().getROSpecID().toLong()).isEqualTo(123);
                assertThat(tag.getPeakRSSI().getPeakRSSI().toInteger()).isEqualTo(-60);
                assertThat(tag.getTagSeenCount().getTagCount().intValue()).isEqualTo(1);
                assertThat(tag.getFirstSeenTimestampUTC().getMicroseconds().toLong())
                        .isEqualTo(CLOCK.utcNanos(now + antenna) / 1000);
            }
        }
    }

    /** More than an Impinj reader would let pass without an answer. */
    private void keepalives() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            await(KEEPALIVE.class);
        }
        assertThat(link.connected()).isTrue();
    }

    @Test
    void aSecondClientIsToldThatTheReaderIsTakenAndTheFirstThatItTried() throws Exception {
        LLRPConnector second = client();
        Assertions.assertThatThrownBy(() -> second.connect(ANSWER_MILLIS))
                .isInstanceOf(LLRPConnectionAttemptFailedException.class)
                .hasMessageContaining("Client");
        second.disconnect();
        ConnectionAttemptEvent told =
                client.getHandler().getConnectionAttemptEventQueue().poll(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(told).isNotNull();
        assertThat(told.getStatus().intValue()).isEqualTo(ConnectionAttemptStatusType.Another_Connection_Attempted);
        assertDone(((GET_ROSPECS_RESPONSE) ask(new GET_ROSPECS())).getLLRPStatus());
    }

    @Test
    void whatItRefusesTheToolkitUnderstands() throws Exception {
        START_ROSPEC start = new START_ROSPEC();
        start.setROSpecID(new UnsignedInteger(9));
        LLRPStatus status = ((START_ROSPEC_RESPONSE) ask(start)).getLLRPStatus();
        assertThat(status.getStatusCode().toInteger()).isEqualTo(StatusCode.M_FieldError);
        assertThat(status.getFieldError().getErrorCode().toInteger()).isEqualTo(StatusCode.A_Invalid);
        ROSpec spec = roSpec();
        ((AISpec) spec.getSpecParameterList().getFirst()).setAntennaIDs(new UnsignedShortArray(new short[] {9}));
        ADD_ROSPEC add = new ADD_ROSPEC();
        add.setROSpec(spec);
        LLRPStatus refused = ((ADD_ROSPEC_RESPONSE) ask(add)).getLLRPStatus();
        assertThat(refused.getStatusCode().toInteger()).isEqualTo(StatusCode.M_ParameterError);
        assertThat(refused.getParameterError().getParameterType().intValue()).isEqualTo(177);
    }
}

package org.matgate.protocol.llrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.llrp.ltk.generated.LLRPMessageFactory;
import org.llrp.ltk.generated.interfaces.EPCParameter;
import org.llrp.ltk.generated.messages.GET_READER_CAPABILITIES_RESPONSE;
import org.llrp.ltk.generated.messages.RO_ACCESS_REPORT;
import org.llrp.ltk.generated.parameters.EPCData;
import org.llrp.ltk.generated.parameters.EPC_96;
import org.llrp.ltk.generated.parameters.TagReportData;
import org.llrp.ltk.generated.parameters.TransmitPowerLevelTableEntry;
import org.matgate.protocol.llrp.LlrpTag.Field.Kind;
import org.matgate.protocol.reader.Heard;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** What a real Impinj reader said; skipped where the folder with captures does not lie beside the repository. */
@Timeout(60)
class CapturedReportsTest {
    private static final Path CAPTURES = Path.of("../../shared/captures");
    private static final Path REPORTS = CAPTURES.resolve("llrp-ro-access-reports.hex");
    private static final Path CAPABILITIES = CAPTURES.resolve("llrp-impinj-capabilities.hex");

    @BeforeEach
    void needsTheCaptures() {
        assumeTrue(
                Files.exists(REPORTS) && Files.exists(CAPABILITIES),
                () -> "SKIPPED: no captured messages in "
                        + CAPTURES.toAbsolutePath().normalize() + "; the golden messages are tested all the same");
    }

    private static List<byte[]> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    private static LlrpMessage heard(byte[] frame) {
        Heard<ReaderMessage> heard = new Heard<>();
        LlrpParser parser = new LlrpParser();
        parser.parse(frame, 0, frame.length, heard);
        parser.end(heard);
        assertThat(heard.items()).hasSize(1);
        return (LlrpMessage) heard.messages().getFirst();
    }

    @Test
    void everyReportSaysWhatTheOtherImplementationReads() throws Exception {
        int sightings = 0;
        for (byte[] line : lines(REPORTS)) {
            LlrpMessage.RoAccessReport ours = (LlrpMessage.RoAccessReport) heard(line);
            assertThat(ours.encode()).isEqualTo(line);
            RO_ACCESS_REPORT theirs = (RO_ACCESS_REPORT) LLRPMessageFactory.createLLRPMessage(line);
            assertThat(ours.id()).isEqualTo(theirs.getMessageID().toLong());
            assertThat(ours.reports()).hasSameSizeAs(theirs.getTagReportDataList());
            for (int i = 0; i < ours.reports().size(); i++) {
                assertSame(ours.tags().get(i), theirs.getTagReportDataList().get(i));
                assertSame(ours.reports().get(i), theirs.getTagReportDataList().get(i));
                sightings++;
            }
        }
        assertThat(sightings).isEqualTo(45);
    }

    private static void assertSame(LlrpTag.TagReportData ours, TagReportData theirs) {
        assertThat(ours.value(Kind.SEEN_COUNT))
                .isEqualTo(
                        OptionalLong.of(theirs.getTagSeenCount().getTagCount().intValue()));
        assertThat(ours.parameters()).noneMatch(LlrpParameter.Other.class::isInstance);
    }

    private static void assertSame(TagReport ours, TagReportData theirs) {
        assertThat(ours.chip().hex()).isEqualToIgnoringCase(epc(theirs.getEPCParameter()));
        assertThat(ours.antenna())
                .isEqualTo(theirs.getAntennaID().getAntennaID().intValue());
        assertThat(ours.rssiCentiDbm())
                .hasValue(100 * theirs.getPeakRSSI().getPeakRSSI().intValue());
        assertThat(ours.time())
                .isEqualTo(new ReaderTime(
                        ReaderTime.Base.UTC,
                        theirs.getFirstSeenTimestampUTC().getMicroseconds().toLong()));
    }

    private static String epc(EPCParameter theirs) {
        return theirs instanceof EPCData any
                ? any.getEPC().toString()
                : ((EPC_96) theirs).getEPC().toString();
    }

    @Test
    void theCapabilitiesAreParsedWhole() throws Exception {
        byte[] line = lines(CAPABILITIES).getFirst();
        LlrpMessage.Reply reply = (LlrpMessage.Reply) heard(line);
        assertThat(reply.to()).isEqualTo(LlrpMessage.Reply.To.GET_READER_CAPABILITIES);
        assertThat(reply.status().ok()).isTrue();
        assertThat(reply.encode()).isEqualTo(line);
        assertThat(reply.all(LlrpParameter.Other.class)).isEmpty();
        LlrpCapability.GeneralDevice device =
                reply.first(LlrpCapability.GeneralDevice.class).orElseThrow();
        assertThat(device.maxAntennas()).isEqualTo(2);
        assertThat(device.manufacturer()).isEqualTo(LlrpVendor.IMPINJ);
        assertThat(device.firmware()).isEqualTo("4.8.3.240");
        assertThat(device.hasUtcClock()).isTrue();
        GET_READER_CAPABILITIES_RESPONSE theirs =
                (GET_READER_CAPABILITIES_RESPONSE) LLRPMessageFactory.createLLRPMessage(line);
        assertThat(reply.all(LlrpCapability.TransmitPower.class))
                .hasSizeGreaterThan(50)
                .isEqualTo(
                        theirs
                                .getRegulatoryCapabilities()
                                .getUHFBandCapabilities()
                                .getTransmitPowerLevelTableEntryList()
                                .stream()
                                .map(CapturedReportsTest::ours)
                                .toList());
        assertThat(reply.all(LlrpCapability.RfMode.class)).isNotEmpty();
    }

    private static LlrpCapability.TransmitPower ours(TransmitPowerLevelTableEntry theirs) {
        return new LlrpCapability.TransmitPower(
                theirs.getIndex().intValue(), theirs.getTransmitPowerValue().intValue());
    }
}

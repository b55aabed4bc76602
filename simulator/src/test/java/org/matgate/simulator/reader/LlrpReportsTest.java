package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.reader.LlrpBench.*;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpConfig.EpcMemorySelector;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.RoReportSpec;
import org.matgate.protocol.llrp.LlrpConfig.TagReportContentSelector;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpTag;
import org.matgate.protocol.llrp.LlrpTag.Field;
import org.matgate.protocol.llrp.LlrpTag.TagReportData;
import org.matgate.protocol.llrp.LlrpVendor.Impinj;
import org.matgate.protocol.llrp.LlrpVendor.ImpinjTagReportContentSelector;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.reader.LlrpOptions.Vendor;
import org.matgate.simulator.reader.ReaderModel.Seen;

@Timeout(30)
class LlrpReportsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int ALL = 0xFFC0;

    private LlrpBench client = new LlrpBench(LlrpOptions.DEFAULT);

    private void with(LlrpOptions options) {
        client = new LlrpBench(options);
        client.connect(0);
    }

    private void quick() {
        client.enableExtensions();
        client.set(new Impinj(Impinj.Kind.REPORT_BUFFER_MODE, Impinj.ON));
    }

    private static TagReport read(long micros, ReaderTime.Base base) {
        return new TagReport(ModelBench.CHIP, 2, OptionalInt.of(-6000), new ReaderTime(base, micros), 1);
    }

    @Test
    void aQuickReaderReportsEachSightingAtOnceWithItsOwnTime() {
        with(LlrpOptions.DEFAULT.withClockOffsetNanos(-SECOND).withDriftPpm(100));
        quick();
        client.read(every());
        assertThat(client.sees(10_000, 2)).isEqualTo(Seen.TAKEN);
        List<LlrpMessage> said = client.said();
        assertThat(said).hasSize(1);
        assertThat(said.getFirst().reports())
                .containsExactly(read(UTC / 1000 - 1_000_000 + 10_000_000 + 1000, ReaderTime.Base.UTC));
    }

    @Test
    void aReaderWithoutACalendarTellsItsUptime() {
        with(LlrpOptions.DEFAULT.withUtcClock(false).withDriftPpm(-100));
        client.read(every());
        client.sees(10_000, 2);
        assertThat(client.until(10_100).getFirst().reports())
                .containsExactly(read(10_000_000 - 1000, ReaderTime.Base.UPTIME));
    }

    @Test
    void otherReadersGatherAWhileAndEverySightingIsStillToldByItself() {
        with(LlrpOptions.DEFAULT.withVendor(Vendor.OTHER));
        client.read(every());
        for (int i = 0; i < 3; i++) {
            assertThat(client.sees(100 + i, 1)).isEqualTo(Seen.TAKEN);
        }
        assertThat(client.said()).isEmpty();
        assertThat(client.reader.waiting()).isTrue();
        assertThat(client.reader.nextDueNanos()).isEqualTo(at(130));
        List<LlrpMessage> said = client.until(130);
        assertThat(said).hasSize(1);
        assertThat(tags(said)).hasSize(3);
        assertThat(client.reader.waiting()).isFalse();
        for (int i = 0; i < LlrpReports.GATHER_READS; i++) {
            client.sees(200, 1);
        }
        assertThat(tags(client.said())).as("enough to go out before its time").hasSize(LlrpReports.GATHER_READS);
    }

    @Test
    void withALargerNSightingsOfAChipBecomeOne() {
        with(LlrpOptions.DEFAULT);
        client.read(report(RoReportSpec.N_TAGS_OR_END_OF_ROSPEC, 2));
        assertThat(client.sees(1, 1)).isEqualTo(Seen.TAKEN);
        assertThat(client.sees(5, 1)).as("nobody gets it as a read").isEqualTo(Seen.IGNORED);
        assertThat(client.until(60_000)).isEmpty();
        client.sees(60_001, 2);
        List<TagReportData> tags = tags(client.said());
        assertThat(tags).hasSize(2);
        assertThat(tags.getFirst().value(Field.Kind.SEEN_COUNT)).isEqualTo(OptionalLong.of(2));
        assertThat(tags.getFirst().value(Field.Kind.FIRST_SEEN_UTC)).isEqualTo(OptionalLong.of(UTC / 1000 + 1000));
        client.sees(60_002, 1);
        List<LlrpMessage> end = client.tell(id -> new LlrpCommand.DeleteRoSpec(id, 1));
        assertThat(tags(end)).hasSize(1);
    }

    @Test
    void aReportCanBeFetched() {
        with(LlrpOptions.DEFAULT);
        client.read(report(RoReportSpec.NONE, 0));
        for (int i = 0; i < 120; i++) {
            client.reader.sighted(new Sighting(at(i), new Chip("3000000000000000000%05d".formatted(i)), 1, -5000));
        }
        assertThat(client.until(60_000)).isEmpty();
        List<LlrpMessage> fetched = client.tell(LlrpCommand.GetReport::new);
        assertThat(fetched).hasSize(3);
        assertThat(tags(fetched)).hasSize(120);
        assertThat(client.tell(LlrpCommand.GetReport::new))
                .as("an empty one rather than silence")
                .singleElement()
                .isInstanceOfSatisfying(
                        LlrpMessage.RoAccessReport.class,
                        empty -> assertThat(empty.parameters()).isEmpty());
    }

    @Test
    void tellsWhatTheContentSelectorAsksFor() {
        with(LlrpOptions.DEFAULT);
        quick();
        client.read(new RoReportSpec(
                RoReportSpec.N_TAGS_OR_END_OF_ROSPEC,
                1,
                List.of(
                        new TagReportContentSelector(ALL, List.of(new EpcMemorySelector(0xC0))),
                        new ImpinjTagReportContentSelector(List.of(
                                new Impinj(Impinj.Kind.ENABLE_PEAK_RSSI, Impinj.ON),
                                new Impinj(Impinj.Kind.ENABLE_RF_PHASE_ANGLE, Impinj.ON),
                                new Impinj(Impinj.Kind.ENABLE_RF_DOPPLER, Impinj.OFF))))));
        client.sees(7, 3);
        TagReportData tag = tags(client.said()).getFirst();
        assertThat(tag.parameters().getFirst()).isEqualTo(new LlrpTag.Epc96(ModelBench.CHIP));
        assertThat(tag.parameters())
                .contains(
                        new Field(Field.Kind.ROSPEC_ID, 1),
                        new Field(Field.Kind.ANTENNA_ID, 3),
                        new Field(Field.Kind.PEAK_RSSI, -60),
                        new Field(Field.Kind.TAG_PC, 0x3000),
                        new Impinj(Impinj.Kind.PEAK_RSSI, -6040));
        assertThat(tag.value(Field.Kind.LAST_SEEN_UTC)).isEqualTo(tag.value(Field.Kind.FIRST_SEEN_UTC));
        assertThat(tag.value(Impinj.Kind.RF_PHASE_ANGLE)).isPresent();
        assertThat(tag.value(Impinj.Kind.RF_DOPPLER)).isEmpty();
        assertThat(tag.parameters()).hasSize(15);
        client.done(id -> new LlrpCommand.DeleteRoSpec(id, 1));
        client.read(new RoReportSpec(
                RoReportSpec.N_TAGS_OR_END_OF_ROSPEC, 1, List.of(new TagReportContentSelector(0, List.of()))));
        client.sees(8, 3);
        assertThat(tags(client.said()).getFirst().parameters()).containsExactly(new LlrpTag.Epc96(ModelBench.CHIP));
    }

    /** The checksum is that of a chip that a real reader told of. */
    @Test
    void chipsOfAnyLengthAndTheirChecksums() {
        with(LlrpOptions.DEFAULT);
        quick();
        client.read(new RoReportSpec(
                RoReportSpec.N_TAGS_OR_END_OF_ROSPEC,
                1,
                List.of(new TagReportContentSelector(0, List.of(new EpcMemorySelector(0x80))))));
        client.reader.sighted(new Sighting(at(1), new Chip("000000000000000000001545"), 1, -5000));
        assertThat(tags(client.said()).getFirst().value(Field.Kind.TAG_CRC)).isEqualTo(OptionalLong.of(0xE94A));
        client.reader.sighted(new Sighting(at(2), new Chip("1111"), 1, -5000));
        assertThat(tags(client.said()).getFirst().parameters().getFirst()).isEqualTo(new LlrpTag.EpcData(16, "1111"));
    }

    @Test
    void aZebraReaderStopsUnlessItIsPurged() {
        with(LlrpOptions.DEFAULT.withVendor(Vendor.ZEBRA).withTagMemory(3));
        client.subscribe(EventNotificationState.REPORT_BUFFER_FILL);
        client.read(every());
        for (int i = 0; i < 3; i++) {
            assertThat(client.sees(i, 1)).isEqualTo(Seen.TAKEN);
        }
        assertThat(client.sees(4, 1)).isEqualTo(Seen.OVERFLOWED);
        assertThat(client.sees(5, 1)).isEqualTo(Seen.OVERFLOWED);
        assertThat(events(client.said())).as("said once").containsExactly(new LlrpEvent.BufferOverflow());
        client.tell(LlrpCommand.Custom::zebraPurgeTags);
        assertThat(client.sees(6, 1)).isEqualTo(Seen.TAKEN);
    }
}

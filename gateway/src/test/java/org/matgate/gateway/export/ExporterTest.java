package org.matgate.gateway.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.protocol.Chip;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** Every format, held to a file that was looked at by people. */
class ExporterTest {
    private static final UUID BOOT = UUID.fromString("6f8f4b2e-5a39-4d3c-9d6c-2f1f6f0a7e11");
    private static final Source MAIN = new Source("finish-main", "finish", Source.Line.MAIN);
    private static final Source BACKUP = new Source("backup, \"old\"", "finish", Source.Line.BACKUP);

    /** 2026-10-25T00:59:59.987654321Z: in Berlin an hour that is there twice begins a moment later. */
    private static final long UTC = 1_792_889_999_987_654_321L;

    private static final JournalRow JOURNAL =
            new JournalRow(1, new JournalId(0x0123456789abcdefL, 0x42), "finish-a", UTC, false, true, 1, 12);

    ExporterTest() {}

    @ParameterizedTest
    @EnumSource
    void everyKindOfEventIsWrittenAsInItsFile(Format format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Exporter exporter = exported(format, out);
        String told = String.join("\n", exporter.notes()) + "\n" + String.join("\n", exporter.leftOut()) + "\n";
        String golden = golden(format);
        assertThat(out.toString(StandardCharsets.UTF_8) + "----\n" + told).isEqualTo(golden);
    }

    @Test
    void whatReadsIpicoReadersReadsTheFile() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exported(Format.IPICO, out);
        List<TagReport> heard = new ArrayList<>();
        byte[] bytes = out.toByteArray();
        new IpicoParser().parse(bytes, 0, bytes.length, new FrameParser.Sink<>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                if (message instanceof TagReport report) {
                    heard.add(report);
                }
            }

            @Override
            public void skipped(Skipped skipped) {
                assertThat(skipped).as("nothing is skipped").isNull();
            }
        });
        assertThat(heard)
                .extracting(TagReport::chip)
                .containsExactly(new Chip("05800001A2B3"), new Chip("05800001A2B3"));
    }

    private static Exporter exported(Format format, ByteArrayOutputStream out) throws IOException {
        Exporter exporter = format.exporter(
                out,
                List.of(BACKUP, MAIN),
                format.wantsZone() ? Optional.of(ZoneId.of("Europe/Berlin")) : Optional.empty());
        exporter.begin();
        long seq = 1;
        for (Event event : events()) {
            Stamp believed = event.stamp();
            Stamp known = believed.synchronised()
                    ? new Stamp(BOOT, believed.monotonicNanos(), believed.utcNanos() + 1_000, 2_000_000, 100)
                    : believed;
            exporter.write(new Exported(
                    JOURNAL,
                    new Entry(seq++, event),
                    known,
                    known.synchronised() ? ClockSource.CHRONY : ClockSource.NONE));
        }
        return exporter;
    }

    private static List<Event> events() {
        return List.of(
                read(MAIN, stamp(0), "05800001A2B3", OptionalInt.of(-6_105), 3),
                read(MAIN, stamp(1_000_000_000), "05800001A2B3", OptionalInt.empty(), 0),
                read(BACKUP, stamp(5), "E28011606000020D3F4A5B6C", OptionalInt.of(-99), 1),
                read(MAIN, new Stamp(BOOT, 77, 77, Stamp.UNSYNCHRONISED, 100), "05800001A2B3", OptionalInt.empty(), 1),
                new Event.Gun(stamp(7), "start", "GPIO17", true, true, 2),
                new Event.Mark(stamp(8), "finish", "GPIO27", false, 0),
                new Event.ClockState(
                        stamp(9), 3, 1, 0, 2, 3, UTC, -17, 2_000_000, 100, ClockSource.CHRONY, "synchronised"),
                new Event.ReaderState(
                        stamp(10),
                        BACKUP,
                        Event.ReaderPhase.RECOVERING,
                        "no answer,\nfor 3 s",
                        List.of(new Gap(Gap.Cause.BAD_FRAME, 1, 2, 3, 4, 5))),
                new Event.AntennaState(stamp(11), MAIN, 4, Event.AntennaCondition.DISCONNECTED, "3 \u00b5A"),
                new Event.BoxState(
                        stamp(12),
                        Event.BoxCondition.READS_LOST,
                        "finish-a",
                        "matgate 1",
                        true,
                        "intake full",
                        Map.of("b", 2L, "a", 1L)),
                new Event.Unknown(stamp(13), 99, ByteString.copyFrom(new byte[] {1, (byte) 0xab})));
    }

    private static Stamp stamp(long nanos) {
        return new Stamp(BOOT, 1_000 + nanos, UTC + nanos, 1_000_000, 100);
    }

    private static Event read(Source source, Stamp stamp, String chip, OptionalInt rssi, int antenna) {
        ReaderTime time = antenna == 0 ? ReaderTime.NONE : new ReaderTime(ReaderTime.Base.CYCLE, 250_000);
        return new Event.TagRead(stamp, source, antenna, new Chip(chip), rssi, time, stamp.monotonicNanos() + 5, 1);
    }

    private static String golden(Format format) throws Exception {
        String name = "/export/" + Fields.word(format) + ".txt";
        try (InputStream in = ExporterTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

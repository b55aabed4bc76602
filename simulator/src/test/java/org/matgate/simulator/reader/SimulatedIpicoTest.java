package org.matgate.simulator.reader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.reader.ModelBench.MILLI;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoCommand.*;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.ipico.IpicoMessage.Control;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.reader.ReaderModel.Seen;

@Timeout(30)
class SimulatedIpicoTest {
    private static final long START = 5_000_000_000L;
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 2, 15, 7, 0, 0);
    private static final Chip CHIP = new Chip("00058000123B");

    private final ModelBench bench = new ModelBench(100, IpicoParser::new);

    private SimulatedIpico reader(IpicoOptions options) {
        return new SimulatedIpico(options, START, TIME.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L, bench.outbox);
    }

    private static Sighting sighting(long millis) {
        return new Sighting(START + millis * MILLI, CHIP, 1, -6000);
    }

    private String stamp(SimulatedIpico reader, long millis) {
        assertThat(reader.sighted(sighting(millis))).isEqualTo(Seen.TAKEN);
        String line = new String(bench.frames().getFirst(), US_ASCII);
        assertThat(line).hasSize(38).startsWith("aa0000058000123b").endsWith("\r\n");
        return line.substring(20, 34);
    }

    private List<ReaderMessage> ask(SimulatedIpico reader, IpicoCommand command, long millis) {
        byte[] line = command.encode();
        reader.heard(line, line.length, START + millis * MILLI);
        return bench.said().stream()
                .filter(m -> !(m instanceof IpicoMessage.Blank))
                .toList();
    }

    @Test
    void stampsWithHexadecimalHundredthsRoundedDown() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        assertThat(stamp(reader, 0)).isEqualTo("26021507000000");
        assertThat(stamp(reader, 399)).isEqualTo("26021507000027");
        assertThat(stamp(reader, 61_999)).isEqualTo("26021507010163");
    }

    @Test
    void itsCalendarIsItsOwn() {
        assertThat(stamp(reader(IpicoOptions.DEFAULT.withZone(ZoneOffset.ofHours(5))), 0))
                .startsWith("260215120000");
        assertThat(stamp(reader(IpicoOptions.DEFAULT.withClockOffsetNanos(-3_000_000_000L)), 0))
                .startsWith("260215065957");
        assertThat(stamp(reader(IpicoOptions.DEFAULT.withDriftPpm(100)), 100_000))
                .isEqualTo("26021507014001");
    }

    @Test
    void theWireLogHearsWhatTheLineSays() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        reader.sighted(sighting(1239));
        Outgoing.Read read = bench.outbox.poll().orElseThrow().reads().getFirst();
        TagReport report = read.report();
        assertThat(report.antenna()).isZero();
        assertThat(report.rssiCentiDbm()).isEmpty();
        assertThat(report.time().micros()).isEqualTo(TIME.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + 1_230_000);
        assertThat(read.sighting()).isEqualTo(sighting(1239));
    }

    @Test
    void aSetClockTakesEffectHalfASecondLater() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        assertThat(ask(reader, new SetClock(0, LocalDateTime.of(2026, 12, 31, 23, 59, 59)), 1000))
                .containsExactly(new Control(0, 0x01, ""));
        assertThat(stamp(reader, 1499)).isEqualTo("26021507000131");
        assertThat(stamp(reader, 1500)).isEqualTo("26123123595900");
        assertThat(stamp(reader, 2510)).isEqualTo("27010100000001");
        assertThat(ask(reader, new GetClock(0), 2600)).containsExactly(new Control(0, 0x02, "27010105000000"));
    }

    @Test
    void acknowledgesAsRealOnesDo() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        byte[] line = new SetClock(0, TIME).encode();
        reader.heard(line, line.length, START);
        assertThat(bench.frames().getFirst()).asString(US_ASCII).isEqualTo("ab00000121\r\n");
    }

    @Test
    void answersControlLines() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        assertThat(ask(reader, new GetClock(0), 0)).containsExactly(new Control(0, 0x02, "26021500070000"));
        assertThat(ask(reader, new SetMode(0, Mode.RAW), 0)).containsExactly(new Control(0, 0x09, ""));
        assertThat(ask(reader, new SetMode(0, Mode.EVENT), 0))
                .singleElement()
                .isInstanceOfSatisfying(
                        Control.class, reply -> assertThat(reply.rejected()).isTrue());
        assertThat(ask(reader, new Other(0, true, 0x09, ""), 0)).containsExactly(new Control(0, 0x09, "00"));
        assertThat(ask(reader, new Other(0, false, 0x77, "01"), 0))
                .singleElement()
                .isInstanceOfSatisfying(
                        Control.class, reply -> assertThat(reply.rejected()).isTrue());
        stamp(reader, 1);
        assertThat(ask(reader, new GetStatistics(0), 2)).containsExactly(new Control(0, 0x0A, "00000001"));
        assertThat(ask(reader, new Blank(), 3)).isEmpty();
    }

    @Test
    void seesOnlyChipsOfItsKind() {
        assertThat(reader(IpicoOptions.DEFAULT).sighted(ModelBench.sighting(START, 1)))
                .isEqualTo(Seen.IGNORED);
    }

    @Test
    void anotherClientDoesNotFinishTheLinesOfTheLast() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        byte[] half = "ab0000".getBytes(US_ASCII);
        reader.heard(half, half.length, START);
        reader.listenerChanged(true);
        byte[] rest = "0222\r\n".getBytes(US_ASCII);
        reader.heard(rest, rest.length, START);
        assertThat(bench.said()).isEmpty();
    }

    @Test
    void seesNothingWithItsAntennaCutOffOrTooHot() {
        SimulatedIpico reader = reader(IpicoOptions.DEFAULT);
        reader.antennaCut(1, true, START);
        assertThat(reader.sighted(sighting(10))).isEqualTo(ReaderModel.Seen.IGNORED);
        reader.antennaCut(1, false, START);
        reader.tooHot(true, START);
        assertThat(reader.sighted(sighting(20))).isEqualTo(ReaderModel.Seen.IGNORED);
        reader.tooHot(false, START);
        reader.poweredOn(START);
        assertThat(reader.sighted(sighting(30))).isEqualTo(ReaderModel.Seen.TAKEN);
    }
}

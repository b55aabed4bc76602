package org.matgate.simulator.reader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.llrp.LlrpTag;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.mercury.MercuryTag;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.reader.WireLog.Fate;

@Timeout(30)
class HeardTest {
    private static final byte[] LINE = "aa0005800012860800012603062027472353\r\n".getBytes(US_ASCII);
    private static final TagReport IPICO =
            (TagReport) Heard.in(LINE, new IpicoParser()).messages().getFirst();
    private static final TagReport MERCURY = new TagReport(
            new Chip("300000000000000000001545"),
            1,
            OptionalInt.of(-6000),
            new ReaderTime(ReaderTime.Base.CYCLE, 295_000),
            1);
    private static final byte[] FRAME = MercuryTag.encode(MERCURY, 0x0016, false);

    private static Fate ofLine(byte[] wire) {
        return Heard.fates(LINE, List.of(IPICO), wire, IpicoParser::new).getFirst();
    }

    private static Fate ofFrame(byte[] wire) {
        return Heard.fates(FRAME, List.of(MERCURY), wire, MercuryParser::new).getFirst();
    }

    private static byte[] with(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void anUntouchedFrameIsWhole() {
        assertThat(ofLine(LINE)).isEqualTo(Fate.WHOLE);
        assertThat(ofFrame(FRAME)).isEqualTo(Fate.WHOLE);
    }

    @Test
    void garbageAroundAFrameDoesNotHurtIt() {
        byte[] header = {(byte) 0xFF, (byte) 0xF0, 0x22};
        assertThat(ofFrame(join(header, FRAME, header))).isEqualTo(Fate.WHOLE);
        assertThat(ofLine(join("aa00058".getBytes(US_ASCII), LINE, header))).isEqualTo(Fate.WHOLE);
    }

    @Test
    void everyBitThatFlipsShows() {
        for (int bit = 0; bit < 8 * FRAME.length; bit++) {
            byte[] wire = FRAME.clone();
            wire[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(ofFrame(wire)).as("bit %d", bit).isEqualTo(Fate.DAMAGED);
        }
    }

    @Test
    void everyCutShows() {
        for (int length = 0; length < FRAME.length; length++) {
            assertThat(ofFrame(Arrays.copyOf(FRAME, length))).isEqualTo(Fate.DAMAGED);
        }
        for (int length = 0; length < LINE.length - 2; length++) {
            assertThat(ofLine(Arrays.copyOf(LINE, length))).isEqualTo(Fate.DAMAGED);
        }
    }

    @Test
    void aChangeThatASumDoesNotShowIsUndetectable() {
        assertThat(ofLine(with(LINE, 12, '6'))).isEqualTo(Fate.DAMAGED);
        assertThat(ofLine(with(with(LINE, 12, '6'), 13, '8')))
                .as("86 has the same sum as 68")
                .isEqualTo(Fate.UNDETECTABLE);
    }

    @Test
    void aChangeThatSaysTheSameIsNone() {
        assertThat(ofLine(Arrays.copyOf(LINE, LINE.length - 1)))
                .as("CR without LF")
                .isEqualTo(Fate.WHOLE);
    }

    @Test
    void nothingButLineEndsIsDamage() {
        assertThat(ofLine("\r\n\r\n".getBytes(US_ASCII))).isEqualTo(Fate.DAMAGED);
    }

    /** Without a checksum a frame is good as long as its form is; its other reads are missed if they are not held. */
    @Test
    void ofSeveralReadsInAFrameOnlyThatIsAlteredWhoseBytesAre() {
        LlrpMessage.RoAccessReport two = new LlrpMessage.RoAccessReport(1, List.of(llrp("00"), llrp("01")));
        byte[] frame = two.encode();
        byte[] wire = with(frame, frame.length - 1, 0x77);
        assertThat(Heard.fates(frame, two.reports(), wire, LlrpParser::new))
                .containsExactly(Fate.WHOLE, Fate.UNDETECTABLE);
    }

    private static LlrpTag.TagReportData llrp(String end) {
        return new LlrpTag.TagReportData(List.of(new LlrpTag.Epc96(new Chip("30000000000000000000AA" + end))));
    }
}

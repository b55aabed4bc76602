package org.matgate.protocol.chafon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.TagReport;

class ChafonParserTest extends FrameParserContract<ReaderMessage> {
    private static final Chip CHIP = new Chip("E20000112233");

    @Override
    protected ResyncParser<ReaderMessage> newParser() {
        return new ChafonParser();
    }

    @Override
    protected int largestFrame() {
        return 256;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(ChafonParserTest.class, "replies.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.hexBytes();
    }

    @Override
    protected ReaderMessage randomMessage(RandomGenerator random) {
        return Randoms.message(random);
    }

    @Override
    protected byte[] encode(ReaderMessage message) {
        return ((ChafonMessage) message).encode();
    }

    private ChafonMessage only(String name) {
        Golden vector = golden().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
        return (ChafonMessage) hear(vector.hexBytes()).messages().getFirst();
    }

    @Test
    void goldenRepliesAreEncodedByteForByte() {
        int replies = 0;
        for (Golden vector : golden()) {
            if (!vector.expected().contains(";") && !vector.expected().contains("skipped")) {
                ReaderMessage message = hear(vector.hexBytes()).messages().getFirst();
                assertThat(encode(message)).as(vector.name()).isEqualTo(vector.hexBytes());
                replies++;
            }
        }
        assertThat(replies).isGreaterThan(25);
    }

    @Test
    void aFrameTellsOfAllItsTags() {
        assertThat(only("two tags").reports())
                .containsExactly(
                        new TagReport(
                                new Chip("000000000000000000000313"), 1, OptionalInt.of(-2200), ReaderTime.NONE, 1),
                        new TagReport(
                                new Chip("000000000000000000000314"), 1, OptionalInt.of(-2100), ReaderTime.NONE, 1));
        assertThat(only("UHFReader18, two tags").reports())
                .containsExactly(
                        new TagReport(new Chip("000000000000000000000313"), 0, OptionalInt.empty(), ReaderTime.NONE, 1),
                        new TagReport(
                                new Chip("000000000000000000000314"), 0, OptionalInt.empty(), ReaderTime.NONE, 1));
        assertThat(only("a tag in real-time mode").reports())
                .extracting(TagReport::antenna)
                .containsExactly(3);
        assertThat(only("temperature").reports()).isEmpty();
    }

    @Test
    void anAntennaIsToldWhereThereIsButOne() {
        ChafonTag tag = new ChafonTag(CHIP, OptionalInt.of(64), "", "");
        for (int antenna = 1; antenna <= 8; antenna++) {
            Inventory one = new Inventory(0, ChafonLayout.READER288, 3, 1 << (antenna - 1), List.of(tag));
            assertThat(one.reports().getFirst().antenna()).isEqualTo(antenna);
        }
        Inventory both = new Inventory(0, ChafonLayout.READER288, 3, 0x05, List.of(tag));
        assertThat(both.reports().getFirst().antenna()).isZero();
    }

    /** Three tags of a UHFReader18 whose EPCs are made so that two of a 288 fit exactly. */
    @Test
    void whatFitsBothLayoutsIsPutRightByWhoKnowsTheReader() {
        byte[] frame =
                new ChafonMessage.Reply(7, 0x01, ChafonStatus.DONE, "03" + "0202AA" + "02BB02" + "02CCDD").encode();
        Inventory taken = (Inventory) hear(frame).messages().getFirst();
        assertThat(taken.layout()).isEqualTo(ChafonLayout.READER288);
        assertThat(taken.in(ChafonLayout.READER288)).containsSame(taken);
        Inventory meant = taken.in(ChafonLayout.READER18).orElseThrow();
        assertThat(meant.tags())
                .extracting(ChafonTag::epc)
                .containsExactly(new Chip("02AA"), new Chip("BB02"), new Chip("CCDD"));
        assertThat(meant.encode()).isEqualTo(frame);
        assertThat(meant.in(ChafonLayout.READER288)).contains(taken);
        assertThat(((Inventory) only("two tags")).in(ChafonLayout.READER18)).isEmpty();
    }

    @Test
    void readersAreReadable() {
        ChafonMessage.ReaderInformation known = (ChafonMessage.ReaderInformation) only("reader information");
        assertThat(known.model()).isEqualTo("UHFReader288M (CF-RU6402)");
        assertThat(known.firmwareText()).isEqualTo("0.22");
        assertThat(known.layout()).isEqualTo(ChafonLayout.READER288);
        assertThat(known.band()).isEqualTo(ChafonBand.EU.code());
        ChafonMessage.ReaderInformation plain =
                (ChafonMessage.ReaderInformation) only("reader information of a UHFReader18");
        assertThat(known.middleKilohertz()).hasValue(866_500);
        assertThat(plain.layout()).isEqualTo(ChafonLayout.READER18);
        assertThat(plain.band()).isEqualTo(ChafonBand.US.code());
        ChafonMessage.ReaderInformation unknown =
                new ChafonMessage.ReaderInformation(0, 0x0100, 0x75, 2, 0, 0, 30, 10, "01000000");
        assertThat(unknown.model()).isEqualTo("Chafon reader of unknown type 75");
        assertThat(unknown.layout()).isEqualTo(ChafonLayout.READER288);
        assertThat(new ChafonMessage.ReaderInformation(0, 0x0100, 0x75, 2, 0, 0, 30, 10, "").layout())
                .isEqualTo(ChafonLayout.READER18);
    }

    @Test
    void statusesAreReadable() {
        assertThat(ChafonStatus.text(ChafonStatus.ANTENNA_ERROR)).isEqualTo("F8 antenna missing or bad");
        assertThat(ChafonStatus.text(0x77)).isEqualTo("77 unknown status");
    }

    @Test
    void aReportIsPutAsTheReaderDoes() {
        TagReport report = new TagReport(CHIP, 2, OptionalInt.of(-6049), ReaderTime.NONE, 1);
        assertThat(ChafonTag.of(report, ChafonLayout.READER288).rssi()).hasValue(129 - 60);
        assertThat(ChafonTag.of(report, ChafonLayout.READER18).rssi()).isEmpty();
        TagReport bare = new TagReport(CHIP, 2, OptionalInt.empty(), ReaderTime.NONE, 1);
        assertThatThrownBy(() -> ChafonTag.of(bare, ChafonLayout.READER288)).hasMessageContaining("RSSI");
        assertThatThrownBy(() -> new ChafonTag(new Chip("E200FF"), OptionalInt.of(1), "", ""))
                .hasMessageContaining("3 bytes");
    }
}

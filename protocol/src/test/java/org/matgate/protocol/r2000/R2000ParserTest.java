package org.matgate.protocol.r2000;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.TagReport;

class R2000ParserTest extends FrameParserContract<ReaderMessage> {
    @Override
    protected ResyncParser<ReaderMessage> newParser() {
        return new R2000Parser();
    }

    @Override
    protected int largestFrame() {
        return 257;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(R2000ParserTest.class, "replies.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.hexBytes();
    }

    @Override
    protected ReaderMessage randomMessage(RandomGenerator random) {
        return Randoms.message(random);
    }

    /** With a frequency, a phase and an inventory by the report's chance. */
    @Override
    protected byte[] encode(ReaderMessage message) {
        int chance = message.hashCode();
        return switch (message) {
            case R2000Message reply -> reply.encode(0x01);
            case TagReport tag ->
                R2000Tag.encode(
                        0x01,
                        0x89 + Math.floorMod(chance, 3),
                        tag,
                        chance >> 8 & 0x3F,
                        chance < 0 ? OptionalInt.of(chance >> 14 & 0xFFFF) : OptionalInt.empty());
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    @Test
    void goldenAnswersAreEncodedByteForByte() {
        int answers = 0;
        for (Golden vector : golden()) {
            byte[] frame = vector.hexBytes();
            boolean alone =
                    !vector.expected().contains(";") && !vector.expected().contains("skipped");
            if (alone && hear(frame).messages().getFirst() instanceof R2000Message message) {
                assertThat(message.encode(frame[2])).as(vector.name()).isEqualTo(frame);
                answers++;
            }
        }
        assertThat(answers).isGreaterThan(35);
    }

    @Test
    void goldenTagsAreEncodedByteForByte() {
        byte[] plain = golden("tag at another frequency").hexBytes();
        TagReport report = (TagReport) hear(plain).messages().getFirst();
        assertThat(R2000Tag.encode(1, 0x89, report, 29, OptionalInt.empty())).isEqualTo(plain);

        byte[] phase = golden("tag with phase").hexBytes();
        TagReport second = (TagReport) hear(phase).messages().getFirst();
        assertThat(R2000Tag.encode(1, 0x8A, second, 1, OptionalInt.of(0x1234))).isEqualTo(phase);
    }

    private Golden golden(String name) {
        return golden().stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReportThatDoesNotFitIsRefused() {
        assertRefused(new TagReport(new Chip("E20011"), 1, OptionalInt.of(-6000), ReaderTime.NONE, 1), "3 bytes");
        assertRefused(new TagReport(new Chip("E200"), 0, OptionalInt.of(-6000), ReaderTime.NONE, 1), "antenna 0");
        assertRefused(new TagReport(new Chip("E200"), 9, OptionalInt.of(-6000), ReaderTime.NONE, 1), "antenna 9");
        assertRefused(new TagReport(new Chip("E200"), 1, OptionalInt.empty(), ReaderTime.NONE, 1), "no RSSI");
        assertRefused(new TagReport(new Chip("E200"), 1, OptionalInt.of(0), ReaderTime.NONE, 1), "RSSI");
    }

    private static void assertRefused(TagReport report, String why) {
        assertThatThrownBy(() -> R2000Tag.encode(1, 0x89, report, 0, OptionalInt.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theSignOfATemperatureIsTheReadersChoice() {
        R2000Message.Temperature cold = new R2000Message.Temperature(0, 5);
        assertThat(cold.celsius(0)).isEqualTo(-5);
        assertThat(cold.celsius(1)).isEqualTo(5);
    }

    @Test
    void codesAreReadable() {
        assertThat(R2000Code.text(R2000Code.ANTENNA_MISSING)).isEqualTo("22 antenna missing");
        assertThat(R2000Code.text(0x4C)).isEqualTo("4C invalid parameter");
        assertThat(R2000Code.text(0x99)).isEqualTo("99 unknown code");
        assertThat(R2000Code.isRefusal(R2000Code.INVALID_PARAMETER)).isTrue();
        assertThat(R2000Code.isRefusal(R2000Code.NO_TAG)).isFalse();
    }
}

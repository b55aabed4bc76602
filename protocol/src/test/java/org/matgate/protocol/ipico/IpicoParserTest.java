package org.matgate.protocol.ipico;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

class IpicoParserTest extends FrameParserContract<ReaderMessage> {
    @Override
    protected ResyncParser<ReaderMessage> newParser() {
        return new IpicoParser();
    }

    /** A line with both characters of its end, although a parser takes the second for an empty line of its own. */
    @Override
    protected int largestFrame() {
        return 65 + 1;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(IpicoParserTest.class, "lines.golden");
    }

    @Override
    protected byte[] bytes(Golden golden) {
        return golden.textBytes();
    }

    @Override
    protected ReaderMessage randomMessage(RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            return new IpicoMessage.Control(
                    random.nextInt(256), random.nextInt(256), hex(random, random.nextInt(IpicoControl.MAX_DATA + 1)));
        }
        LocalDateTime time = LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(random.nextLong(99L * 365 * 86_400));
        return new TagReport(
                new Chip(hex(random, IpicoTag.CHIP_BYTES).toUpperCase(Locale.ROOT)),
                0,
                OptionalInt.empty(),
                ReaderTime.civil(time.plusNanos(random.nextInt(100) * 10_000_000L)),
                1);
    }

    private static String hex(RandomGenerator random, int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return HexFormat.of().formatHex(data);
    }

    @Override
    protected byte[] encode(ReaderMessage message) {
        return switch (message) {
            case IpicoMessage reply -> reply.encode();
            case TagReport tag -> IpicoTag.encode(tag.hashCode() & 0xFF, tag);
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    @Override
    protected byte noise(RandomGenerator random) {
        return random.nextBoolean() ? (byte) random.nextInt() : (byte) "aab0123\r\n".charAt(random.nextInt(9));
    }

    @Test
    void goldenTagLinesAreEncodedCharacterForCharacter() {
        int tags = 0;
        for (Golden vector : golden()) {
            String line = vector.input().replace("\\r", "").replace("\\n", "");
            boolean alone = vector.expected().startsWith("TagReport") && line.length() <= 44;
            if (alone && !vector.name().contains("upper case")) {
                assertThat(new String(IpicoTagLine.decode(line).orElseThrow().encode(), StandardCharsets.US_ASCII))
                        .as(vector.name())
                        .isEqualTo(line + "\r\n");
                tags++;
            }
        }
        assertThat(tags).isGreaterThan(10);
    }

    @Test
    void rejectionsAreTold() {
        assertThat(new IpicoMessage.Control(0, 0xF2, "").rejected()).isTrue();
        assertThat(new IpicoMessage.Control(0, 0x01, "").rejected()).isFalse();
    }

    @Test
    void aTimeIsCutToTheHundredth() {
        TagReport fine = new TagReport(
                new Chip("058000128608"),
                0,
                OptionalInt.empty(),
                ReaderTime.civil(LocalDateTime.of(2026, 2, 15, 7, 0, 0, 129_999_000)),
                1);
        TagReport heard = (TagReport) hear(IpicoTag.encode(0, fine)).messages().getFirst();
        assertThat(heard.time()).isEqualTo(ReaderTime.civil(LocalDateTime.of(2026, 2, 15, 7, 0, 0, 120_000_000)));
    }

    @Test
    void aReportThatNoLineCanSayIsRefused() {
        ReaderTime time = ReaderTime.civil(LocalDateTime.of(2026, 2, 15, 7, 0));
        TagReport longChip = new TagReport(new Chip("00".repeat(12)), 0, OptionalInt.empty(), time, 1);
        TagReport noTime = new TagReport(new Chip("00".repeat(6)), 0, OptionalInt.empty(), ReaderTime.NONE, 1);
        assertThatThrownBy(() -> IpicoTag.encode(0, longChip)).hasMessageContaining("6 bytes");
        assertThatThrownBy(() -> IpicoTag.encode(0, noTime)).hasMessageContaining("civil");
        assertThatThrownBy(() -> IpicoTag.encode(256, noTime)).hasMessageContaining("256");
    }
}

package org.matgate.protocol.mercury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
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

class MercuryParserTest extends FrameParserContract<ReaderMessage> {
    @Override
    protected ResyncParser<ReaderMessage> newParser() {
        return new MercuryParser();
    }

    @Override
    protected int largestFrame() {
        return 255;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(MercuryParserTest.class, "replies.golden");
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
        return switch (message) {
            case MercuryMessage reply -> reply.encode();
            case TagReport tag -> MercuryTag.encode(tag, flags(tag), tag.hashCode() % 2 == 0);
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    /** Flags for what the report says, and whatever else by the report's chance, in room enough for a long EPC. */
    private static int flags(TagReport tag) {
        int others = MercuryTag.FREQUENCY
                | MercuryTag.PHASE
                | MercuryTag.PROTOCOL
                | MercuryTag.TAG_DATA
                | MercuryTag.GPIO
                | MercuryTag.Q
                | MercuryTag.LINK_FREQUENCY
                | MercuryTag.TARGET;
        return (tag.hashCode() & others)
                | (tag.sightings() == 1 ? 0 : MercuryTag.READ_COUNT)
                | (tag.rssiCentiDbm().isEmpty() ? 0 : MercuryTag.RSSI)
                | (tag.antenna() == 0 ? 0 : MercuryTag.ANTENNA)
                | (tag.time().equals(ReaderTime.NONE) ? 0 : MercuryTag.TIMESTAMP);
    }

    @Test
    void goldenTagsAreEncodedByteForByte() {
        int tags = 0;
        for (Golden vector : golden()) {
            byte[] frame = vector.hexBytes();
            List<ReaderMessage> messages = hear(frame).messages();
            if (messages.size() == 1 && messages.getFirst() instanceof TagReport && frame[0] == -1) {
                byte[] data = Arrays.copyOfRange(frame, 5, frame.length - 2);
                assertThat(MercuryTagRecord.decode(data).orElseThrow().encode())
                        .as(vector.name())
                        .isEqualTo(frame);
                tags++;
            }
        }
        assertThat(tags).isGreaterThan(10);
    }

    @Test
    void goldenRepliesAreEncodedByteForByte() {
        int replies = 0;
        for (Golden vector : golden()) {
            List<ReaderMessage> messages = hear(vector.hexBytes()).messages();
            boolean alone = !vector.expected().contains(";") && !vector.name().contains("type 00");
            if (alone && messages.size() == 1 && messages.getFirst() instanceof MercuryMessage message) {
                assertThat(message.encode()).as(vector.name()).isEqualTo(vector.hexBytes());
                replies++;
            }
        }
        assertThat(replies).isGreaterThan(20);
    }

    @Test
    void theTagCrcIsThatOfGen2() {
        byte[] pc = {0x30, 0x00};
        assertThat(MercuryTagRecord.tagCrc(pc, new Chip("000000000000000000001545").bytes()))
                .isEqualTo(0xE94A);
    }

    @Test
    void aReportThatLacksWhatTheFlagsAskForIsRefused() {
        TagReport bare = new TagReport(new Chip("E200"), 0, OptionalInt.empty(), ReaderTime.NONE, 1);
        for (int flag : new int[] {MercuryTag.RSSI, MercuryTag.ANTENNA, MercuryTag.TIMESTAMP, 0x1000}) {
            assertThatThrownBy(() -> MercuryTag.encode(bare, flag, false)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void rssiAndTimeAreRoundedAsTheRecordCanSay() {
        TagReport fine = new TagReport(
                new Chip("E200"), 4, OptionalInt.of(-6049), new ReaderTime(ReaderTime.Base.CYCLE, 12_999), 1);
        assertThat(hear(MercuryTag.encode(fine, 0x0016, false)).messages())
                .containsExactly(new TagReport(
                        new Chip("E200"), 4, OptionalInt.of(-6000), new ReaderTime(ReaderTime.Base.CYCLE, 12_000), 1));
    }

    @Test
    void versionsAreReadable() {
        MercuryMessage.Version version =
                new MercuryMessage.Version(0x14120800, 0x30000001, 0x20190215, 0x01090300, 0x10, "");
        assertThat(version.model()).isEqualTo("M6e Nano");
        assertThat(version.firmwareText()).isEqualTo("01.09.03.00");
    }

    @Test
    void statusesAreReadable() {
        assertThat(MercuryStatus.text(MercuryStatus.NO_ANTENNA)).isEqualTo("0503 no antenna connected");
        assertThat(MercuryStatus.text(0x1234)).isEqualTo("1234 unknown status");
    }
}

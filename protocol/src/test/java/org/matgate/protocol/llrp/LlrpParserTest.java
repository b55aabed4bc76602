package org.matgate.protocol.llrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpTag.Field.Kind;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FrameParserContract;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Golden;
import org.matgate.protocol.reader.Heard;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

class LlrpParserTest extends FrameParserContract<ReaderMessage> {
    /** Less than in the field, so that enough of it can be tried. */
    private static final int LARGEST = 2048;

    @Override
    protected ResyncParser<ReaderMessage> newParser() {
        return new LlrpParser(LARGEST);
    }

    @Override
    protected int largestFrame() {
        return LARGEST;
    }

    @Override
    protected List<Golden> golden() {
        return Golden.load(LlrpParserTest.class, "messages.golden");
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
        return ((LlrpMessage) message).encode();
    }

    @Test
    void goldenMessagesAreEncodedByteForByte() {
        int messages = 0;
        for (Golden vector : golden()) {
            if (!vector.expected().contains(" ; ") && !vector.expected().startsWith("skipped")) {
                byte[] encoded = encode(hear(vector.hexBytes()).messages().getFirst());
                byte[] frame = vector.hexBytes();
                // A golden message of version 2 is encoded in version 1.
                frame[0] = (byte) (1 << 2 | (frame[0] & 3));
                assertThat(encoded).as(vector.name()).isEqualTo(frame);
                messages++;
            }
        }
        assertThat(messages).isGreaterThan(15);
    }

    private static LlrpMessage.RoAccessReport report(LlrpParameter... fields) {
        return new LlrpMessage.RoAccessReport(1, List.of(new LlrpTag.TagReportData(List.of(fields))));
    }

    private static final LlrpTag.Epc EPC = new LlrpTag.Epc96(new Chip("300833B2DDD906C000000000"));

    @Test
    void aSightingIsReportedAsAllFamiliesSayIt() {
        assertThat(report(
                                EPC,
                                new LlrpTag.Field(Kind.ANTENNA_ID, 4),
                                new LlrpTag.Field(Kind.PEAK_RSSI, -61),
                                new LlrpTag.Field(Kind.FIRST_SEEN_UTC, 1_387_000_000_000_001L),
                                new LlrpTag.Field(Kind.FIRST_SEEN_UPTIME, 5),
                                new LlrpTag.Field(Kind.SEEN_COUNT, 3),
                                new LlrpVendor.Impinj(LlrpVendor.Impinj.Kind.PEAK_RSSI, -6123))
                        .reports())
                .containsExactly(new TagReport(
                        new Chip("300833B2DDD906C000000000"),
                        4,
                        OptionalInt.of(-6123),
                        new ReaderTime(ReaderTime.Base.UTC, 1_387_000_000_000_001L),
                        3));
    }

    @Test
    void withoutUtcTheTimeIsUptimeAndWithoutImpinjTheRssiIsWhole() {
        assertThat(report(
                                EPC,
                                new LlrpTag.Field(Kind.ANTENNA_ID, 256),
                                new LlrpTag.Field(Kind.PEAK_RSSI, -61),
                                new LlrpTag.Field(Kind.FIRST_SEEN_UPTIME, 5),
                                new LlrpTag.Field(Kind.SEEN_COUNT, 0))
                        .reports())
                .containsExactly(new TagReport(
                        new Chip("300833B2DDD906C000000000"),
                        0,
                        OptionalInt.of(-6100),
                        new ReaderTime(ReaderTime.Base.UPTIME, 5),
                        1));
    }

    @Test
    void aTimeBeyondAllCalendarsIsNone() {
        for (long micros : new long[] {-1, Long.MAX_VALUE, Long.MAX_VALUE / 1000 + 1}) {
            assertThat(report(EPC, new LlrpTag.Field(Kind.FIRST_SEEN_UTC, micros))
                            .reports()
                            .getFirst()
                            .time())
                    .isEqualTo(ReaderTime.NONE);
        }
    }

    @Test
    void anEpcOfAnyLengthIsReportedAsWholeBytes() {
        assertThat(report(new LlrpTag.EpcData(12, "ABC0")).reports())
                .extracting(TagReport::chip)
                .containsExactly(new Chip("ABC0"));
        assertThat(report(new LlrpTag.EpcData(0, "")).reports()).isEmpty();
        assertThat(report(new LlrpTag.EpcData(63 * 8, "00".repeat(63))).reports())
                .isEmpty();
        assertThatThrownBy(() -> new LlrpTag.EpcData(17, "ABC0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMessageTellsItsSightingsInOrder() {
        LlrpMessage.RoAccessReport two = new LlrpMessage.RoAccessReport(
                1,
                List.of(
                        new LlrpTag.TagReportData(List.of(new LlrpTag.EpcData(8, "01"))),
                        new LlrpParameter.Other(242, "00"),
                        new LlrpTag.TagReportData(List.of(new LlrpTag.EpcData(8, "02")))));
        assertThat(two.reports()).extracting(r -> r.chip().hex()).containsExactly("01", "02");
        assertThat(two.tags()).hasSize(2);
        assertThat(new LlrpMessage.Keepalive(1).reports()).isEmpty();
    }

    @Test
    void aTypeOfNewerReadersIsTakenOnlyInStep() {
        LlrpMessage newer = new LlrpMessage.Other(7, 900, "0102030405");
        LlrpMessage keepalive = new LlrpMessage.Keepalive(8);
        assertThat(hear(joined(keepalive.encode(), newer.encode(), keepalive.encode()))
                        .messages())
                .containsExactly(keepalive, newer, keepalive);
        assertThat(hear(joined(new byte[] {0}, newer.encode(), keepalive.encode()))
                        .text())
                .isEqualTo("skipped NOISE 16 ; Keepalive[id=8]");
    }

    @Test
    void whatAClientSaysIsNoise() {
        assertThat(hear(new LlrpCommand.KeepaliveAck(1).encode()).messages()).isEmpty();
    }

    @Test
    void aWrongLengthHoldsNothingBackOnceTheNextMessageBegins() {
        byte[] longer = report(EPC).encode();
        longer[4] = 7;
        byte[] next = new LlrpMessage.Keepalive(9).encode();
        assertThat(hear(joined(longer, next)).messages()).containsExactly(new LlrpMessage.Keepalive(9));
        LlrpParser parser = new LlrpParser();
        Heard<ReaderMessage> heard = new Heard<>();
        byte[] both = joined(longer, next);
        parser.parse(both, 0, both.length, heard);
        assertThat(heard.messages()).containsExactly(new LlrpMessage.Keepalive(9));
    }

    @Test
    void parametersNestedWithoutEndAreMalformed() {
        LlrpParameter error = new LlrpStatus.FieldError(1, 1);
        for (int depth = 2; depth < LlrpInput.MAX_DEPTH; depth++) {
            error = new LlrpStatus.ParameterError(1, 1, List.of(error));
        }
        assertThat(hear(failed(error).encode()).messages()).containsExactly(failed(error));
        byte[] deeper =
                failed(new LlrpStatus.ParameterError(1, 1, List.of(error))).encode();
        assertThat(hear(deeper).text()).startsWith("skipped MALFORMED " + deeper.length);
    }

    private static LlrpMessage failed(LlrpParameter error) {
        return LlrpMessage.Reply.of(1, LlrpMessage.Reply.To.ADD_ROSPEC, new LlrpStatus(100, "", List.of(error)));
    }

    @Test
    void aNumberThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new LlrpTag.Field(Kind.PEAK_RSSI, 128)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LlrpMessage.Keepalive(1L << 32).encode())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LlrpMessage.Reply.of(
                                1, LlrpMessage.Reply.To.ADD_ROSPEC, LlrpStatus.of(0, "x".repeat(70_000)))
                        .encode())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statusesAreReadable() {
        assertThat(LlrpStatus.of(101, "").text()).isEqualTo("101 error in a field");
        assertThat(LlrpStatus.of(109, "no such").text()).isEqualTo("109 unsupported message: no such");
        assertThat(new LlrpEvent.ConnectionAttempt(2).text()).isEqualTo("2 reader is busy: another client holds it");
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** Each of its parameters holds the head of a message that goes on to the end, where it turns out to be none. */
    @Test
    @Timeout(120)
    void aMessageMadeOfHeadsTakesNoMoreWorkThanAnother() {
        int parameter = 14;
        ByteBuffer bytes = ByteBuffer.allocate(LlrpFrame.LARGEST);
        head(bytes);
        while (bytes.remaining() >= 2 * parameter) {
            bytes.putShort((short) 900).putShort((short) parameter);
            head(bytes);
        }
        // A parameter that is too short for its own head.
        bytes.putShort((short) 900).putShort((short) 1);
        byte[] keepalive = new LlrpMessage.Keepalive(7).encode();
        List<ReaderMessage> heard = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        FrameParser.Sink<ReaderMessage> sink = new FrameParser.Sink<>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                heard.add(message);
            }

            @Override
            public void skipped(Skipped run) {
                skipped.add(run);
            }
        };
        LlrpParser parser = new LlrpParser();
        for (int i = 0; i < 20; i++) {
            parser.parse(bytes.array(), 0, bytes.capacity(), sink);
        }
        parser.parse(keepalive, 0, keepalive.length, sink);
        assertThat(heard).containsExactly(new LlrpMessage.Keepalive(7));
        assertThat(skipped.stream().mapToLong(Skipped::length).sum()).isEqualTo(20L * bytes.capacity());
    }

    /** The head of a report that fills the buffer to its end. */
    private static void head(ByteBuffer bytes) {
        bytes.putShort((short) (1 << 10 | 61)).putInt(bytes.remaining() + 2).putInt(0);
    }
}

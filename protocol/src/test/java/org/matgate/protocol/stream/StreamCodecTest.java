package org.matgate.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.wire.Wire;

class StreamCodecTest {
    private static final JournalId JOURNAL = new JournalId(-1, 42);

    private static List<StreamMessage> samples(long seed) {
        Random random = new Random(seed);
        SampleEvents events = new SampleEvents(seed);
        List<Event> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            batch.add(events.next());
        }
        SeqRanges ranges = SeqRanges.of(3, 7).plus(9, 9).plus(100, SeqRanges.MAX_SEQ);
        return List.of(
                new StreamMessage.Hello(
                        1,
                        2,
                        "финиш",
                        "matgate 0.1.0",
                        List.of("finish", "split"),
                        "secret",
                        new UUID(random.nextLong(), random.nextLong()),
                        true,
                        List.of(
                                new StreamMessage.JournalSummary(JOURNAL, 1, 0),
                                new StreamMessage.JournalSummary(new JournalId(5, -5), 7, 1L << 39))),
                new StreamMessage.Welcome(
                        1, "central", List.of(new StreamMessage.JournalHeld(JOURNAL, ranges, 3)), 100, -7),
                new StreamMessage.Refuse(StreamMessage.Reason.TOKEN, "the token is revoked", 30),
                new StreamMessage.Events(JOURNAL, 17, batch),
                new StreamMessage.Ack(JOURNAL, ranges),
                new StreamMessage.Ping(-1, 1),
                new StreamMessage.Pong(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE),
                new StreamMessage.Resend(JOURNAL, SeqRanges.EMPTY),
                new StreamMessage.Beep(3));
    }

    @Test
    void everyMessageComesBackAsItWas() throws StreamFormatException {
        long seed = Seeds.seed(getClass());
        for (StreamMessage message : samples(seed)) {
            assertThat(StreamCodec.decode(StreamCodec.encode(message))).isEqualTo(message);
            assertThat(StreamCodec.decode(StreamCodec.encode(message, 1, false)))
                    .isEqualTo(message);
        }
    }

    @Test
    void everyBodyStandsByItself() throws StreamFormatException {
        SampleEvents events = new SampleEvents(Seeds.seed(getClass()));
        for (int i = 0; i < 2000; i++) {
            Event event = events.next();
            if (event instanceof Event.TagRead) {
                assertThatIllegalArgumentException().isThrownBy(() -> EventCodec.body(event));
                continue;
            }
            assertThat(EventCodec.event(event.stamp(), EventCodec.kind(event), EventCodec.body(event)))
                    .isEqualTo(event);
        }
    }

    @Test
    void enumsHaveTheNumbersOfTheContract() {
        sameConstants(WireEnum.LINE, Source.Line.values(), Wire.Line.getDescriptor());
        sameConstants(WireEnum.READER_TIME_BASE, ReaderTime.Base.values(), Wire.ReaderTimeBase.getDescriptor());
        sameConstants(WireEnum.CLOCK_SOURCE, Event.ClockSource.values(), Wire.ClockSource.getDescriptor());
        sameConstants(WireEnum.READER_PHASE, Event.ReaderPhase.values(), Wire.ReaderPhase.getDescriptor());
        sameConstants(
                WireEnum.ANTENNA_CONDITION, Event.AntennaCondition.values(), Wire.AntennaCondition.getDescriptor());
        sameConstants(WireEnum.BOX_CONDITION, Event.BoxCondition.values(), Wire.BoxCondition.getDescriptor());
        sameConstants(WireEnum.GAP_CAUSE, Gap.Cause.values(), Wire.GapCause.getDescriptor());
        sameConstants(WireEnum.REASON, StreamMessage.Reason.values(), Wire.Refuse.Reason.getDescriptor());
    }

    private static <E extends Enum<E>> void sameConstants(WireEnum<E> map, E[] ours, EnumDescriptor theirs) {
        assertThat(theirs.getValues()).hasSameSizeAs(ours);
        for (E constant : ours) {
            assertThat(theirs.findValueByNumber(map.number(constant)).getName()).endsWith("_" + constant.name());
            assertThat(map.constant(map.number(constant))).isEqualTo(constant);
        }
        assertThat(map.constant(99)).isEqualTo(ours[0]);
    }

    @Test
    void aNewerPeersMessageIsPassedOver() throws StreamFormatException {
        UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        assertThat(StreamCodec.decode(fields.toByteArray())).isEqualTo(new StreamMessage.Unrecognised());
        assertThatThrownBy(() -> StreamCodec.decode(new byte[0]))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("without content");
    }

    @Test
    void aCompressedBatchIsUnpackedWithinItsBound() throws StreamFormatException, IOException {
        SampleEvents events = new SampleEvents(1);
        List<Event> batch = List.of(events.next(), events.next(), events.next());
        byte[] packed = deflate(EventListCodec.encode(batch).toByteArray());
        assertThat(StreamCodec.decode(compressed(packed, 3))).isEqualTo(new StreamMessage.Events(JOURNAL, 1, batch));
        assertThatThrownBy(() -> StreamCodec.decode(compressed(deflate(new byte[64 << 20]), 3)))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("unpack to over");
        assertThatThrownBy(() -> StreamCodec.decode(compressed(new byte[] {1, 2, 3}, 3)))
                .isInstanceOf(StreamFormatException.class);
    }

    @Test
    void aSmallMessageDoesNotBecomeMillionsOfObjects() throws IOException {
        byte[] bomb = new byte[4 << 20];
        for (int i = 0; i < bomb.length; i += 2) {
            bomb[i] = 0x1a; // an event of no bytes
        }
        assertThatThrownBy(() -> StreamCodec.decode(compressed(deflate(bomb), 1)))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("batch of over 12288 parts");
        Wire.Event.Builder event = Wire.Event.newBuilder();
        Wire.ReaderState.Builder state = event.getReaderStateBuilder();
        for (int i = 0; i < 1 << 20; i++) {
            state.addGaps(Wire.Gap.getDefaultInstance());
        }
        byte[] nested = Wire.EventList.newBuilder().addEvents(event).build().toByteArray();
        assertThatThrownBy(() -> StreamCodec.decode(compressed(deflate(nested), 1)))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("message of over 262144 fields");
    }

    @Test
    void ofAStrangerOnlyAGreetingIsUnpacked() throws StreamFormatException {
        for (StreamMessage message : samples(Seeds.seed(getClass()))) {
            byte[] bytes = StreamCodec.encode(message);
            if (message instanceof StreamMessage.Hello
                    || message instanceof StreamMessage.Ping
                    || message instanceof StreamMessage.Pong) {
                assertThat(StreamCodec.decodeFirst(bytes)).isEqualTo(message);
                // Of several the last one counts, so each is looked at.
                byte[] both = ByteString.copyFrom(bytes)
                        .concat(ByteString.copyFrom(StreamCodec.encode(new StreamMessage.Beep(1))))
                        .toByteArray();
                assertThatThrownBy(() -> StreamCodec.decodeFirst(both)).hasMessageContaining("not Beep");
            } else {
                assertThatThrownBy(() -> StreamCodec.decodeFirst(bytes))
                        .isInstanceOf(StreamFormatException.class)
                        .hasMessage("the first message must be Hello, not "
                                + message.getClass().getSimpleName());
            }
        }
    }

    @Test
    void whatANewerBoxAddsIsPassedOverOrKept() throws StreamFormatException, InvalidProtocolBufferException {
        Event.TagRead read = new SampleEvents(1).read();
        Wire.EventList list = EventListCodec.encode(List.of(read, read));
        UnknownFieldSet added = UnknownFieldSet.newBuilder()
                .addField(9, field(ByteString.copyFromUtf8("of every kind")))
                .addField(77, field(ByteString.copyFromUtf8("a kind of version 2")))
                .build();
        Wire.EventList newer = list.toBuilder()
                .setEvents(
                        0,
                        list.getEvents(0).toBuilder()
                                .setTagRead(list.getEvents(0).getTagRead().toBuilder()
                                        .setUnknownFields(added))
                                .setUnknownFields(UnknownFieldSet.newBuilder()
                                        .addField(9, field(ByteString.copyFromUtf8("of every kind")))
                                        .build()))
                .setEvents(1, list.getEvents(1).toBuilder().clearKind().setUnknownFields(added))
                .setUnknownFields(added)
                .build();
        StreamMessage.Events decoded = (StreamMessage.Events) StreamCodec.decode(plain(newer, 2));
        Event.Unknown unknown = new Event.Unknown(read.stamp(), 77, ByteString.copyFromUtf8("a kind of version 2"));
        assertThat(decoded.events()).containsExactly(read, unknown);
        assertThat(StreamCodec.decode(StreamCodec.encode(decoded, 1, true))).isEqualTo(decoded);

        byte[] hello = StreamCodec.encode(new StreamMessage.Welcome(1, "engine", List.of(), 5, 7));
        Wire.StreamMessage welcome = Wire.StreamMessage.parseFrom(hello);
        byte[] richer = welcome.toBuilder()
                .setWelcome(welcome.getWelcome().toBuilder().setUnknownFields(added))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(99, field(ByteString.EMPTY))
                        .build())
                .build()
                .toByteArray();
        assertThat(StreamCodec.decode(richer)).isEqualTo(StreamCodec.decode(hello));
    }

    private static UnknownFieldSet.Field field(ByteString bytes) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
    }

    private static byte[] plain(Wire.EventList list, int count) {
        return Wire.StreamMessage.newBuilder()
                .setEvents(Wire.Events.newBuilder()
                        .setJournal(EventListCodec.bytes(JOURNAL))
                        .setFirstSeq(1)
                        .setCount(count)
                        .setPlain(list))
                .build()
                .toByteArray();
    }

    @Test
    void aBatchThatDeflatesWellIsUnpackedAsAWhole() throws StreamFormatException {
        Event.TagRead read = new SampleEvents(1).read();
        StreamMessage.Events many = new StreamMessage.Events(JOURNAL, 1, Collections.nCopies(4096, read));
        byte[] packed = StreamCodec.encode(many, 1, true);
        assertThat(packed).hasSizeLessThan(StreamCodec.encode(many, 1, false).length / 10);
        assertThat(StreamCodec.decode(packed)).isEqualTo(many);
    }

    private static byte[] compressed(byte[] packed, int count) {
        return Wire.StreamMessage.newBuilder()
                .setEvents(Wire.Events.newBuilder()
                        .setJournal(EventListCodec.bytes(JOURNAL))
                        .setFirstSeq(1)
                        .setCount(count)
                        .setDeflated(ByteString.copyFrom(packed)))
                .build()
                .toByteArray();
    }

    private static byte[] deflate(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void badBatchesAreNamed() {
        Wire.EventList list = EventListCodec.encode(List.of(new SampleEvents(1).read()));
        badBatch(1, 5, list, "says 5 events and has 1");
        badBatch(1, 0, list, "batch of 0 events");
        badBatch(1, 5000, list, "batch of 5000 events");
        badBatch(0, 1, list, "from seq 0");
        Wire.Event read = list.getEvents(0);
        badBatch(
                1, 1, list.toBuilder().setEvents(0, read.toBuilder().setBoot(9)).build(), "boot 9 of 1");
        badBatch(1, 1, with(list, read.getTagRead().toBuilder().setSource(4)), "source 4 of 1");
        badBatch(1, 1, with(list, read.getTagRead().toBuilder().clearChip()), "chip of 0 bytes");
        badBatch(1, 1, with(list, read.getTagRead().toBuilder().setChip(ByteString.copyFrom(new byte[63]))), "63");
        badBatch(
                1,
                1,
                list.toBuilder().setEvents(0, read.toBuilder().clearKind()).build(),
                "has no kind");
        badBatch(
                1,
                1,
                list.toBuilder().setBoots(0, ByteString.copyFrom(new byte[3])).build(),
                "boot id of 3 bytes");
    }

    private static Wire.EventList with(Wire.EventList list, Wire.TagRead.Builder read) {
        return list.toBuilder()
                .setEvents(0, list.getEvents(0).toBuilder().setTagRead(read))
                .build();
    }

    private static void badBatch(long firstSeq, int count, Wire.EventList list, String says) {
        byte[] bytes = Wire.StreamMessage.newBuilder()
                .setEvents(Wire.Events.newBuilder()
                        .setJournal(EventListCodec.bytes(JOURNAL))
                        .setFirstSeq(firstSeq)
                        .setCount(count)
                        .setPlain(list))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> StreamCodec.decode(bytes))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining(says);
    }

    @Test
    void hostileBytesAreRefusedAndNothingElseHappens() {
        long seed = Seeds.seed(getClass());
        Random random = new Random(seed);
        List<byte[]> good = samples(seed).stream()
                .map(message -> StreamCodec.encode(message, random.nextBoolean() ? 1 : 2, false))
                .toList();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.get(random.nextInt(good.size())).clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                bytes[random.nextInt(Math.min(bytes.length, 400))] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                StreamMessage message = StreamCodec.decode(bytes);
                assertThat(message).isNotNull();
            } catch (StreamFormatException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test
    void aMessageThatIsTooLargeIsNotSent() {
        String huge = "x".repeat(StreamCodec.MAX_MESSAGE_BYTES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamCodec.encode(new StreamMessage.Refuse(StreamMessage.Reason.BUSY, huge, 0)))
                .withMessageContaining("1048576");
    }

    @Test
    void theTokenIsNeverShown() {
        assertThat(samples(1).getFirst().toString()).doesNotContain("secret").contains("финиш");
    }
}

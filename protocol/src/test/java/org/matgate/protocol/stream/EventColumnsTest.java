package org.matgate.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.wire.Wire;

/** Batches of version 2: bytes laid down once, every value exact, and nothing hostile let through. */
class EventColumnsTest {
    private static final JournalId JOURNAL = new JournalId(-1, 42);
    private static final long[] EXTREMES = {
        0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE - 1
    };

    private static final List<ReaderTime.Base> BASES = List.of(ReaderTime.Base.values());

    private static byte[] encode(List<Event> events, boolean deflate) {
        return StreamCodec.encode(new StreamMessage.Events(JOURNAL, 5, events), 2, deflate);
    }

    private static void comesBack(List<Event> events) throws StreamFormatException {
        for (boolean deflate : new boolean[] {false, true}) {
            StreamMessage.Events decoded = (StreamMessage.Events) StreamCodec.decode(encode(events, deflate));
            assertThat(decoded.events()).isEqualTo(events);
            assertThat(decoded.firstSeq()).isEqualTo(5);
        }
    }

    @Test
    void eventsOfAllKindsComeBackAsTheyWere() throws StreamFormatException {
        Random random = new Random(Seeds.seed(getClass()));
        for (int round = 0; round < 60; round++) {
            SampleEvents samples = new SampleEvents(random.nextLong());
            List<Event> events = new ArrayList<>();
            int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 1000 : 20);
            for (int i = 0; i < size; i++) {
                events.add(round % 3 == 0 ? samples.read() : samples.next());
            }
            comesBack(events);
        }
    }

    @Test
    void noNumberIsTooLargeOrTooSmall() throws StreamFormatException {
        Random random = new Random(Seeds.seed(getClass()));
        for (int round = 0; round < 100; round++) {
            List<Event> events = new ArrayList<>();
            int size = 1 + random.nextInt(30);
            for (int i = 0; i < size; i++) {
                events.add(extreme(random));
            }
            comesBack(events);
        }
    }

    private static Event.TagRead extreme(Random random) {
        long moment = any(random) & Long.MAX_VALUE;
        long uncertainty = Math.max(1, any(random) & Long.MAX_VALUE);
        ReaderTime.Base base = BASES.get(random.nextInt(BASES.size()));
        byte[] chip = new byte[1 + random.nextInt(Chip.MAX_BYTES)];
        if (random.nextBoolean()) {
            random.nextBytes(chip);
        }
        return new Event.TagRead(
                new Stamp(new UUID(random.nextInt(2), 0), any(random), any(random), uncertainty, moment),
                new Source("mat-" + random.nextInt(20), "", Source.Line.MAIN),
                (int) any(random),
                Chip.of(chip),
                random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of((int) any(random)),
                base == ReaderTime.Base.NONE ? ReaderTime.NONE : new ReaderTime(base, any(random)),
                any(random),
                Math.max(1, (int) any(random)));
    }

    private static long any(Random random) {
        return random.nextInt(3) == 0 ? random.nextLong() : EXTREMES[random.nextInt(EXTREMES.length)];
    }

    @Test
    void columnsAreAsTheContractSays() throws StreamFormatException {
        Column.Writer writer = new Column.Writer(4);
        assertThat(hex(writer.plain(new long[] {0, 0, 0}, 3))).isEmpty();
        assertThat(hex(writer.plain(new long[] {-3, -3, -3}, 3))).isEqualTo("05");
        // Base -6000, step 50: -1, 0 and 3 steps.
        assertThat(hex(writer.plain(new long[] {-6050, -6000, -5850}, 3))).isEqualTo("df5d32010006");
        // 100, then twice 7 more.
        assertThat(hex(writer.differences(new long[] {100, 107, 114}, 3, new int[] {-1, 0, 1})))
                .isEqualTo("c8010e");
        // The third differs from the first.
        assertThat(hex(writer.differences(new long[] {5, 9, 6, 0}, 3, new int[] {-1, 0, 0})))
                .isEqualTo("0a08030001");
        ByteString least = writer.plain(new long[] {Long.MIN_VALUE}, 1);
        assertThat(hex(least)).isEqualTo("ffffffffffffffffff01");
        assertThat(Column.plain(least, 1, "x")).containsExactly(Long.MIN_VALUE);
    }

    private static List<Event> golden() {
        UUID boot = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
        Source main = new Source("mat", "finish", Source.Line.MAIN);
        Source backup = new Source("mat2", "finish", Source.Line.BACKUP);
        return List.of(
                read(boot, main, "E2801160AA01", 1_000_000_000, 30_000, 3),
                read(boot, backup, "E2801160AA02", 1_000_700_000, -60_000, 3),
                new Event.Mark(new Stamp(boot, 1_000_900_000, 1_900_000_000, 77, 7), "finish", "mark", true, 0),
                read(boot, main, "E2801160AA01", 1_002_000_000, 31_000, 1));
    }

    private static Event read(UUID boot, Source source, String chip, long monotonic, long micros, int sightings) {
        return new Event.TagRead(
                new Stamp(boot, monotonic, monotonic + 900_000_000, 1_200, 200),
                source,
                2,
                new Chip(chip),
                sightings == 1 ? OptionalInt.empty() : OptionalInt.of(-6150),
                new ReaderTime(ReaderTime.Base.UTC, micros),
                monotonic + 400,
                sightings);
    }

    @Test
    void aBatchIsAsItWasWhenTheVersionWasMade() throws StreamFormatException {
        String laidDown =
                "22df010a10ffffffffffffffff000000000000002a1005180432c6010a100102030405060708090a0b0c0d0e0f10120d0a03"
                        + "6d6174120666696e69736812100a046d617432120666696e69736818011a2410c096c4ba0718c0b5b9d906209a01280e9201"
                        + "100a0666696e69736812046d61726b18012201042a078b6086300000023201063a0ae0d403d00ff8c6050100420f809a889d"
                        + "07c0e3bf56a0ede22a00014a0580a4a7da065202d20f5a0290036202a0066a05000200000272010c7a07e2801160aa010282"
                        + "01040a0501008a010500010002009a01050402000001a2010104";
        byte[] bytes = encode(golden(), false);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(laidDown);
        assertThat(((StreamMessage.Events) StreamCodec.decode(bytes)).events()).isEqualTo(golden());
    }

    @Test
    void columnsThatDoNotFitAreRefused() {
        String early = "ends early";
        refused("column source goes on for 1 bytes behind its 3 values", wire -> wire.setSource(hex("000100020001")));
        refused("column antenna of 4 bytes " + early, wire -> wire.setAntenna(hex("00010002")));
        refused("column antenna of 1 bytes " + early, wire -> wire.setAntenna(hex("80")));
        refused("over 64 bits", wire -> wire.setArrival(hex("ffffffffffffffffff02")));
        refused("over 64 bits", wire -> wire.setArrival(hex("ffffffffffffffffffff01")));
        refused("column moment goes on", wire -> wire.setMoment(hex("00000100000000")));
        refused("2 in column source; want 0 to 1", wire -> wire.setSource(hex("0001000004")));
        refused("-1 in column boot; want 0 to 0", wire -> wire.setBoot(hex("01")));
        refused("in column antenna", wire -> wire.setAntenna(hex("8080808010")));
        refused("in column rssi", wire -> wire.setRssi(hex("8280808010")));
        refused("-1 in column merged", wire -> wire.setMerged(hex("01")));
        refused("-1 in column moment_uncertainty", wire -> wire.setMomentUncertainty(hex("01")));
        // The clock's part less than the moment's takes away, and one that the sum cannot hold.
        refused("ns of the clock", wire -> wire.setClockUncertainty(hex("ffff03")));
        refused("ns of the clock", wire -> wire.setClockUncertainty(hex("feffffffffffffffff01")));
        refused("stands behind 4 more reads; 3 are left", wire -> wire.setPlaces(hex("08")));
        refused("stands behind -1 more reads", wire -> wire.setPlaces(hex("01")));
        refused("boot id of 3 bytes", wire -> wire.setBoots(0, hex("010203")));
        refused("0 in column boot; want 0 to -1", Wire.EventColumns.Builder::clearBoots);
    }

    @Test
    void chipsThatAreNotThereAreRefused() {
        refused("read 0 has chip -1 of 0", wire -> wire.setChip(hex("0001020000")));
        refused("has chip -3 of 2", wire -> wire.setChip(hex("0001000006")));
        refused("column chip_length goes on", wire -> wire.setChipLength(hex("0c01000000")));
        refused("chip 0 has 0 bytes", wire -> wire.setChipLength(ByteString.EMPTY));
        refused("chip 0 has 63 bytes", wire -> wire.setChipLength(hex("7e")));
        refused("chip 0 of 6 bytes shares 1 with one of 0", wire -> wire.setChipShared(hex("02")));
        refused("chip 1 of 6 bytes shares 7", wire -> wire.setChipShared(hex("0001000e")));
        refused("-1 of them shared", wire -> wire.setChipShared(hex("01")));
        refused("and 0 bytes are left", wire -> wire.setChipBytes(ByteString.EMPTY));
        refused(
                "chip_bytes goes on for 1 bytes",
                wire -> wire.setChipBytes(wire.getChipBytes().concat(hex("00"))));
    }

    @Test
    void aSmallMessageDoesNotBecomeMillionsOfNumbers() {
        // As much as fits, of a column that should have three values.
        ByteString flood = ByteString.copyFrom(new byte[1 << 19]);
        refused("goes on for", wire -> wire.setArrival(flood));
        Wire.EventColumns.Builder many = Wire.EventColumns.newBuilder();
        for (int i = 0; i < 20_000; i++) {
            many.addOthers(Wire.Event.getDefaultInstance());
        }
        assertThatThrownBy(() -> StreamCodec.decode(message(many, 4)))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("batch says 4 events and has 20000 that are no reads");
        Wire.Events.Builder deflated = Wire.Events.newBuilder()
                .setJournal(EventListCodec.bytes(JOURNAL))
                .setFirstSeq(1)
                .setCount(4)
                .setDeflatedColumns(Deflating.pack(many.build().toByteArray()));
        assertThatThrownBy(() -> StreamCodec.decode(Wire.StreamMessage.newBuilder()
                        .setEvents(deflated)
                        .build()
                        .toByteArray()))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining("batch of over 12288 parts");
    }

    @Test
    void damagedColumnsAreRefusedAndNothingElseHappens() {
        Random random = new Random(Seeds.seed(getClass()));
        List<Event> events = new ArrayList<>(new ReadTraffic(1, true, true).reads(40));
        events.addAll(golden());
        byte[] good = encode(events, false);
        int refused = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(StreamCodec.decode(bytes)).isNotNull();
            } catch (StreamFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static void refused(String says, Consumer<Wire.EventColumns.Builder> damage) {
        Wire.EventColumns.Builder wire = EventColumnsCodec.encode(golden()).toBuilder();
        damage.accept(wire);
        assertThatThrownBy(() -> StreamCodec.decode(message(wire, 4)))
                .isInstanceOf(StreamFormatException.class)
                .hasMessageContaining(says);
    }

    private static byte[] message(Wire.EventColumns.Builder columns, int count) {
        return Wire.StreamMessage.newBuilder()
                .setEvents(Wire.Events.newBuilder()
                        .setJournal(EventListCodec.bytes(JOURNAL))
                        .setFirstSeq(1)
                        .setCount(count)
                        .setColumns(columns))
                .build()
                .toByteArray();
    }

    private static ByteString hex(String digits) {
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}

package org.matgate.gateway.journal;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** Events for tests: of every kind, from a seed. */
final class SampleEvents {
    static final UUID BOOT = UUID.fromString("6f8f4b2e-5a39-4d3c-9d6c-2f1f6f0a7e11");
    static final UUID OTHER_BOOT = UUID.fromString("0b6d1c53-1c11-4c8b-8a3a-97d1a5a4f0c2");
    static final Source FINISH = new Source("finish-a", "finish", Source.Line.MAIN);

    private final Random random;

    SampleEvents(long seed) {
        random = new Random(seed);
    }

    /** The seed of this run: that of the system property {@code seed}, or another each time; printed. */
    static long seed() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("seed=" + seed);
        return seed;
    }

    /** A read that can be told from all others by its number. */
    static Event.TagRead read(long number) {
        return read(FINISH, number);
    }

    static Event.TagRead read(Source source, long number) {
        return new Event.TagRead(
                new Stamp(
                        BOOT,
                        1_000_000 + number * 1_000,
                        1_790_000_000_000_000_000L + number * 1_000,
                        250_000,
                        100_000),
                source,
                (int) (number % 4) + 1,
                new Chip(String.format(Locale.ROOT, "E280%020X", number)),
                OptionalInt.of(-6_150),
                new ReaderTime(ReaderTime.Base.CYCLE, number % 250_000),
                1_000_500 + number * 1_000,
                1);
    }

    static Event.ReaderState readerState(Source reader, long monotonicNanos, String detail) {
        return new Event.ReaderState(
                new Stamp(BOOT, monotonicNanos, monotonicNanos, Stamp.UNSYNCHRONISED, 0),
                reader,
                Event.ReaderPhase.READING,
                detail,
                List.of(new Gap(Gap.Cause.INTAKE_FULL, 1, 2, 3, 4, 5)));
    }

    /** An event of any kind, with anything that its kind allows. */
    Event any() {
        return switch (random.nextInt(9)) {
            case 0 -> new Event.Gun(stamp(), text(), text(), flag(), flag(), random.nextInt(9));
            case 1 -> new Event.Mark(stamp(), text(), text(), flag(), random.nextInt(9));
            case 2 -> clockState();
            case 3 -> new Event.ReaderState(stamp(), source(), oneOf(Event.ReaderPhase.values()), text(), gaps());
            case 4 ->
                new Event.AntennaState(
                        stamp(), source(), random.nextInt(5), oneOf(Event.AntennaCondition.values()), text());
            case 5 ->
                new Event.BoxState(
                        stamp(),
                        oneOf(Event.BoxCondition.values()),
                        text(),
                        text(),
                        flag(),
                        text(),
                        flag() ? Map.of() : Map.of("finish-a", random.nextLong(1, 99), "b", 1L));
            case 6 -> new Event.Unknown(stamp(), 1_000 + random.nextInt(9), ByteString.copyFrom(bytes(20)));
            default -> anyRead();
        };
    }

    Event.TagRead anyRead() {
        ReaderTime.Base base = oneOf(ReaderTime.Base.values());
        return new Event.TagRead(
                stamp(),
                source(),
                random.nextInt(17),
                new Chip(HexFormat.of().withUpperCase().formatHex(bytes(1 + random.nextInt(Chip.MAX_BYTES)))),
                flag() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(-12_000, 3_000)),
                base == ReaderTime.Base.NONE ? ReaderTime.NONE : new ReaderTime(base, random.nextLong()),
                random.nextLong(),
                1 + random.nextInt(1_000));
    }

    private Event.ClockState clockState() {
        return new Event.ClockState(
                stamp(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(1, Long.MAX_VALUE),
                random.nextLong(),
                oneOf(Event.ClockSource.values()),
                text());
    }

    private List<Gap> gaps() {
        return random.ints(random.nextInt(4), 1, 1_000)
                .mapToObj(n -> new Gap(
                        oneOf(Gap.Cause.values()),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        n))
                .toList();
    }

    private Stamp stamp() {
        return new Stamp(
                flag() ? BOOT : OTHER_BOOT,
                random.nextLong(),
                random.nextLong(),
                flag() ? Stamp.UNSYNCHRONISED : random.nextLong(1, Long.MAX_VALUE),
                random.nextLong(0, Long.MAX_VALUE));
    }

    private Source source() {
        return new Source(oneOf("finish-a", "finish b", ""), oneOf("finish", "10 km"), oneOf(Source.Line.values()));
    }

    private String text() {
        return oneOf("", "gpio17", "Ziel – Süd", "it's \"quoted\"; DROP TABLE event", "🏁");
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}

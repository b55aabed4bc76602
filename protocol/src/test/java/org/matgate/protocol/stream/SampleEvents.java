package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/** Events of every kind with values from a seed, extreme ones among them. */
final class SampleEvents {
    private final Random random;
    private long monotonic = 5_000_000_000L;

    SampleEvents(long seed) {
        random = new Random(seed);
    }

    Event next() {
        return switch (random.nextInt(10)) {
            case 0 -> new Event.Gun(stamp(), text(), text(), flag(), flag(), random.nextInt(100));
            case 1 -> new Event.Mark(stamp(), text(), text(), flag(), random.nextInt(100));
            case 2 ->
                new Event.ClockState(
                        stamp(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        flag() ? Stamp.UNSYNCHRONISED : 1 + random.nextLong(Long.MAX_VALUE - 1),
                        random.nextLong(Long.MAX_VALUE),
                        pick(Event.ClockSource.values()),
                        text());
            case 3 -> {
                Gap gap = new Gap(
                        pick(Gap.Cause.values()),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(Long.MAX_VALUE));
                yield new Event.ReaderState(
                        stamp(),
                        source(),
                        pick(Event.ReaderPhase.values()),
                        text(),
                        flag() ? List.of() : List.of(gap, gap));
            }
            case 4 ->
                new Event.AntennaState(
                        stamp(), source(), random.nextInt(256), pick(Event.AntennaCondition.values()), text());
            case 5 ->
                new Event.BoxState(
                        stamp(),
                        pick(Event.BoxCondition.values()),
                        text(),
                        text(),
                        flag(),
                        text(),
                        flag() ? Map.of() : Map.of("b", 2L, "a", random.nextLong(Long.MAX_VALUE)));
            case 6 -> new Event.Unknown(stamp(), 100 + random.nextInt(50), ByteString.copyFrom(bytes(0, 40)));
            default -> read();
        };
    }

    Event.TagRead read() {
        Stamp stamp = stamp();
        ReaderTime.Base base = pick(ReaderTime.Base.values());
        return new Event.TagRead(
                stamp,
                source(),
                random.nextInt(256),
                Chip.of(bytes(1, Chip.MAX_BYTES)),
                flag() ? OptionalInt.empty() : OptionalInt.of(-random.nextInt(12_000)),
                base == ReaderTime.Base.NONE ? ReaderTime.NONE : new ReaderTime(base, random.nextLong()),
                stamp.monotonicNanos() + random.nextInt(1_000_000_000),
                1 + random.nextInt(3));
    }

    private Stamp stamp() {
        monotonic += random.nextInt(2_000_000) - 500_000;
        return new Stamp(
                new UUID(7, random.nextInt(2)),
                random.nextInt(20) == 0 ? random.nextLong() : monotonic,
                random.nextInt(20) == 0 ? random.nextLong() : 1_795_300_000_000_000_000L + monotonic,
                random.nextInt(5) == 0 ? Stamp.UNSYNCHRONISED : 1 + random.nextInt(10_000_000),
                random.nextInt(3) == 0 ? 0 : random.nextInt(10_000_000));
    }

    private Source source() {
        return new Source("mat-" + random.nextInt(3), "финиш", pick(Source.Line.values()));
    }

    private byte[] bytes(int least, int most) {
        byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private String text() {
        return random.nextInt(4) == 0 ? "" : "text " + random.nextInt(1000) + " ☃";
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}

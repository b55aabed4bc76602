package org.matgate.gateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event.TagRead;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/**
 * Reads as four LLRP readers give them: 2,000 a second altogether, of some thousand chips, in the order of their
 * arrival. The same every time.
 */
final class SampleReads {
    /** How many differ. They are taken round and round, so that a heap of 48 MB has room beside them. */
    static final int COUNT = 16_384;

    private static final int READERS = 4;
    private static final int CHIPS = 3000;
    private static final double PER_SECOND = 2000;

    private SampleReads() {}

    static List<TagRead> make() {
        Random random = new Random(COUNT);
        UUID boot = new UUID(random.nextLong(), random.nextLong());
        List<Source> sources = new ArrayList<>();
        for (int reader = 1; reader <= READERS; reader++) {
            sources.add(new Source("finish-" + reader, "finish", Source.Line.MAIN));
        }
        List<TagRead> reads = new ArrayList<>(COUNT);
        long monotonic = 3_600_000_000_000L;
        long utcOffset = 1_790_000_000_000_000_000L;
        while (reads.size() < COUNT) {
            monotonic += Math.round(-Math.log(1 - random.nextDouble()) / PER_SECOND * 1e9);
            long moment = 200_000L + random.nextInt(50_000);
            reads.add(new TagRead(
                    new Stamp(boot, monotonic, monotonic + utcOffset, 3_000_000 + moment, moment),
                    sources.get(random.nextInt(READERS)),
                    1 + random.nextInt(4),
                    new Chip("3034%020X".formatted(1 + random.nextInt(CHIPS))),
                    OptionalInt.of(-7500 + 50 * random.nextInt(70)),
                    new ReaderTime(ReaderTime.Base.UTC, (monotonic + utcOffset) / 1000),
                    monotonic + 1_000_000 + random.nextInt(400_000),
                    1));
        }
        return reads;
    }
}

package org.matgate.protocol.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/**
 * Reads as a box at a finish has them: of 2,500 runners some pass at a time, each is seen some fifteen times within two
 * seconds by four antennas. From a seed.
 */
final class ReadTraffic {
    private static final int RUNNERS = 2500;
    private static final long DAY_MICROS = 1_780_000_000_000_000L;
    private static final UUID BOOT = new UUID(0x1234_5678_9abc_4defL, 0x8123_4567_89ab_cdefL);

    private final Random random;
    private final boolean llrp;
    private final Source source;
    private final List<Chip> chips = new ArrayList<>();
    private final List<Chip> passing = new ArrayList<>();
    private long micros;

    /**
     * Begins.
     *
     * @param llrp whether the reader stamps in microseconds since 1970, else as Mercury in milliseconds since its cycle
     * @param numbered whether chips are numbered on from each other, as a race buys them, else random throughout
     */
    ReadTraffic(long seed, boolean llrp, boolean numbered) {
        random = new Random(seed);
        this.llrp = llrp;
        source = new Source("finish-main", "finish", Source.Line.MAIN);
        for (int i = 0; i < RUNNERS; i++) {
            chips.add(new Chip(
                    numbered
                            ? "E28011606000" + String.format("%012X", 0x0002_0A1B_0000L + i)
                            : String.format("%016X%08X", random.nextLong(), random.nextInt())));
        }
    }

    List<Event> reads(int count) {
        List<Event> reads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reads.add(read());
        }
        return reads;
    }

    private Event.TagRead read() {
        while (passing.size() < 4 || (random.nextInt(15) == 0 && passing.size() < 8)) {
            passing.add(chips.get(random.nextInt(RUNNERS)));
        }
        micros += 1_000 + random.nextInt(15_000);
        int at = random.nextInt(passing.size());
        Chip chip = random.nextInt(15) == 0 ? passing.remove(at) : passing.get(at);
        long reader = llrp ? DAY_MICROS + micros : (micros / 1000 * 1000) % 250_000;
        // The reader's clock runs off by 12 ppm; the box's is steered by some ppm.
        long monotonic = 5_000_000_000_000L + (llrp ? micros : micros / 1000 * 1000) * 1000 + micros * 12 / 1000;
        long offset = 1_779_995_000_000_000_000L + micros * 3 / 1000;
        long moment = llrp ? 180_000 + micros % 5_000_000 / 10 : 500_000;
        return new Event.TagRead(
                new Stamp(BOOT, monotonic, monotonic + offset, moment + 2_000_000 + micros % 16_000_000 / 20, moment),
                source,
                1 + random.nextInt(4),
                chip,
                OptionalInt.of(-100 * (45 + random.nextInt(25))),
                new ReaderTime(llrp ? ReaderTime.Base.UTC : ReaderTime.Base.CYCLE, reader),
                monotonic + 400_000 + random.nextInt(3_000_000),
                1);
    }
}

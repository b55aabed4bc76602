package org.matgate.gateway.uplink;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.LongStream;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** Things to deliver. */
final class Fixture {
    static final UUID BOOT = new UUID(7, 8);
    static final JournalId NOW = new JournalId(1, 1);
    static final JournalId YESTERDAY = new JournalId(2, 2);
    static final UplinkIdentity IDENTITY =
            new UplinkIdentity("finish-1", "matgate test", List.of("finish"), BOOT, false);
    private static final Source SOURCE = new Source("mat", "finish", Source.Line.MAIN);

    private Fixture() {}

    /** A read whose chip names journal and seq, so that a mix-up shows. */
    static Entry entry(JournalId journal, long seq) {
        Chip chip = new Chip(String.format("%08X%016X", journal.high() & 0xffff_ffffL, seq));
        Stamp stamp = new Stamp(BOOT, 1_000_000 * seq, 1_700_000_000_000_000_000L + 1_000_000 * seq, 1_000_000, 0);
        return new Entry(
                seq,
                new Event.TagRead(stamp, SOURCE, 1, chip, OptionalInt.of(-5500), ReaderTime.NONE, 1_000_000 * seq, 1));
    }

    static List<Entry> entries(JournalId journal, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seq -> entry(journal, seq))
                .toList();
    }

    /** A large event of a kind that nobody knows. */
    static Entry large(long seq, int bytes) {
        return new Entry(
                seq, new Event.Unknown(new Stamp(BOOT, seq, seq, 1, 0), 99, ByteString.copyFrom(new byte[bytes])));
    }

    /** Of a line that has been seen to carry more than any window. */
    static Pace fastPace() {
        Pace pace = new Pace();
        pace.sent(YESTERDAY, 1, 1, false, 0);
        pace.acknowledged(YESTERDAY, SeqRanges.of(1, 1), 1_000_000, 1);
        return pace;
    }

    /** The seed in the system property {@code seed}, or a new one; printed, so that a failure can be had again. */
    static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }
}

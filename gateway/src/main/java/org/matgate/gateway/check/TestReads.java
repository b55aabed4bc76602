package org.matgate.gateway.check;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.EventSink;
import org.matgate.protocol.stream.Event;

/** Takes what readers read in place of the journal, and only counts it. Thread-safe. */
final class TestReads implements EventSink {
    /**
     * What an antenna read.
     *
     * @param bestCentiDbm the strongest of them, 1/100 dBm, where the reader says
     */
    record Tally(long reads, OptionalInt bestCentiDbm) {
        static final Tally NONE = new Tally(0, OptionalInt.empty());

        private Tally plus(Event.TagRead read) {
            OptionalInt now = read.rssiCentiDbm();
            int best = Math.max(now.orElse(Integer.MIN_VALUE), bestCentiDbm.orElse(Integer.MIN_VALUE));
            return new Tally(reads + 1, best == Integer.MIN_VALUE ? OptionalInt.empty() : OptionalInt.of(best));
        }
    }

    private record Where(String reader, int antenna) {}

    /** What a reader that does not tell its antennas reads. */
    private static final int NO_ANTENNA = 0;

    private final Map<Where, Tally> tallies = new HashMap<>();

    @Override
    public synchronized boolean offer(Event event) {
        if (event instanceof Event.TagRead read) {
            tallies.merge(
                    new Where(read.source().reader(), read.antenna()),
                    Tally.NONE.plus(read),
                    (before, first) -> before.plus(read));
        }
        return true;
    }

    /** Begins anew: what was read before nobody had asked for. */
    synchronized void restart() {
        tallies.clear();
    }

    /** What an antenna of a reader read; where the reader does not tell antennas, what it read in all. */
    synchronized Tally of(String reader, int antenna) {
        Tally own = tallies.get(new Where(reader, antenna));
        return own != null ? own : tallies.getOrDefault(new Where(reader, NO_ANTENNA), Tally.NONE);
    }

    /** Whether every antenna of a reader has read. */
    boolean complete(Config.Reader reader) {
        return reader.antennas().stream()
                .allMatch(antenna -> of(reader.source().reader(), antenna).reads() > 0);
    }
}

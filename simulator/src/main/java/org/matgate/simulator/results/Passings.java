package org.matgate.simulator.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.race.Distance;

/**
 * Makes passings of reads. A passing is timed by its strongest read on the main line: a chip on the chest is heard best
 * over the mat, and behind it the wearer's own body is in the way, so that the middle of all reads would be too early.
 * Where the reader tells no strength the middle one has to do. Where only the backup line has read, its strongest read
 * counts, less the time from one line to the other.
 */
final class Passings {
    /** Who has not been read for so long has gone. A walker is within reach of both lines for 5 s. */
    static final long GONE_NANOS = 4_000_000_000L;

    private Passings() {}

    /** All passings of one chip, in the order of time. */
    static List<Passing> of(List<TimedRead> reads) {
        Map<String, List<TimedRead>> byPoint = new HashMap<>();
        reads.stream()
                .sorted(Comparator.comparingLong(TimedRead::atNanos))
                .forEach(read -> byPoint.computeIfAbsent(read.timingPoint(), name -> new ArrayList<>())
                        .add(read));
        List<Passing> passings = new ArrayList<>();
        byPoint.values().forEach(atPoint -> {
            int from = 0;
            for (int i = 1; i <= atPoint.size(); i++) {
                if (i == atPoint.size()
                        || atPoint.get(i).atNanos() - atPoint.get(i - 1).atNanos() > GONE_NANOS) {
                    passings.add(passing(atPoint.subList(from, i)));
                    from = i;
                }
            }
        });
        passings.sort(Comparator.comparingLong(Passing::atNanos));
        return passings;
    }

    private static Passing passing(List<TimedRead> reads) {
        List<TimedRead> main =
                reads.stream().filter(read -> read.line() == Line.MAIN).toList();
        TimedRead best = best(main.isEmpty() ? reads : main);
        long moment = best.line() == Line.MAIN ? best.atNanos() : best.atNanos() - Passing.BACKUP_NANOS;
        return new Passing(best.timingPoint(), best, moment, reads.size());
    }

    private static TimedRead best(List<TimedRead> reads) {
        TimedRead strongest = reads.getFirst();
        for (TimedRead read : reads) {
            if (read.rssiCentiDbm() > strongest.rssiCentiDbm()) {
                strongest = read;
            }
        }
        return strongest.rssiCentiDbm() > Integer.MIN_VALUE ? strongest : reads.get((reads.size() - 1) / 2);
    }

    /**
     * Leaves out those that come again at a timing point sooner than anybody can have run there again: whoever crosses
     * twice, or stands about behind the line.
     */
    static List<Passing> first(List<Passing> passings, List<Stop> stops) {
        Map<String, Long> last = new HashMap<>();
        List<Passing> kept = new ArrayList<>();
        for (Passing passing : passings) {
            Long before = last.get(passing.timingPoint());
            if (before == null || passing.atNanos() - before >= leastNanos(passing.timingPoint(), stops)) {
                last.put(passing.timingPoint(), passing.atNanos());
                kept.add(passing);
            }
        }
        return kept;
    }

    private static long leastNanos(String timingPoint, List<Stop> stops) {
        double least = Double.POSITIVE_INFINITY;
        double before = Double.NEGATIVE_INFINITY;
        for (Stop stop : stops) {
            if (stop.timingPoint().equals(timingPoint)) {
                least = Math.min(least, stop.metres() - before);
                before = stop.metres();
            }
        }
        return Double.isInfinite(least) ? Long.MAX_VALUE : Math.round(least / Distance.FASTEST_METRES_PER_SECOND * 1e9);
    }
}

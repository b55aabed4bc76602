package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import org.matgate.protocol.Chip;
import org.matgate.protocol.stream.Stamp;

/** Counts what plots show. Not thread-safe. */
final class CurveMaker {
    /** As many bins as a plot has room for. */
    private static final int MOST_BINS = 600;

    /** So many make a plot worth looking at. */
    private static final int WANTED_BINS = 60;

    /** A chip that is not seen for so long on the race clock has gone, and comes anew. */
    private static final long AWAY_NANOS = 10_000_000_000L;

    private static final double[] BIN_SECONDS = {60, 30, 20, 10, 5, 2, 1, 0.5};

    private final Evidence evidence;
    private final Map<TruthRead, HeldRead> partner;
    private final long utcMinusMonotonic;
    private final long endNanos;
    private final long binNanos;
    private final int bins;

    /** Something at a moment of the race clock. */
    private record Moment(Chip chip, long atNanos) {}

    private CurveMaker(Evidence evidence, Matching engine) {
        this.evidence = evidence;
        this.partner = engine.partner();
        this.utcMinusMonotonic = evidence.utcMinusMonotonic();
        this.endNanos = Math.max(
                evidence.race().durationNanos(),
                partner.values().stream().mapToLong(this::storedAt).max().orElse(0));
        this.binNanos = binNanos(endNanos);
        this.bins = (int) (endNanos / binNanos) + 1;
    }

    /** Of a race that has a clock. */
    static Curves make(Evidence evidence, Matching engine) {
        return evidence.race().durationNanos() == 0 ? Curves.NONE : new CurveMaker(evidence, engine).curves();
    }

    /** The longest bin of which there are enough, a minute at most; a longer one if there would be too many. */
    private static long binNanos(long endNanos) {
        long bin = Math.round(1e9 * BIN_SECONDS[BIN_SECONDS.length - 1]);
        for (double seconds : BIN_SECONDS) {
            long nanos = Math.round(1e9 * seconds);
            if (endNanos / nanos >= WANTED_BINS) {
                bin = nanos;
                break;
            }
        }
        while (endNanos / bin >= MOST_BINS) {
            bin *= 2;
        }
        return bin;
    }

    private Curves curves() {
        return new Curves(
                binNanos,
                bins,
                evidence.race().durationNanos(),
                arrivals(),
                backlogs(),
                Histogram.of(partner.entrySet().stream()
                        .mapToLong(entry -> entry.getValue().storedUtcNanos()
                                - entry.getKey().sightedUtcNanos())),
                Histogram.of(partner.entrySet().stream()
                        .mapToLong(entry -> Math.abs(
                                entry.getValue().utcNanos() - entry.getKey().sightedUtcNanos()))),
                Histogram.of(partner.values().stream()
                        .mapToLong(HeldRead::uncertaintyNanos)
                        .filter(nanos -> nanos != Stamp.UNSYNCHRONISED)),
                Troubles.of(evidence.happenings(), evidence.race()::raceNanos, endNanos));
    }

    private List<Curves.Arrivals> arrivals() {
        Map<String, List<Moment>> seen =
                byReader(evidence.truth(), read -> read.read().reader(), this::sighted);
        Map<String, List<Moment>> held = byReader(evidence.engine(), HeldRead::reader, this::held);
        List<Curves.Arrivals> arrivals = new ArrayList<>();
        evidence.boxOfMat()
                .forEach((mat, box) -> arrivals.add(new Curves.Arrivals(
                        mat, box, count(seen.getOrDefault(mat, List.of())), count(held.getOrDefault(mat, List.of())))));
        return arrivals;
    }

    private Moment sighted(TruthRead read) {
        return new Moment(
                read.read().chip(), evidence.race().raceNanos(read.read().sightedMonotonicNanos()));
    }

    private Moment held(HeldRead read) {
        return new Moment(read.chip(), evidence.race().raceNanos(read.utcNanos() - utcMinusMonotonic));
    }

    private interface ToMoment<T> {
        Moment of(T read);
    }

    private interface ToName<T> {
        String of(T read);
    }

    private static <T> Map<String, List<Moment>> byReader(List<T> reads, ToName<T> reader, ToMoment<T> moment) {
        Map<String, List<Moment>> byReader = new HashMap<>();
        reads.forEach(read -> byReader.computeIfAbsent(reader.of(read), name -> new ArrayList<>())
                .add(moment.of(read)));
        return byReader;
    }

    private List<Integer> count(List<Moment> moments) {
        int[] counts = new int[bins];
        Map<Chip, Long> last = new HashMap<>();
        moments.stream().sorted(Comparator.comparingLong(Moment::atNanos)).forEach(moment -> {
            Long before = last.put(moment.chip(), moment.atNanos());
            if (before == null || moment.atNanos() - before > AWAY_NANOS) {
                counts[bin(moment.atNanos())]++;
            }
        });
        return Curves.list(counts);
    }

    private int bin(long atNanos) {
        return (int) Math.clamp(Math.floorDiv(atNanos, binNanos), 0L, bins - 1L);
    }

    private List<Curves.Backlog> backlogs() {
        SequencedMap<String, List<TruthRead>> byBox = new LinkedHashMap<>();
        evidence.boxOfMat().values().forEach(box -> byBox.putIfAbsent(box, new ArrayList<>()));
        for (TruthRead read : partner.keySet()) {
            String box = evidence.boxOfMat().get(read.read().reader());
            if (box != null) {
                byBox.computeIfAbsent(box, name -> new ArrayList<>()).add(read);
            }
        }
        List<Curves.Backlog> backlogs = new ArrayList<>();
        byBox.forEach((box, reads) -> backlogs.add(new Curves.Backlog(box, most(reads))));
        return backlogs;
    }

    /** How many of the reads are under way at most in each bin. */
    private List<Integer> most(List<TruthRead> reads) {
        long[] sent = sorted(reads, read -> evidence.race().raceNanos(read.sentMonotonicNanos()));
        long[] stored = sorted(reads, read -> {
            HeldRead held = partner.get(read);
            // Who tells the engine's clock from the reader's may find the read there before it was sent.
            return Math.max(evidence.race().raceNanos(read.sentMonotonicNanos()), held == null ? 0 : storedAt(held));
        });
        int[] most = new int[bins];
        int underWay = 0;
        int bin = 0;
        int next = 0;
        int arrived = 0;
        while (arrived < stored.length) {
            boolean sends = next < sent.length && sent[next] < stored[arrived];
            long at = sends ? sent[next] : stored[arrived];
            int now = bin(at);
            while (bin < now) {
                bin++;
                most[bin] = bin * binNanos < at ? underWay : 0;
            }
            // All of one moment together: what is stored as another is sent, or as a bin begins, is under way no more.
            while (next < sent.length && sent[next] == at) {
                next++;
            }
            while (arrived < stored.length && stored[arrived] == at) {
                arrived++;
            }
            underWay = next - arrived;
            most[bin] = Math.max(most[bin], underWay);
        }
        return Curves.list(most);
    }

    private static long[] sorted(List<TruthRead> reads, ToLongFunction<TruthRead> moment) {
        return reads.stream().mapToLong(moment).sorted().toArray();
    }

    private long storedAt(HeldRead held) {
        return evidence.race().raceNanos(held.storedUtcNanos() - utcMinusMonotonic);
    }
}

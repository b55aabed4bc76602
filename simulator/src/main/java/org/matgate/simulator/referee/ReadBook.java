package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.matgate.protocol.Chip;
import org.matgate.protocol.stream.Source;
import org.matgate.simulator.results.Entrant;
import org.matgate.simulator.results.TimedRead;

/** All reads of each chip, those that truly were and those that the engine holds. Not thread-safe. */
final class ReadBook {
    private final Evidence evidence;
    private final RaceTruth race;
    private final Matching engine;
    private final Map<Chip, List<TruthRead>> truth = new HashMap<>();
    private final Map<Chip, List<HeldRead>> held = new HashMap<>();

    ReadBook(Evidence evidence, RaceTruth race, Matching engine) {
        this.evidence = evidence;
        this.race = race;
        this.engine = engine;
        evidence.truth()
                .forEach(read -> truth.computeIfAbsent(read.read().chip(), chip -> new ArrayList<>())
                        .add(read));
        evidence.engine()
                .forEach(read -> held.computeIfAbsent(read.chip(), chip -> new ArrayList<>())
                        .add(read));
    }

    /** What the engine holds of somebody's chips; {@link TimedRead#id} is the place in it. */
    List<HeldRead> held(Entrant entrant) {
        List<HeldRead> reads = new ArrayList<>();
        entrant.chips().forEach(chip -> reads.addAll(held.getOrDefault(chip, List.of())));
        return reads;
    }

    /** The same as a timekeeper sees it; without those of which nobody knows the time. */
    List<TimedRead> timed(List<HeldRead> reads) {
        List<TimedRead> timed = new ArrayList<>(reads.size());
        for (int i = 0; i < reads.size(); i++) {
            HeldRead read = reads.get(i);
            Source mat = race.mats().get(read.reader());
            if (mat != null && read.time().synchronised()) {
                long machine = read.utcNanos() - evidence.utcMinusMonotonic();
                timed.add(new TimedRead(
                        i,
                        mat.timingPoint(),
                        mat.line(),
                        read.rssiCentiDbm().orElse(Integer.MIN_VALUE),
                        evidence.race().raceNanos(machine),
                        evidence.race().raceUncertaintyNanos(machine, read.uncertaintyNanos())));
            }
        }
        return timed;
    }

    /** What was truly put on the wire of somebody's chips at a timing point between two moments of the race clock. */
    List<TruthRead> truth(Entrant entrant, String timingPoint, long fromNanos, long untilNanos) {
        List<TruthRead> reads = new ArrayList<>();
        for (Chip chip : entrant.chips()) {
            for (TruthRead read : truth.getOrDefault(chip, List.of())) {
                Source mat = race.mats().get(read.read().reader());
                long at = sighted(read);
                if (mat != null && mat.timingPoint().equals(timingPoint) && fromNanos <= at && at <= untilNanos) {
                    reads.add(read);
                }
            }
        }
        return reads;
    }

    /** What the engine holds of a true read, as it was sent or altered. */
    Optional<HeldRead> held(TruthRead read) {
        return engine.find(read);
    }

    /** When it truly was, on the race clock. */
    long sighted(TruthRead read) {
        return evidence.race().raceNanos(read.read().sightedMonotonicNanos());
    }

    /** The truth behind a read that the engine holds; empty if nobody sent it. */
    Optional<TruthRead> origin(HeldRead read) {
        return truth.getOrDefault(read.chip(), List.of()).stream()
                .filter(sent -> engine.find(sent).filter(read::equals).isPresent())
                .findFirst();
    }

    /** How many chips the engine has heard of that nobody was given. */
    int strangers() {
        Set<Chip> given = new HashSet<>();
        race.startList().forEach(entrant -> given.addAll(entrant.chips()));
        return (int)
                held.keySet().stream().filter(chip -> !given.contains(chip)).count();
    }
}

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
    /** What truly was of those that the engine holds with another content. */
    private final Map<HeldRead, TruthRead> altered = new HashMap<>();

    ReadBook(Evidence evidence, RaceTruth race, Matching engine) {
        this.evidence = evidence;
        this.race = race;
        this.engine = engine;
        engine.altered().forEach((sent, read) -> altered.put(read, sent));
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

    /** What was truly put on the wire of somebody's chips. */
    List<TruthRead> offered(Entrant entrant) {
        return entrant.chips().stream()
                .flatMap(chip -> truth.getOrDefault(chip, List.of()).stream())
                .toList();
    }

    /** A true read as a timekeeper would see it, at this moment of the race clock; empty where the mat is not known. */
    Optional<TimedRead> timed(TruthRead read, long atNanos) {
        return Optional.ofNullable(race.mats().get(read.read().reader()))
                .map(mat -> new TimedRead(
                        Integer.MAX_VALUE,
                        mat.timingPoint(),
                        mat.line(),
                        read.read().rssiCentiDbm().orElse(Integer.MIN_VALUE),
                        atNanos,
                        0));
    }

    /** When it truly was, on the race clock. */
    long sighted(TruthRead read) {
        return evidence.race().raceNanos(read.read().sightedMonotonicNanos());
    }

    /** When it could have been at the earliest, had its reader looked. */
    long came(TruthRead read) {
        return evidence.race().raceNanos(read.read().cameMonotonicNanos());
    }

    /** The truth behind a read that the engine holds; empty if nobody sent it. */
    Optional<TruthRead> origin(HeldRead read) {
        return truth.getOrDefault(read.chip(), List.of()).stream()
                .filter(sent -> read.equals(engine.partner().get(sent)))
                .findFirst()
                .or(() -> Optional.ofNullable(altered.get(read)));
    }

    /** How many chips the engine has heard of that nobody was given. */
    int strangers() {
        Set<Chip> given = new HashSet<>();
        race.startList().forEach(entrant -> given.addAll(entrant.chips()));
        return (int)
                held.keySet().stream().filter(chip -> !given.contains(chip)).count();
    }
}

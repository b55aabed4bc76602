package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.ScenarioException;
import org.matgate.simulator.race.TimeLimits;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/** A whole race for the referee, of which every mat reads everybody five times, put together without a process. */
final class RaceCase {
    static final long SECOND = 1_000_000_000;

    /** The race clock's start, CLOCK_MONOTONIC. */
    static final long START = 1_000 * SECOND;

    static final String TEXT = """
            [race]
            name = "Two laps and a relay"
            seed = 11
            duration = 1500.0
            [[distance]]
            name = "2 km"
            gun = 30.0
            length = 2000
            laps = 2
            runners = 12
            starts_per_second = 2
            finish = { mean = 600, sd = 40 }
            [[distance]]
            name = "relay"
            gun = 20.0
            legs = [500, 500]
            teams = 3
            finish = { mean = 400, sd = 20 }
            [[timing_point]]
            name = "start"
            at = 0
            [[timing_point]]
            name = "exchange"
            at = "exchange"
            [[timing_point]]
            name = "finish"
            at = "finish"
            [[mat]]
            name = "start-main"
            timing_point = "start"
            family = "llrp"
            [[mat]]
            name = "exchange-main"
            timing_point = "exchange"
            family = "llrp"
            [[mat]]
            name = "finish-main"
            timing_point = "finish"
            family = "llrp"
            [[gun]]
            box = "start"
            distance = "2 km"
            """;

    final Case made = new Case();
    final Scenario scenario;
    final RaceClock clock;
    Course course;

    RaceCase(double speed) throws ScenarioException {
        scenario = Scenario.parse("two-laps.toml", TEXT);
        course = Course.run(scenario, scenario.seed());
        clock = RaceClock.of(List.of(new RaceClock.Piece(0, START, speed)));
        made.mats.clear();
        scenario.mats().forEach(mat -> made.mats.put(mat.name(), mat.timingPoint()));
    }

    /** Everybody is read, and all is delivered. */
    RaceCase readAll() {
        return read(crossing -> true);
    }

    RaceCase read(Predicate<Crossing> which) {
        course.crossings().stream().filter(which).forEach(crossing -> read(crossing, Fate.WHOLE, 0));
        return this;
    }

    /** Five reads of a crossing on each mat of its timing point, the third of them over the line and strongest. */
    void read(Crossing crossing, Fate fate, long wrongNanos) {
        for (Mat mat : scenario.matsAt(crossing.timingPoint())) {
            for (int i = -2; i <= 2; i++) {
                TruthRead read = truth(mat, crossing, i, fate);
                made.truth.add(read);
                if (fate == Fate.WHOLE) {
                    made.engine.add(held(read, wrongNanos));
                    made.boxes.add(held(read, wrongNanos));
                }
            }
        }
    }

    private TruthRead truth(Mat mat, Crossing crossing, int i, Fate fate) {
        long sighted = clock.monotonicNanos(crossing.atNanos() + i * SECOND / 5);
        return new TruthRead(
                new WireRead(
                        mat.name(),
                        sighted,
                        crossing.runner().uhfChip(),
                        1,
                        OptionalInt.of(-5000 - 100 * Math.abs(i)),
                        new ReaderTime(ReaderTime.Base.UTC, sighted / 1000)),
                sighted + Case.OFFSET,
                sighted + SECOND / 100,
                fate);
    }

    /** Read once, so long after it came. */
    void readLate(Crossing crossing, long lateNanos) {
        Mat mat = scenario.matsAt(crossing.timingPoint()).getFirst();
        WireRead asItCame = truth(mat, crossing, 0, Fate.WHOLE).read();
        long sighted = asItCame.sightedMonotonicNanos() + lateNanos;
        TruthRead read = new TruthRead(
                new WireRead(
                        mat.name(),
                        asItCame.cameMonotonicNanos(),
                        sighted,
                        asItCame.chip(),
                        1,
                        asItCame.rssiCentiDbm(),
                        new ReaderTime(ReaderTime.Base.UTC, sighted / 1000)),
                sighted + Case.OFFSET,
                sighted + SECOND / 100,
                Fate.WHOLE);
        made.truth.add(read);
        made.engine.add(held(read, 0));
        made.boxes.add(held(read, 0));
    }

    /** Whether it is one of the five of this crossing. */
    boolean of(Crossing crossing, HeldRead read) {
        long at = clock.raceNanos(read.utcNanos() - Case.OFFSET);
        return read.chip().equals(crossing.runner().uhfChip())
                && read.reader().equals(crossing.timingPoint() + "-main")
                && Math.abs(at - crossing.atNanos()) <= SECOND / 2;
    }

    HeldRead held(TruthRead read, long wrongNanos) {
        return made.held(read, wrongNanos);
    }

    /** The gun of the 2 km, heard so much too late. */
    TimeEvidence gun(long lateNanos) {
        long fired = clock.monotonicNanos(30 * SECOND);
        return new TimeEvidence(
                Set.of(),
                Set.of(),
                TimeLimits.NONE,
                List.of(new TruthGun("start", fired, fired + Case.OFFSET, fired)),
                List.of(new HeldGun(
                        "start",
                        new HeldTime(
                                Case.BOOT,
                                fired + Case.OFFSET + lateNanos,
                                fired + Case.OFFSET + lateNanos,
                                3 * Case.MS,
                                ClockSource.KERNEL),
                        false)),
                List.of());
    }

    Verdict judge() {
        made.race = new RaceRecord(
                scenario.durationNanos(),
                clock,
                clock.pieces().getFirst().rate(),
                List.of(),
                Optional.of(RaceTruth.of(scenario, course)));
        return made.judge();
    }

    RaceFindings findings() {
        return judge().race().orElseThrow();
    }

    /** The same crossings with one of them changed. */
    void crossings(List<Crossing> crossings) {
        course = new Course(course.runners(), crossings, course.lingerings(), List.of());
    }

    /** Somebody comes near a mat without crossing it. */
    void lingers(Lingering lingering) {
        course = new Course(course.runners(), course.crossings(), List.of(lingering), List.of());
    }

    List<Crossing> at(String timingPoint) {
        return new ArrayList<>(course.crossings().stream()
                .filter(crossing -> crossing.timingPoint().equals(timingPoint))
                .toList());
    }

    /** Of the engine's and the box's reads those of a chip at a mat. */
    void forget(String mat, Chip chip) {
        made.engine.removeIf(read -> read.reader().equals(mat) && read.chip().equals(chip));
        made.boxes.removeIf(read -> read.reader().equals(mat) && read.chip().equals(chip));
    }
}

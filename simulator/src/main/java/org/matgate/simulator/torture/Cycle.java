package org.matgate.simulator.torture;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.TimeLimits;
import org.matgate.simulator.referee.BothSides;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.EarlierEvents;
import org.matgate.simulator.referee.RaceRecord;
import org.matgate.simulator.referee.Referee;
import org.matgate.simulator.referee.TruthRead;
import org.matgate.simulator.referee.Verdict;
import org.matgate.simulator.rehearsal.Progress;
import org.matgate.simulator.rehearsal.RehearsalException;
import org.matgate.simulator.rehearsal.Timetable;

/** One cycle of a torture. Not thread-safe. */
final class Cycle {
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(600);

    /** What tells of a gap comes once a second at most. */
    private static final Duration GAP_IS_TOLD = Duration.ofSeconds(3);

    private static final long LEAD_NANOS = 200_000_000;
    private static final long LOOK_MILLIS = 100;

    private final Arena arena;
    private final Torture torture;
    private final long number;
    private final SimClock clock;
    private final long begun;
    private final Scenario scenario;
    private final List<Blow> blows;
    private List<String> tears = List.of();

    /** @param number from 1 */
    Cycle(Arena arena, Torture torture, long number) {
        this.arena = arena;
        this.torture = torture;
        this.number = number;
        this.clock = torture.clock();
        this.begun = clock.monotonicNanos();
        Scenario always = arena.scenario();
        this.blows = Blows.draw(
                seed(),
                always.durationNanos(),
                arena.box().box(),
                mat(always, false),
                mat(always, true),
                arena.impossible());
        this.scenario = scenario(
                always,
                seed(),
                blows.stream().flatMap(blow -> blow.faults().stream()).toList());
    }

    private static String mat(Scenario scenario, boolean onNetwork) {
        return scenario.mats().stream()
                .filter(mat -> mat.onNetwork() == onNetwork)
                .map(Mat::name)
                .findFirst()
                .orElseThrow();
    }

    /** The same mats and box with other faults. */
    static Scenario scenario(Scenario s, long seed, List<Fault> faults) {
        return s.withFaults(seed, faults, TimeLimits.OF_SHORT_LIVES);
    }

    private long seed() {
        return torture.seed() + number - 1;
    }

    /** What went wrong, for a person. */
    List<String> blows() {
        return Stream.concat(blows.stream().map(Blow::text), tears.stream()).toList();
    }

    /** How long it has taken so far. */
    double seconds() {
        return (clock.monotonicNanos() - begun) / 1e9;
    }

    /** @param earlier what the engine held before */
    CycleResult run(EarlierEvents earlier) throws IOException, RehearsalException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        beat(reasons);
        arena.awaitReading();
        awaitDelivery(reasons);
        List<TruthRead> truth = arena.truth().take();
        List<Happening> happenings = arena.happenings();
        Verdict verdict = judge(truth, happenings, earlier);
        if (!verdict.pass()) {
            Thread.sleep(GAP_IS_TOLD);
            verdict = judge(truth, happenings, earlier);
        }
        reasons.addAll(arena.mats().shortcomings());
        reasons.addAll(verdict.reasons());
        CaseDirectory directory = arena.directory();
        reasons.addAll(earlier.changes(directory.engineDatabase()));
        reasons.addAll(BothSides.differences(arena.journal(), directory.engineDatabase()));
        if (!reasons.isEmpty()) {
            directory.begin(scenario, seed(), 1, torture.version());
            directory.end(truth, happenings, List.of());
        }
        return new CycleResult(number, seed(), blows(), verdict.total(), seconds(), reasons, verdict.histories());
    }

    private Verdict judge(List<TruthRead> truth, List<Happening> happenings, EarlierEvents earlier) throws IOException {
        return Referee.judge(arena.directory()
                .evidence(
                        scenario,
                        seed(),
                        torture.version(),
                        truth,
                        happenings,
                        List.of(),
                        RaceRecord.NONE,
                        earlier.marks()));
    }

    /** Until every blow is dealt, and every mat has said what it has to say. */
    private void beat(List<String> reasons) throws IOException, InterruptedException {
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false);
        try (Timetable timetable = new Timetable(clock, silent)) {
            long start = clock.monotonicNanos() + LEAD_NANOS;
            arena.race(scenario, start);
            Beating beating = new Beating(arena, timetable, clock, seed(), torture.unsyncedCommits());
            blows.forEach(blow -> beating.schedule(blow, start));
            // Clocks are put right by themselves.
            long end = start
                    + Math.max(
                            scenario.durationNanos(),
                            blows.stream().mapToLong(Blow::untilNanos).max().orElse(0));
            for (long now = start;
                    now < end || (!(arena.mats().idle() && timetable.over()) && now < end + IDLE_LIMIT.toNanos());
                    now = clock.monotonicNanos()) {
                torture.progress().fleeting(status());
                Thread.sleep(LOOK_MILLIS);
            }
            reasons.addAll(timetable.failures());
            tears = beating.tears();
        }
    }

    private String status() {
        return String.format(
                Locale.ROOT,
                "cycle %d, seed %d, %.1f s: %d reads offered",
                number,
                seed(),
                seconds(),
                arena.truth().count());
    }

    /** Until the engine holds as many events as the box has, and for a while no more reads have come. */
    private void awaitDelivery(List<String> reasons) throws IOException, InterruptedException {
        CaseDirectory directory = arena.directory();
        List<String> boxes = List.of(arena.box().box());
        long deadline = clock.monotonicNanos() + DELIVERY_LIMIT.toNanos();
        long last = -1;
        long since = clock.monotonicNanos();
        while (clock.monotonicNanos() < deadline) {
            long inBox = directory.eventsInBoxes(boxes);
            long reads = directory.readsInEngine();
            long now = clock.monotonicNanos();
            if (reads != last) {
                last = reads;
                since = now;
            } else if (now - since >= QUIET.toNanos() && directory.eventsInEngine() >= inBox) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        reasons.add("the engine still lacks what the box holds, after " + DELIVERY_LIMIT.toSeconds() + " s");
    }
}

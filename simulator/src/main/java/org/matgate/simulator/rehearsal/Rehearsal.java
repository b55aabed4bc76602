package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.link.TerminalWatch;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.Referee;
import org.matgate.simulator.referee.TruthLog;
import org.matgate.simulator.referee.Verdict;

/**
 * One rehearsal of a race in real time: real box processes between simulated mats and an engine, then the referee.
 *
 * @param matgate how matgate is started, without its arguments
 * @param directory where all evidence goes
 * @param version of the simulator, to be told in the verdict
 */
public record Rehearsal(
        Scenario scenario,
        long seed,
        List<String> matgate,
        CaseDirectory directory,
        String version,
        SimClock clock,
        Progress progress) {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);
    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** From the last preparation to the race clock's start. */
    private static final long LEAD_NANOS = 300_000_000;

    private static final long LOOK_MILLIS = 200;

    /** Counting takes the longer, the more there is. */
    private static final long COUNT_NANOS = 1_000_000_000;

    /** Hears of the stage as soon as it stands, to take it down should the rehearsal be broken off. */
    public interface Breakable {
        void opened(AutoCloseable stage);
    }

    /**
     * Runs it and judges. It leaves no process behind.
     *
     * @throws IOException if a link, a file or a process cannot be opened
     * @throws RehearsalException if the race cannot be held
     */
    public Verdict run(Breakable breakable) throws IOException, RehearsalException, InterruptedException {
        directory.begin(scenario, seed, version);
        TruthLog truth = new TruthLog(clock);
        FaultLog faults = new FaultLog();
        List<String> failures = new ArrayList<>();
        try (TerminalWatch watch = TerminalWatch.start(clock, (from, until) -> stuck(faults, from, until));
                Stage stage = Stage.setUp(scenario, seed, directory, matgate, clock, truth, faults)) {
            breakable.opened(stage);
            progress.say("Starting " + stage.boxes().size() + " boxes: " + String.join(", ", stage.boxes()));
            stage.startBoxes();
            stage.awaitReady(READY_LIMIT);
            awaitReaders(stage);
            failures.addAll(race(stage, truth, faults));
            stage.usage().forEach(progress::say);
            directory.used(stage.used());
            stage.stopBoxes().forEach(box -> failures.add("box " + box + " did not stop on SIGTERM"));
            stage.mats().close();
            watch.stop();
            directory.end(truth.reads(), faults.happenings(), stage.guns());
        } finally {
            progress.end();
        }
        return Referee.judge(directory.evidence()).withReasons(failures);
    }

    private static void stuck(FaultLog faults, long fromNanos, long untilNanos) {
        faults.add(fromNanos, Kind.TERMINALS_STUCK, "machine", "");
        faults.add(untilNanos, Kind.TERMINALS_FREE, "machine", "");
    }

    private void awaitReaders(Stage stage) throws RehearsalException, InterruptedException {
        long deadline = clock.monotonicNanos() + READY_LIMIT.toNanos();
        while (!stage.mats().notReading().isEmpty()) {
            if (clock.monotonicNanos() > deadline) {
                throw new RehearsalException("the boxes are ready, but nobody reads "
                        + String.join(", ", stage.mats().notReading()));
            }
            stage.requireRunning();
            Thread.sleep(LOOK_MILLIS / 10);
        }
    }

    /** As long as it may take; a mat that nobody reads by then is one of the {@link Mats#shortcomings}. */
    private void awaitReadersAgain(Stage stage) throws InterruptedException {
        long deadline = clock.monotonicNanos() + READY_LIMIT.toNanos();
        while (!stage.mats().notReading().isEmpty() && clock.monotonicNanos() < deadline) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private List<String> race(Stage stage, TruthLog truth, FaultLog faults)
            throws IOException, RehearsalException, InterruptedException {
        Course course = Course.run(scenario, seed);
        directory.course(course);
        try (FaultPlan plan = new FaultPlan(stage, faults, clock, progress)) {
            long start = clock.monotonicNanos() + LEAD_NANOS;
            directory.write(RaceClock.realTime(start));
            stage.race(course, start);
            plan.schedule(scenario.faults(), start);
            scenario.guns().forEach(gun -> plan.schedule(gun, start));
            progress.say(scenario.name() + ", seed " + seed + ": "
                    + course.runners().size() + " runners, " + scenario.durationNanos() / 1_000_000_000 + " s");
            watch(stage, plan, truth, course, start);
            // What was killed last is to read again, and to deliver what it holds.
            stage.awaitReady(READY_LIMIT);
            awaitReadersAgain(stage);
            awaitDelivery(stage);
            progress.end();
            progress.say(status(
                    scenario.durationNanos(),
                    course.finishes(),
                    course.runners().size(),
                    truth.count(),
                    directory.readsInEngine()));
            return Stream.concat(plan.failures().stream(), stage.mats().shortcomings().stream())
                    .toList();
        }
    }

    /** Until the race is over, every fault has come and gone, and every mat has said what it has to say. */
    private void watch(Stage stage, FaultPlan plan, TruthLog truth, Course course, long start)
            throws IOException, InterruptedException {
        List<Long> finishes = course.finishes();
        long end = start + scenario.durationNanos();
        long patience = end + IDLE_LIMIT.toNanos();
        long delivered = 0;
        long countAgain = start;
        for (long now = start;
                now < end || (!(stage.mats().idle() && plan.over()) && now < patience);
                now = clock.monotonicNanos()) {
            if (now >= countAgain) {
                delivered = directory.readsInEngine();
                countAgain = now + COUNT_NANOS;
            }
            long raceClock = Math.clamp(now - start, 0, scenario.durationNanos());
            progress.status(status(raceClock, finishes, course.runners().size(), truth.count(), delivered), now);
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static String status(long raceClock, List<Long> finishes, int runners, long offered, long delivered) {
        return String.format(
                Locale.ROOT,
                "%5.1f s  finished %d of %d  reads offered %d, delivered %d",
                raceClock / 1e9,
                finishes.stream().filter(at -> at <= raceClock).count(),
                runners,
                offered,
                delivered);
    }

    /** Until the engine holds as many events as the boxes have, and for a while no more reads have come. */
    private void awaitDelivery(Stage stage) throws IOException, InterruptedException {
        long deadline = clock.monotonicNanos() + DELIVERY_LIMIT.toNanos();
        long last = -1;
        long since = clock.monotonicNanos();
        while (clock.monotonicNanos() < deadline) {
            long inBoxes = directory.eventsInBoxes(stage.boxes());
            long reads = directory.readsInEngine();
            long now = clock.monotonicNanos();
            if (reads != last) {
                last = reads;
                since = now;
            } else if (now - since >= QUIET.toNanos() && directory.eventsInEngine() >= inBoxes) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        progress.say("  the engine still lacks what the boxes hold, after " + DELIVERY_LIMIT.toSeconds() + " s");
    }
}

package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
 * One rehearsal of a race: real box processes between simulated mats and an engine, then the referee.
 *
 * @param speed seconds of the race a second at most: 1 is real time and stays so; with more, the race slows down for what
 *     does not follow
 * @param matgate how matgate is started, without its arguments
 * @param directory where all evidence goes
 * @param version of the simulator, to be told in the verdict
 */
public record Rehearsal(
        Scenario scenario,
        long seed,
        double speed,
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
        directory.begin(scenario, seed, speed, version);
        TruthLog truth = new TruthLog(clock);
        Backlog backlog = new Backlog(scenario, directory, truth);
        FaultLog faults = new FaultLog();
        List<String> failures = new ArrayList<>();
        try (TerminalWatch watch = TerminalWatch.start(clock, (from, until) -> stuck(faults, from, until));
                Stage stage = Stage.setUp(scenario, seed, speed, directory, matgate, clock, backlog, faults)) {
            breakable.opened(stage);
            progress.say("Starting " + stage.boxes().size() + " boxes: " + String.join(", ", stage.boxes()));
            stage.startBoxes();
            stage.awaitReady(READY_LIMIT);
            awaitReaders(stage);
            failures.addAll(race(stage, truth, backlog, faults));
            stage.usage().forEach(progress::say);
            directory.used(stage.used());
            stage.stopBoxes().forEach(box -> failures.add("box " + box + " did not stop on SIGTERM"));
            stage.mats().close();
            watch.stop();
            directory.end(truth.take(), faults.happenings(), stage.guns());
        } finally {
            progress.end();
        }
        directory.failed(failures);
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

    private List<String> race(Stage stage, TruthLog truth, Backlog backlog, FaultLog faults)
            throws IOException, RehearsalException, InterruptedException {
        Course course = Course.run(scenario, seed);
        directory.course(course);
        long start = clock.monotonicNanos() + LEAD_NANOS;
        boolean paced = speed > 1;
        RaceClock race = paced ? RaceClock.starting(start) : RaceClock.realTime(start);
        Pace pace = new Pace(race, speed, Stretch.of(scenario));
        course.shortfalls().forEach(progress::say);
        RaceStatus status = new RaceStatus(scenario, course, race, paced);
        Optional<Pacer> pacer = paced ? Optional.of(new Pacer(pace, stage, backlog, clock)) : Optional.empty();
        try (FaultPlan plan = new FaultPlan(stage, race, faults, clock, progress)) {
            stage.race(course, race);
            plan.schedule(scenario.faults());
            scenario.guns().forEach(plan::schedule);
            progress.say(
                    scenario.name() + ", seed " + seed + ": " + course.runners().size() + " runners, "
                            + scenario.durationNanos() / 1_000_000_000 + " s"
                            + (paced ? ", up to " + number(speed) + " times as fast; lines run unpaced" : ""));
            watch(stage, plan, truth, race, status);
            // What was killed last is to read again, and to deliver what it holds.
            stage.awaitReady(READY_LIMIT);
            awaitReadersAgain(stage);
            awaitDelivery(stage);
            progress.end();
            progress.say(status.line(clock.monotonicNanos(), truth.count(), stage.readsInEngine()));
            directory.write(race);
            return Stream.concat(plan.failures().stream(), stage.mats().shortcomings().stream())
                    .toList();
        } finally {
            pacer.ifPresent(Pacer::close);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    /** Until the race is over, every fault has come and gone, and every mat has said what it has to say. */
    private void watch(Stage stage, FaultPlan plan, TruthLog truth, RaceClock race, RaceStatus status)
            throws IOException, InterruptedException {
        long patience = Long.MAX_VALUE;
        for (long now = clock.monotonicNanos();
                race.raceNanos(now) < scenario.durationNanos()
                        || (!(stage.mats().idle() && plan.over()) && now < patience);
                now = clock.monotonicNanos()) {
            long end = race.monotonicNanos(scenario.durationNanos());
            patience = end == RaceClock.NOT_YET ? Long.MAX_VALUE : end + IDLE_LIMIT.toNanos();
            stage.tellClocks(race);
            progress.status(status.line(now, truth.count(), stage.readsInEngine()), now);
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Until the engine holds as many events as the boxes have, and for a while no more reads have come. */
    private void awaitDelivery(Stage stage) throws IOException, InterruptedException {
        long deadline = clock.monotonicNanos() + DELIVERY_LIMIT.toNanos();
        long last = -1;
        long since = clock.monotonicNanos();
        while (clock.monotonicNanos() < deadline) {
            long inBoxes = directory.eventsInBoxes(stage.boxes());
            long reads = stage.readsInEngine();
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

package org.matgate.simulator.rehearsal;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.RaceClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things at their times, several at once where one takes long. Thread-safe. */
public final class Timetable implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Timetable.class);

    /** How often to look whether a moment of the race is known by now. */
    private static final long LOOK_NANOS = 50_000_000;

    private final SimClock clock;
    private final Progress progress;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toCome = new AtomicInteger();
    /** A thread for each fault that may take its time at once. */
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().daemon().name("fault-", 0).factory());

    /** What is done. */
    public interface Action {
        void run() throws Exception;
    }

    /** @param progress is told of each thing that is announced */
    public Timetable(SimClock clock, Progress progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Adds something; what was to be done in the past is done at once.
     *
     * @param monotonicNanos when, CLOCK_MONOTONIC
     * @param announcement nothing is told if it is empty
     */
    public void at(long monotonicNanos, String announcement, Action action) {
        long delay = Math.max(0, monotonicNanos - clock.monotonicNanos());
        toCome.incrementAndGet();
        var unused = executor.schedule(() -> run(announcement, action), delay, TimeUnit.NANOSECONDS);
    }

    /** The same at a moment of a race. */
    public void at(RaceClock race, long raceNanos, String announcement, Action action) {
        toCome.incrementAndGet();
        await(race, raceNanos, announcement, action);
    }

    private void await(RaceClock race, long raceNanos, String announcement, Action action) {
        long moment = race.monotonicNanos(raceNanos);
        if (moment == RaceClock.NOT_YET) {
            var unused = executor.schedule(
                    () -> await(race, raceNanos, announcement, action), LOOK_NANOS, TimeUnit.NANOSECONDS);
        } else {
            long delay = Math.max(0, moment - clock.monotonicNanos());
            var unused = executor.schedule(() -> run(announcement, action), delay, TimeUnit.NANOSECONDS);
        }
    }

    private void run(String announcement, Action action) {
        if (!announcement.isEmpty()) {
            progress.say("  * " + announcement);
        }
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.error("{}: failed", announcement, e);
            failures.add(announcement + ": failed: " + e);
        } finally {
            toCome.decrementAndGet();
        }
    }

    /** Whether everything has been done. */
    public boolean over() {
        return toCome.get() == 0;
    }

    /** What could not be done. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** What has not been done yet will not. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

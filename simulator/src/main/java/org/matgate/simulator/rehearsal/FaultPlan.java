package org.matgate.simulator.rehearsal;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets everything go wrong at its time. Thread-safe. */
final class FaultPlan implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FaultPlan.class);

    /** How long a killed box stays dead. */
    private static final long DEAD_NANOS = 1_000_000_000;

    private final Stage stage;
    private final FaultLog faults;
    private final SimClock clock;
    private final Progress progress;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toCome = new AtomicInteger();
    /** A thread for each fault that may take its time at once. */
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            4, Thread.ofPlatform().daemon().name("fault-", 0).factory());

    private interface Action {
        void run() throws Exception;
    }

    FaultPlan(Stage stage, FaultLog faults, SimClock clock, Progress progress) {
        this.stage = stage;
        this.faults = faults;
        this.clock = clock;
        this.progress = progress;
    }

    /** @param raceStartNanos on CLOCK_MONOTONIC */
    void schedule(List<Fault> all, long raceStartNanos) {
        for (Fault fault : all) {
            long from = raceStartNanos + fault.fromNanos();
            switch (fault) {
                case Fault.Noise noise -> {
                    at(from, fault, () -> happened(Kind.NOISE_BEGAN, noise.mat()));
                    at(
                            raceStartNanos + noise.untilNanos(),
                            "the noise on " + noise.mat() + " is over",
                            () -> happened(Kind.NOISE_ENDED, noise.mat()));
                }
                case Fault.Kill kill ->
                    at(from, fault, () -> {
                        stage.box(kill.box()).kill();
                        // Only now, as on a busy machine a process may take long to die.
                        at(
                                from + DEAD_NANOS,
                                "the box " + kill.box() + " is started again",
                                () -> stage.box(kill.box()).start());
                    });
                case Fault.EngineAway away -> {
                    at(from, fault, stage::stopEngine);
                    at(raceStartNanos + away.untilNanos(), "the engine is back", stage::startEngine);
                }
                case Fault.Unplugged pulled -> {
                    at(from, fault, () -> {
                        happened(Kind.CABLE_OUT, pulled.mat());
                        stage.mats().cable(pulled.mat()).out();
                    });
                    at(raceStartNanos + pulled.untilNanos(), "the cable of " + pulled.mat() + " is back", () -> {
                        stage.mats().cable(pulled.mat()).in();
                        happened(Kind.CABLE_IN, pulled.mat());
                    });
                }
            }
        }
    }

    private void happened(Kind kind, String subject) {
        faults.add(clock.monotonicNanos(), kind, subject, "");
    }

    private void at(long monotonicNanos, Fault fault, Action action) {
        at(monotonicNanos, fault.announcement(), action);
    }

    private void at(long monotonicNanos, String announcement, Action action) {
        long delay = Math.max(0, monotonicNanos - clock.monotonicNanos());
        toCome.incrementAndGet();
        var unused = executor.schedule(() -> run(announcement, action), delay, TimeUnit.NANOSECONDS);
    }

    private void run(String announcement, Action action) {
        progress.say("  * " + announcement);
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

    /** Whether everything has gone wrong, and has been put right again, that was to. */
    boolean over() {
        return toCome.get() == 0;
    }

    /** What could not be done. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** What has not happened yet will not. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

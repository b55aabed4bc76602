package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.matgate.simulator.SimClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the race clock of a race that is faster than real time, until it is closed: one thread goes on, another looks at what lags. */
final class Pacer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pacer.class);

    private static final long LOOK_NANOS = 400_000_000;
    private static final long END_MILLIS = 5_000;

    private final Pace pace;
    private final Stage stage;
    private final Backlog backlog;
    private final SimClock clock;
    private final Thread runs;
    private final Thread looks;
    private volatile Lag lag = Lag.NONE;
    private volatile boolean closed;

    /** Lets it run from now on. */
    Pacer(Pace pace, Stage stage, Backlog backlog, SimClock clock) {
        this.pace = pace;
        this.stage = stage;
        this.backlog = backlog;
        this.clock = clock;
        pace.goOn(clock.monotonicNanos(), Lag.NONE);
        this.runs = Thread.ofPlatform().daemon().name("race-clock").start(this::run);
        this.looks = Thread.ofPlatform().daemon().name("lag").start(this::look);
    }

    private void run() {
        while (!closed) {
            Lag queues = lag;
            pace.goOn(
                    clock.monotonicNanos(),
                    new Lag(
                            stage.mats().lateNanos(stage.troubled()),
                            queues.readsInBoxes(),
                            queues.eventsToEngine(),
                            queues.unsettled()));
            LockSupport.parkNanos(Pace.STEP_NANOS);
        }
    }

    private void look() {
        while (!closed) {
            try {
                boolean there = stage.engineInReach();
                List<String> starting = stage.notReady();
                lag = new Lag(
                        0,
                        backlog.readsInBoxes(starting),
                        there ? backlog.eventsToEngine(starting) : 0,
                        stage.unsettled());
            } catch (IOException e) {
                log.warn("what lags cannot be seen: {}", e.getMessage());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(runs);
        LockSupport.unpark(looks);
        try {
            runs.join(END_MILLIS);
            looks.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.matgate.simulator.SimClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the race clock of a race that is faster than real time, until it is closed: one thread goes on, another looks at what lags. */
final class Pacer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pacer.class);

    private static final long LOOK_NANOS = 400_000_000;
    private static final long END_MILLIS = 5_000;

    private final Pace pace;
    private final LongSupplier lateNanos;
    private final Queues queues;
    private final SimClock clock;
    private final Thread runs;
    private final Thread looks;
    private volatile Lag lag = Lag.NONE;
    private volatile boolean closed;
    private volatile Optional<Throwable> death = Optional.empty();

    /** What is on its way, and what is not ready. */
    interface Queues {
        /** All that lags but the mats. */
        Lag look() throws IOException;
    }

    /**
     * Lets it run from now on.
     *
     * @param lateNanos how late the latest mat is
     */
    Pacer(Pace pace, LongSupplier lateNanos, Queues queues, SimClock clock) {
        this.pace = pace;
        this.lateNanos = lateNanos;
        this.queues = queues;
        this.clock = clock;
        pace.goOn(clock.monotonicNanos(), Lag.NONE);
        this.runs = Thread.ofPlatform().daemon().name("race-clock").start(() -> untilClosed(this::run));
        this.looks = Thread.ofPlatform().daemon().name("lag").start(() -> untilClosed(this::look));
    }

    /** The same of a stage. */
    static Pacer of(Pace pace, Stage stage, Backlog backlog, SimClock clock) {
        return new Pacer(
                pace,
                () -> stage.mats().lateNanos(stage.troubled()),
                () -> {
                    boolean there = stage.engineInReach();
                    List<String> starting = stage.notReady();
                    return new Lag(
                            0,
                            backlog.readsInBoxes(starting),
                            there ? backlog.eventsToEngine(starting) : 0,
                            stage.unsettled());
                },
                clock);
    }

    /** A race whose clock stands never ends; so whoever waits for it is to hear why. */
    private void untilClosed(Runnable loop) {
        try {
            loop.run();
        } catch (RuntimeException | Error e) {
            log.error("the race clock stands", e);
            death = Optional.of(e);
        }
    }

    private void run() {
        while (!closed) {
            Lag now = lag;
            pace.goOn(
                    clock.monotonicNanos(),
                    new Lag(lateNanos.getAsLong(), now.readsInBoxes(), now.eventsToEngine(), now.unsettled()));
            LockSupport.parkNanos(Pace.STEP_NANOS);
        }
    }

    private void look() {
        while (!closed) {
            try {
                lag = queues.look();
            } catch (IOException e) {
                log.warn("what lags cannot be seen: {}", e.getMessage());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** @throws RehearsalException if the race clock does not go on any more */
    void requireRunning() throws RehearsalException {
        if (death.isPresent()) {
            throw new RehearsalException("the race clock has stopped, so that the race would never end: " + death.get()
                    + "; this is a mistake in matsim, its log tells where");
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

package org.matgate.gateway.pulse;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether every thread's pulse beats, and tells the log where one is stuck. It goes by its own looks and no clock: a
 * machine that stood still as a whole, and with it the looks, makes nobody seem stuck. Who has not come round once since the
 * start is told of, and no reason to end the process: whatever holds it, such as an adapter that hangs, has just outlasted
 * one, and to try it over and over would cost the other readers' reads. Nor is who waits for a device out of all signals'
 * reach, as a serial port does whose adapter died badly: the process would not go, and the one after it find its journal
 * locked. For one thread.
 */
public final class Watchdog {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /** Of a stack trace: beyond it lies what starts threads. */
    private static final int MOST_FRAMES = 40;

    private final List<Watched> all;
    private final Duration every;
    private final KernelThreads threads;

    /** @param every how far apart the looks are, at least */
    public Watchdog(List<Pulse> pulses, Duration every) {
        this(pulses, every, new KernelThreads());
    }

    Watchdog(List<Pulse> pulses, Duration every, KernelThreads threads) {
        all = pulses.stream().map(Watched::new).toList();
        this.every = every;
        this.threads = threads;
    }

    /**
     * Looks once: whether each has beaten since the last look, may still be still, or would be no better after a start. What
     * is stuck is logged, once.
     */
    public boolean look() {
        boolean well = true;
        for (Watched one : all) {
            well &= one.look();
        }
        return well;
    }

    /** Who is stuck and for how long, in words; empty if nobody is. */
    public String stuck() {
        return all.stream()
                .filter(one -> one.stuck)
                .map(one -> one.pulse.name() + " for " + one.still().toSeconds() + " s")
                .collect(Collectors.joining(", "));
    }

    private final class Watched {
        private final Pulse pulse;
        private long seen;
        private long stillLooks;
        private boolean stuck;

        Watched(Pulse pulse) {
            this.pulse = pulse;
        }

        boolean look() {
            long beats = pulse.beats();
            stillLooks = beats == seen ? stillLooks + 1 : 0;
            seen = beats;
            pulse.ask();
            boolean now = still().compareTo(pulse.patience()) > 0;
            if (now && !stuck) {
                tell();
            } else if (stuck && !now) {
                log.warn("{} goes on", pulse.name());
            }
            stuck = now;
            return !now
                    || hasNotComeRound()
                    || pulse.thread().filter(threads::unkillable).isPresent();
        }

        Duration still() {
            return every.multipliedBy(stillLooks);
        }

        private boolean hasNotComeRound() {
            return seen <= 1;
        }

        private void tell() {
            String trace = pulse.where()
                    .map(frames -> frames.stream()
                            .limit(MOST_FRAMES)
                            .map(frame -> System.lineSeparator() + "    at " + frame)
                            .collect(Collectors.joining()))
                    .orElse(seen == 0 ? " (it has not begun)" : " (its thread has ended)");
            log.error(
                    "{} has stood still for {} s, longer than the {} s it may take; it is stuck{}",
                    pulse.name(),
                    still().toSeconds(),
                    pulse.patience().toSeconds(),
                    trace);
        }
    }
}

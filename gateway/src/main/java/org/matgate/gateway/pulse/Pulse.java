package org.matgate.gateway.pulse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A thread's sign of life. It beats whenever its work has come round, also where there was nothing to do: a thread all of
 * whose waits are bounded shows by that that it is idle and not stuck. Beats come from the thread itself; thread-safe for
 * those who look.
 */
public final class Pulse {
    private static final Duration NOTHING_LONGER = Duration.ZERO;

    private final String name;
    private final Duration patience;
    private final @Nullable Executor asked;
    private final AtomicLong beats = new AtomicLong();
    private volatile Duration longer = NOTHING_LONGER;
    private volatile @Nullable Thread thread;
    private volatile boolean unanswered;

    /**
     * A pulse that has not beaten yet.
     *
     * @param name whose, such as {@code reader main}
     * @param patience how long it may be still before something must be wrong
     */
    public Pulse(String name, Duration patience) {
        this(name, patience, null);
    }

    private Pulse(String name, Duration patience, @Nullable Executor asked) {
        this.name = name;
        this.patience = patience;
        this.asked = asked;
    }

    /** That of a thread which only does what it is given: it beats by running what it is given for that. */
    public static Pulse asked(String name, Duration patience, Executor thread) {
        return new Pulse(name, patience, thread);
    }

    /** The thread's work has come round. */
    public void beat() {
        beat(NOTHING_LONGER);
    }

    /**
     * The thread's work has come round, and what follows may take longer than usual.
     *
     * @param longer by so much more than the patience, until the next beat: what follows has a limit of its own
     */
    public void beat(Duration longer) {
        thread = Thread.currentThread();
        this.longer = longer;
        beats.incrementAndGet();
    }

    /** Whose it is. */
    public String name() {
        return name;
    }

    /** How often it has beaten. */
    long beats() {
        return beats.get();
    }

    /** How long it may be still at present. */
    Duration patience() {
        return patience.plus(longer);
    }

    /** Has a thread that is to be asked beat, if it has answered before. */
    void ask() {
        Executor executor = asked;
        if (executor == null || unanswered) {
            return;
        }
        unanswered = true;
        try {
            executor.execute(() -> {
                unanswered = false;
                beat();
            });
        } catch (RejectedExecutionException e) {
            // It has ended, and stays still: that is what is to be seen.
            return;
        }
    }

    /** The name of the thread that beat last; empty if none has. */
    Optional<String> thread() {
        Thread now = thread;
        return now == null ? Optional.empty() : Optional.of(now.getName());
    }

    /** Where the thread is now; empty if it has never beaten or has ended. */
    Optional<List<StackTraceElement>> where() {
        Thread now = thread;
        return now == null || !now.isAlive() ? Optional.empty() : Optional.of(List.of(now.getStackTrace()));
    }
}

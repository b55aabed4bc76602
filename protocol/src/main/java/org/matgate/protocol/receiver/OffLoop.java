package org.matgate.protocol.receiver;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs calls to the store on threads of their own and brings what they return back to the event loop. */
final class OffLoop implements AutoCloseable {
    /** How long a call to the store may still run when the server closes. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(OffLoop.class);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("read-stream-store-", 0).factory());
    private final Executor loop;

    OffLoop(Executor loop) {
        this.loop = loop;
    }

    /** Calls {@code work} on a thread of its own, then one of the others on the event loop. */
    <T> void run(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        threads.execute(() -> {
            Runnable outcome;
            try {
                T result = work.call();
                outcome = () -> done.accept(result);
            } catch (Throwable e) {
                outcome = () -> failed.accept(e);
            }
            try {
                loop.execute(outcome);
            } catch (RejectedExecutionException e) {
                log.warn("A call to the store returned after the server had closed", e);
            }
        });
    }

    /** Waits for calls that run, then interrupts them. The event loop must still be there. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

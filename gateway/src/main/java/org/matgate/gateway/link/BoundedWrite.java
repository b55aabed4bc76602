package org.matgate.gateway.link;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds writes that the operating system does not bound. Each runs on a thread of its own, which stays behind when the
 * time is over: commands to a reader are rare and short.
 */
final class BoundedWrite {
    /** More than a 250-byte command takes at 1,200 baud. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    /** A host that was stopped for long loses one of these of the time, and the thread that writes gets the others. */
    private static final int PARTS = 10;

    private BoundedWrite() {}

    /** Something that writes. */
    interface Write {
        void run() throws IOException;
    }

    /**
     * Runs it.
     *
     * @param link names the link, for the errors
     * @throws IOException what the writing threw, or that it took too long
     */
    static void run(String link, int bytes, Duration limit, Write write) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            write.run();
            return null;
        });
        Thread.ofPlatform().daemon().name("write to " + link).start(task);
        try {
            await(task, limit.toNanos() / PARTS);
        } catch (TimeoutException e) {
            throw new IOException(link + " did not take " + bytes + " bytes within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(link + ": interrupted while writing " + bytes + " bytes", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(link + ": writing " + bytes + " bytes failed", e.getCause());
        }
    }

    private static void await(FutureTask<Void> task, long partNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (int part = 1; part < PARTS; part++) {
            try {
                task.get(partNanos, TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                // the next part
            }
        }
        task.get(partNanos, TimeUnit.NANOSECONDS);
    }
}

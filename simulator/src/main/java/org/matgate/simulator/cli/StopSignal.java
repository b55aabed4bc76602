package org.matgate.simulator.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** SIGTERM and Ctrl-C, as something that a command can wait for: it ends in order, and the process with code 0. */
final class StopSignal implements AutoCloseable {
    /** A command that has not ended by then is cut off. */
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable onStop;

    /** @param onStop called once from another thread when the process is to end */
    StopSignal(Runnable onStop) {
        this.onStop = onStop;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    private void stop() {
        if (ended.getCount() == 0) {
            return;
        }
        asked.countDown();
        onStop.run();
        int exit = 1;
        try {
            exit = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? 0 : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // The virtual machine would answer SIGTERM with exit code 143; a stop in order is 0.
            Runtime.getRuntime().halt(exit);
        }
    }

    /** Waits; true if the process is to end. */
    boolean await(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean asked() {
        return asked.getCount() == 0;
    }

    /** The command has ended, by itself or because it was asked to, and has said all that it had to say. */
    @Override
    public void close() {
        ended.countDown();
    }
}

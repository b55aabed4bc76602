package org.matgate.gateway.gpio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.status.Line;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All plain pins, on one thread: what drives them may take seconds to start or hang, and must hold up nobody else.
 * Thread-safe.
 */
final class PlainBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlainBoard.class);

    /** How often each part may do something: the shortest time in a pattern of lamp or beeper is twice this. */
    private static final long TICK_MILLIS = 50;

    /** Longer than it may take to start what drives the pins, in whose midst a stop may come. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    /** Opens what drives the pins, on the thread that uses it. */
    @FunctionalInterface
    interface Opening {
        PlainPins open() throws PinTrouble;
    }

    private final Opening opening;
    private final BoxClock clock;
    private final List<PlainPart> parts;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable PlainPins driver;

    PlainBoard(Opening opening, BoxClock clock, List<PlainPart> parts) {
        this.opening = opening;
        this.clock = clock;
        this.parts = List.copyOf(parts);
        thread = Thread.ofPlatform().daemon().name("pins").unstarted(this::run);
    }

    /** Begins, if there is a pin. To be called once. */
    void start() {
        if (!parts.isEmpty()) {
            thread.start();
        }
    }

    List<Line> lines() {
        return parts.stream().map(PlainPart::line).toList();
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            if (thread.isAlive() && !thread.join(CLOSE_TIMEOUT)) {
                LOG.warn("the pins' thread does not end within {} s; left behind", CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                pass();
            } while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (PlainPart part : parts) {
            guarded(part, () -> part.rest(now()));
            guarded(part, part.pin()::release);
        }
        closeDriver();
    }

    private void pass() {
        for (PlainPart part : parts) {
            guarded(part, () -> {
                if (part.pin().wanted(now())) {
                    part.pin().hold(driver(), now());
                }
                part.tick(now());
            });
            if (stop.getCount() == 0) {
                return;
            }
        }
        if (driver != null && parts.stream().noneMatch(part -> part.pin().isHeld())) {
            // The chip may have gone and come back: the next try begins from the start.
            closeDriver();
        }
    }

    private PlainPins driver() throws PinTrouble {
        PlainPins open = driver;
        if (open == null) {
            open = opening.open();
            driver = open;
        }
        return open;
    }

    private void closeDriver() {
        PlainPins open = driver;
        driver = null;
        if (open != null) {
            open.close();
        }
    }

    /** What may go wrong with a part. */
    private interface Doing {
        void run() throws PinTrouble;
    }

    private void guarded(PlainPart part, Doing doing) {
        try {
            doing.run();
        } catch (PinTrouble e) {
            part.pin().lost(e, now());
        } catch (RuntimeException | Error e) {
            LOG.error("pin {}: fault in the gateway", part.pin().name(), e);
            part.pin().lost(new PinTrouble("fault in the gateway: " + e, "see the log, and report it"), now());
        }
    }

    private long now() {
        return clock.monotonicNanos();
    }
}

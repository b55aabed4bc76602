package org.matgate.gateway.gpio;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.EventSink;
import org.matgate.gateway.status.Line;
import org.matgate.protocol.stream.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to all lines whose edges are times, on one thread, for as long as the box runs. A line that cannot be had is
 * told and tried again. Thread-safe.
 */
final class EdgeInput implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeInput.class);

    /** A look at least so often. */
    private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

    /** What found no room in the journal's intake is offered again so soon. */
    private static final long OFFER_AGAIN_NANOS = 20_000_000L;

    /** Guns and marks that wait for room: a judge cannot press faster than this in the time that a disk may stall. */
    private static final int MOST_WAITING = 1_000;

    private static final long AFTER_FAULT_NANOS = 3_000_000_000L;

    /** How long a stop waits for room in the journal's intake: less than {@link #CLOSE_TIMEOUT}. */
    private static final long FAREWELL_NANOS = 1_000_000_000L;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Opens the way to the lines, on the thread that uses it. */
    @FunctionalInterface
    interface Opening {
        EdgeSource open() throws PinTrouble;
    }

    private final Opening opening;
    private final BoxClock clock;
    private final Stamper stamper;
    private final EventSink sink;
    private final List<TimedPin> pins = new ArrayList<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable EdgeSource source;

    EdgeInput(Config.Gpio gpio, Opening opening, BoxClock clock, Stamper stamper, EventSink sink) {
        this.opening = opening;
        this.clock = clock;
        this.stamper = stamper;
        this.sink = sink;
        gpio.gun().ifPresent(pin -> pins.add(new TimedPin(TimedPin.Kind.GUN, pin, gpio.chip())));
        gpio.mark().ifPresent(pin -> pins.add(new TimedPin(TimedPin.Kind.MARK, pin, gpio.chip())));
        thread = Thread.ofPlatform().daemon().name("pins-edges").unstarted(this::run);
    }

    /** Begins, if there is a line to listen to. To be called once. */
    void start() {
        if (!pins.isEmpty()) {
            thread.start();
        }
    }

    /** How the lines stand. */
    List<Line> lines() {
        long now = clock.monotonicNanos();
        return pins.stream().map(pin -> pin.line(now)).toList();
    }

    /** Listens no more. What has been heard is in the journal's intake then, or told in the log. */
    @Override
    public void close() {
        stop.countDown();
        EdgeSource open = source;
        if (open != null) {
            open.wake();
        }
        try {
            if (thread.isAlive() && !thread.join(CLOSE_TIMEOUT)) {
                LOG.warn("the thread of the edges does not end within {} s; left behind", CLOSE_TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping()) {
            try (EdgeSource opened = opening.open()) {
                source = opened;
                listen(opened);
            } catch (PinTrouble e) {
                allLost(e);
            } catch (RuntimeException | Error e) {
                // Also of an Error: a thread that ends takes every later gun with it.
                LOG.error("pins: fault in the gateway; the lines are taken anew", e);
                allLost(new PinTrouble("fault in the gateway: " + e, "see the log, and report it"));
            } finally {
                source = null;
                pins.forEach(TimedPin::release);
            }
            pause();
        }
        farewell();
    }

    private void allLost(PinTrouble why) {
        pins.forEach(pin -> pin.lost(why, clock.monotonicNanos()));
    }

    private void pause() {
        long until = clock.monotonicNanos() + AFTER_FAULT_NANOS;
        try {
            for (long left; (left = until - clock.monotonicNanos()) > 0; ) {
                offerWaiting();
                if (stop.await(waiting.isEmpty() ? left : Math.min(left, OFFER_AGAIN_NANOS), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private void listen(EdgeSource from) throws PinTrouble {
        while (!stopping()) {
            pins.forEach(pin -> pin.arm(from, clock::monotonicNanos));
            long began = clock.monotonicNanos();
            from.await(
                    pins.stream()
                            .map(TimedPin::source)
                            .flatMap(Optional::stream)
                            .toList(),
                    waitNanos(began));
            long now = clock.monotonicNanos();
            pins.forEach(pin -> pin.look(began, now, stamper, this::tell));
            offerWaiting();
        }
    }

    private long waitNanos(long nowNanos) {
        long until = nowNanos + (waiting.isEmpty() ? LONGEST_WAIT_NANOS : OFFER_AGAIN_NANOS);
        for (TimedPin pin : pins) {
            until = Math.min(until, pin.dueNanos());
        }
        return Math.max(0, until - nowNanos);
    }

    private void tell(Event event) {
        if (waiting.size() >= MOST_WAITING) {
            onlyLogged(event);
            return;
        }
        waiting.add(event);
        offerWaiting();
    }

    private void offerWaiting() {
        while (!waiting.isEmpty() && sink.offer(waiting.getFirst())) {
            waiting.removeFirst();
        }
    }

    /** What waits for room when the service stops has nowhere else to go. */
    private void farewell() {
        long until = clock.monotonicNanos() + FAREWELL_NANOS;
        try {
            offerWaiting();
            while (!waiting.isEmpty() && clock.monotonicNanos() < until) {
                TimeUnit.NANOSECONDS.sleep(OFFER_AGAIN_NANOS);
                offerWaiting();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(EdgeInput::onlyLogged);
    }

    private static void onlyLogged(Event event) {
        LOG.error("pins: the journal takes nothing; {} is only in this log", event);
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }
}

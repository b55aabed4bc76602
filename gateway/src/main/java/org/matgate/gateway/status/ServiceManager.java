package org.matgate.gateway.status;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.gateway.pulse.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service stands, where it was started by it with {@code Type=notify}: that it reads, a line for
 * {@code systemctl status}, that it stops; and feeds its watchdog while all threads that the service cannot do without show
 * that they live. What is said is that of sd_notify(3) and sd_watchdog_enabled(3). Thread-safe.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    /** How often the threads are looked at; with a short WATCHDOG_USEC more often. */
    private static final long LOOK_MICROS = 1_000_000;

    /** A watchdog that wants more than this is none that a machine under load could feed. */
    private static final long LEAST_MICROS = 100_000;

    private static final long STATUS_MILLIS = 10_000;

    /** What must arrive is sent again while whoever reads there does not keep up, or is not there as it starts anew. */
    private static final int MOST_TRIES = 20;

    private static final long TRY_MILLIS = 100;

    private final NotifySocket socket;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile boolean failed;

    private ServiceManager(NotifySocket socket) {
        this.socket = socket;
    }

    /**
     * Says that the service is ready, and begins to feed the watchdog if that is asked for; without NOTIFY_SOCKET, or where
     * that is none, nothing.
     *
     * @param environment this process's
     * @param pid this process's
     * @param pulses of all threads that must live
     * @param status says how the service stands, in one line; may take its time
     */
    public static Optional<ServiceManager> start(
            Map<String, String> environment, long pid, List<Pulse> pulses, Supplier<String> status) {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            ServiceManager manager = new ServiceManager(NotifySocket.to(name));
            manager.insist("READY=1");
            watchdogMicros(environment, pid).ifPresent(micros -> {
                long every = Math.min(LOOK_MICROS, micros / 4);
                Watchdog watchdog = new Watchdog(pulses, Duration.of(every, ChronoUnit.MICROS));
                Thread.ofPlatform().daemon().name("watchdog").start(() -> manager.feed(watchdog, every));
            });
            // On a thread of its own: how the service stands is asked of a disk, too, which may stall.
            Thread.ofPlatform().daemon().name("systemd-status").start(() -> manager.tell(status));
            return Optional.of(manager);
        } catch (IOException e) {
            LOG.warn("systemd is told nothing, all else goes on: NOTIFY_SOCKET: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The time within which the watchdog is to be fed, in microseconds; empty where it is not for this process. */
    static Optional<Long> watchdogMicros(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String whose = environment.getOrDefault("WATCHDOG_PID", "");
        if (micros.isEmpty() || (!whose.isEmpty() && !whose.equals(String.valueOf(pid)))) {
            return Optional.empty();
        }
        try {
            long parsed = Long.parseLong(micros);
            if (parsed >= LEAST_MICROS) {
                return Optional.of(parsed);
            }
        } catch (NumberFormatException e) {
            LOG.debug("WATCHDOG_USEC", e);
        }
        LOG.warn(
                "the watchdog is not fed: WATCHDOG_USEC is \"{}\"; want {} microseconds or more", micros, LEAST_MICROS);
        return Optional.empty();
    }

    /**
     * Feeds after each good look, several times as often as is asked for: what holds this whole process up, such as a card
     * that lets a page wait on which all threads then wait, then has nearly the whole time to be over.
     */
    private void feed(Watchdog watchdog, long everyMicros) {
        boolean withheld = false;
        try {
            do {
                if (watchdog.look() || stopping) {
                    send("WATCHDOG=1");
                    withheld = false;
                } else if (!withheld) {
                    withheld = true;
                    LOG.error(
                            "the watchdog is not fed, and systemd restarts the service if that stays so: stuck is {}",
                            watchdog.stuck());
                }
            } while (!end.await(everyMicros, TimeUnit.MICROSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Supplier<String> status) {
        String last = "";
        try {
            do {
                String now = inOneLine(status);
                // That it is ready is said again: who has not heard it would end a service that is well.
                if (!stopping && !now.equals(last) && send("READY=1\nSTATUS=" + now)) {
                    last = now;
                }
            } while (!end.await(STATUS_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String inOneLine(Supplier<String> status) {
        try {
            return status.get().replaceAll("\\p{Cntrl}+", " ");
        } catch (RuntimeException e) {
            LOG.error("how the service stands cannot be told", e);
            return "how it stands cannot be told: " + e;
        }
    }

    /** The service stops, in a time that systemd bounds by itself: what ends now is not stuck. */
    public void stopping() {
        stopping = true;
        insist("STOPPING=1\nSTATUS=stopping");
    }

    private void insist(String text) {
        try {
            for (int tries = 0; tries < MOST_TRIES && !send(text); tries++) {
                TimeUnit.MILLISECONDS.sleep(TRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it went out; that it cannot is told once, until it does again. */
    private synchronized boolean send(String text) {
        try {
            boolean sent = socket.send(text);
            failed = false;
            return sent;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("systemd cannot be told {}: {}", text.replace('\n', ' '), e.getMessage());
            }
            failed = true;
            return false;
        }
    }

    /** Tells nothing any more. */
    @Override
    public void close() {
        end.countDown();
        socket.close();
    }
}

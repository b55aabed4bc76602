package org.matgate.gateway.clock;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the box's clocks every second, stamps by the latest reading, and tells of each new piece of the map from
 * CLOCK_MONOTONIC to UTC: at the start, when synchronisation is won or lost, when UTC moved from what the piece in force
 * says, and when that piece's uncertainty is no longer true. At most one piece a second. Thread-safe.
 */
public final class ClockWatch implements Stamper, AutoCloseable {
    /** The rate at which the kernel lets its own bound grow while no time source speaks. */
    static final long UNCERTAINTY_GROWTH_PPB = 500_000;

    /** UTC that moved by more was stepped: a slew of 500 ppm does not come that far between two readings. */
    static final long STEP_NANOS = 10_000_000;

    /** UTC that moved by less is not worth a piece. */
    static final long SLEW_NANOS = 1_000_000;

    /** A bound that has become smaller is told so seldom; the stamps carry it at once. */
    static final long BETTER_AFTER_NANOS = 60_000_000_000L;

    private static final long INTERVAL_SECONDS = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final BoxClock clock;
    private final UUID bootId;
    private final Predicate<? super ClockState> pieces;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile ClockAnchor anchor;
    private @Nullable Announced announced;
    /** Whether the last reading asked for a piece that found no room; then where that piece begins. */
    private boolean untold;

    private long untoldFromNanos;
    private @Nullable Thread thread;
    private long failures;

    /** The piece that was last told of, and how exactly its anchor was read. */
    private record Announced(ClockState piece, long bracketNanos) {}

    ClockWatch(BoxClock clock, Predicate<? super ClockState> pieces) {
        this.clock = clock;
        this.bootId = clock.bootId();
        this.pieces = pieces;
        ClockReading reading = clock.read();
        anchor = ClockAnchor.first(reading);
        announce(reading, reading.monotonicNanos(), "started, " + describe(anchor));
    }

    /**
     * Reads the clocks, tells of the first piece, and goes on every second until closed.
     *
     * @param pieces takes each piece without waiting; false if it had no room, then a later reading tells it again
     */
    public static ClockWatch start(BoxClock clock, Predicate<? super ClockState> pieces) {
        ClockWatch watch = new ClockWatch(clock, pieces);
        watch.thread = Thread.ofPlatform().daemon().name("clock-watch").start(watch::run);
        return watch;
    }

    @Override
    public Stamp stamp(long monotonicNanos, long extraUncertaintyNanos) {
        ClockAnchor now = anchor;
        return new Stamp(
                bootId,
                monotonicNanos,
                now.utcOf(monotonicNanos),
                now.uncertaintyOf(monotonicNanos, extraUncertaintyNanos),
                extraUncertaintyNanos);
    }

    @Override
    public long rawOfMonotonic(long monotonicNanos) {
        return anchor.rawOfMonotonic(monotonicNanos);
    }

    @Override
    public long monotonicOfRaw(long rawNanos) {
        return anchor.monotonicOfRaw(rawNanos);
    }

    /** Ends the readings; stamps go on by the last one. */
    @Override
    public void close() {
        closing.countDown();
        if (thread != null && !thread.equals(Thread.currentThread())) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(INTERVAL_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!closing.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
                try {
                    tick();
                    failures = 0;
                } catch (RuntimeException e) {
                    if (failures++ == 0) {
                        LOG.error("cannot read the clocks; stamps go on by the last reading, growing uncertain", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the clocks once. One thread only. */
    void tick() {
        ClockReading reading = clock.read();
        ClockAnchor before = anchor;
        ClockAnchor now = before.next(reading);
        anchor = now;
        Announced last = announced;
        if (last == null) {
            announce(reading, reading.monotonicNanos(), "told late, " + describe(now));
            return;
        }
        String reason = reasonForNewPiece(last, reading, now);
        if (reason.isEmpty()) {
            untold = false;
            return;
        }
        if (!untold) {
            // What moved did so since the reading before.
            untoldFromNanos = before.monotonicNanos();
        }
        untold = !announce(reading, untoldFromNanos, reason);
    }

    private static String reasonForNewPiece(Announced last, ClockReading reading, ClockAnchor now) {
        ClockState piece = last.piece;
        long here = reading.monotonicNanos();
        long moved = reading.utcNanos() - piece.anchorUtcNanos() - (here - piece.anchorMonotonicNanos());
        long surely = Math.abs(moved) - (reading.bracketNanos() + last.bracketNanos + 1) / 2;
        boolean wasSynchronised = piece.source() != ClockSource.NONE;
        if (reading.synchronised() != wasSynchronised) {
            return (wasSynchronised ? "synchronisation lost, UTC moved by " : "synchronised, UTC moved by ")
                    + signedMillis(moved);
        }
        long told = wasSynchronised
                ? piece.uncertaintyNanos()
                        + Scale.ppb(here - piece.anchorMonotonicNanos(), piece.uncertaintyGrowthPpb())
                : Stamp.UNSYNCHRONISED;
        if (surely > Math.min(STEP_NANOS, told)) {
            return "stepped by " + signedMillis(moved);
        }
        if (surely > SLEW_NANOS) {
            return "slewed by " + signedMillis(moved);
        }
        long is = now.uncertaintyNanos();
        boolean better = is < told / 2 && here - piece.anchorMonotonicNanos() >= BETTER_AFTER_NANOS;
        if (wasSynchronised && (better || is > told + told / 4)) {
            return "uncertainty now " + millis(is) + ", was " + millis(told);
        }
        return "";
    }

    private boolean announce(ClockReading reading, long fromMonotonicNanos, String reason) {
        ClockAnchor now = anchor;
        ClockState piece = new ClockState(
                stamp(now.monotonicNanos(), 0),
                now.monotonicNanos(),
                fromMonotonicNanos,
                0,
                now.monotonicNanos(),
                now.rawNanos(),
                now.utcNanos(),
                0,
                now.uncertaintyNanos(),
                now.synchronised() ? UNCERTAINTY_GROWTH_PPB : 0,
                now.synchronised() ? ClockSource.KERNEL : ClockSource.NONE,
                reason);
        if (!pieces.test(piece)) {
            return false;
        }
        announced = new Announced(piece, reading.bracketNanos());
        LOG.info("clock: {}", reason);
        return true;
    }

    private static String describe(ClockAnchor anchor) {
        return anchor.synchronised() ? "UTC within " + millis(anchor.uncertaintyNanos()) : "not synchronised";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }

    private static String signedMillis(long nanos) {
        return (nanos < 0 ? "" : "+") + millis(nanos);
    }
}

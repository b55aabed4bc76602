package org.matgate.gateway.clock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.UtcLine.Point;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the time of the box. Every second it reads the clocks; a {@link BootMap} says what that means; the latest reading
 * is the {@link ClockAnchor} by which events are stamped as they happen, and the pieces that the map tells, of the
 * present and of the past, go to the journal. At most one piece of the present a second. Thread-safe.
 */
public final class ClockWatch implements Stamper, AutoCloseable {
    private static final long INTERVAL_SECONDS = 1;

    /** A slower answer of an engine says nothing that helps. */
    private static final long SLOWEST_ANSWER_NANOS = 10_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final BoxClock clock;
    private final UUID bootId;
    private final Chrony chrony;
    private final BootMap map;
    private final Outbox outbox;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What engines have said since the last reading, the tightest of each; guarded by itself. */
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private volatile ClockAnchor anchor;
    private volatile ClockStatus status;
    private @Nullable Thread thread;
    private long failures;

    private record Answer(long monotonicNanos, long utcNanos, long errorNanos) {}

    ClockWatch(BoxClock clock, Chrony chrony, List<ClockState> earlier, Predicate<? super ClockState> pieces) {
        this.clock = clock;
        this.chrony = chrony;
        bootId = clock.bootId();
        map = new BootMap(bootId, earlier);
        outbox = new Outbox(pieces);
        Vouched first = chrony.vouch(clock.read());
        tell(map.read(first));
        anchor = ClockAnchor.first(first.clocks(), map.belief(), map.bends());
        status = ClockStatus.NONE.with(map.belief(), first, List.of());
    }

    /**
     * Reads the clocks, tells of the first piece, and goes on every second until closed.
     *
     * @param chrony is closed with the watch
     * @param earlier what earlier processes told of this boot, in any order
     * @param pieces takes each piece without waiting; false if it had no room, then it is told later
     */
    public static ClockWatch start(
            BoxClock clock, Chrony chrony, List<ClockState> earlier, Predicate<? super ClockState> pieces) {
        ClockWatch watch = new ClockWatch(clock, chrony, earlier, pieces);
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

    @Override
    public long bendNanos(long rawNanos) {
        return anchor.bendNanos(rawNanos);
    }

    /** Now, on CLOCK_MONOTONIC. */
    public long nowMonotonicNanos() {
        return clock.monotonicNanos();
    }

    /** How the clock stands, as of the last reading. */
    public ClockStatus status() {
        return status;
    }

    /**
     * An engine's answer to a question what time it is. It counts where nothing better vouches for the clock, and not
     * if it took too long, or tells a time or an uncertainty that help nobody.
     *
     * @param askedMonotonicNanos when the question went out, on CLOCK_MONOTONIC
     * @param answeredMonotonicNanos when the answer came
     * @param utcNanos the engine's clock in between
     * @param uncertaintyNanos how wrong that may be; 0 where it does not say
     */
    public void engineClock(
            String engine,
            long askedMonotonicNanos,
            long answeredMonotonicNanos,
            long utcNanos,
            long uncertaintyNanos) {
        long trip = answeredMonotonicNanos - askedMonotonicNanos;
        if (trip < 0
                || trip > SLOWEST_ANSWER_NANOS
                || uncertaintyNanos < 0
                || uncertaintyNanos > CrewAnchor.MOST_WITHIN_NANOS
                || !Era.contains(utcNanos)) {
            return;
        }
        long error = (trip + 1) / 2 + (uncertaintyNanos == 0 ? Engines.UNSAID_NANOS : uncertaintyNanos);
        Answer answer = new Answer(askedMonotonicNanos + trip / 2, utcNanos, error);
        synchronized (answers) {
            answers.merge(engine, answer, (one, other) -> other.errorNanos <= one.errorNanos ? other : one);
        }
    }

    /**
     * Makes the crew's word the time of this boot: it goes to the journal like any other piece, and events are stamped by
     * it from the next reading on.
     *
     * @param against who is not believed in this boot any more
     * @throws IllegalArgumentException if the moment is still to come, or the machine has slept since
     */
    public synchronized ClockState crewAnchor(CrewAnchor anchor, CrewAnchor.Against against) {
        long now = clock.monotonicNanos();
        if (anchor.monotonicNanos() > now) {
            throw new IllegalArgumentException("the moment " + anchor.monotonicNanos() + " ns after the boot is still"
                    + " to come, it is " + now + " ns now");
        }
        if (anchor.monotonicNanos() < map.awakeSinceNanos()) {
            throw new IllegalArgumentException("the machine has slept since that moment; want one of the time since");
        }
        ClockState piece = anchor.piece(
                stamp(now, 0), map.lastEdition() + 1, map.awakeSinceNanos(), rawOfMonotonic(anchor.monotonicNanos()));
        map.crew(piece, against);
        tell(List.of(piece));
        return piece;
    }

    /** Ends the readings; stamps go on by the last one. */
    @Override
    public void close() {
        closing.countDown();
        chrony.close();
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
    synchronized void tick() {
        Vouched now = chrony.vouch(clock.read());
        hearEngines();
        List<ClockState> pieces = map.read(now);
        anchor = anchor.next(now.clocks(), map.belief(), map.bends());
        status = status.with(map.belief(), now, pieces);
        tell(pieces);
    }

    private void hearEngines() {
        Map<String, Answer> heard;
        synchronized (answers) {
            heard = Map.copyOf(answers);
            answers.clear();
        }
        heard.forEach((engine, answer) -> map.engine(
                engine, new Point(anchor.rawOfMonotonic(answer.monotonicNanos), answer.utcNanos, answer.errorNanos)));
    }

    private void tell(List<ClockState> pieces) {
        for (ClockState piece : pieces) {
            // What happens many times an hour is in the journal, not in the log.
            boolean ordinary = piece.untilMonotonicNanos() != 0
                    || piece.reason().startsWith("slewed")
                    || piece.reason().startsWith("uncertainty");
            LOG.atLevel(ordinary ? Level.DEBUG : Level.INFO).log("clock: {}", piece.reason());
            outbox.add(piece);
        }
        if (outbox.flush()) {
            map.tellAgain();
        }
    }
}

package org.matgate.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.matgate.gateway.clock.AnchorOrder;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.clock.CrewAnchor;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Order.Reply;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the crew may order a running service to do. Thread-safe. */
record CrewOrders(UUID bootId, ClockWatch watch, Journal journal) implements Order.Handler {
    private static final Logger log = LoggerFactory.getLogger(CrewOrders.class);
    private static final long COMMIT_SECONDS = 10;

    @Override
    public Reply perform(Order order) {
        Optional<AnchorOrder> anchor =
                order.verb().equals(AnchorOrder.VERB) ? AnchorOrder.parse(order.arguments()) : Optional.empty();
        if (anchor.isEmpty()) {
            return no("the service does not know this order; is it of another version? Restart it");
        }
        try {
            return anchor(anchor.get());
        } catch (IOException | IllegalArgumentException e) {
            return no(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return no("the service is stopping");
        }
    }

    private synchronized Reply anchor(AnchorOrder order) throws IOException, InterruptedException {
        UUID boot = order.boot().orElse(bootId);
        long at = order.boot().isPresent() ? order.monotonicNanos() : watch.nowMonotonicNanos();
        CrewAnchor anchor = new CrewAnchor(at, order.utcNanos(), order.withinNanos(), order.who());
        List<ClockState> known = journal.clockStates(boot);
        if (known.isEmpty() && !boot.equals(bootId)) {
            return no("nothing is known of boot " + boot + " here");
        }
        boolean synchronised = known.stream().anyMatch(piece -> vouched(piece.source()));
        Optional<String> objection = objection(boot, anchor, known, synchronised);
        if (objection.isPresent() && !order.force()) {
            return no(objection.get());
        }
        CountDownLatch committed = new CountDownLatch(1);
        try (AutoCloseable subscription = journal.subscribe((id, entries) -> {
            if (entries.stream().anyMatch(entry -> isSame(entry.event(), anchor))) {
                committed.countDown();
            }
        })) {
            log.info("clock: the crew says, {}: {}, taken by {}", order.who(), anchor, subscription);
            if (!tell(boot, anchor, known, against(synchronised, objection.isPresent()))) {
                return no("the journal has no room at the moment; try again");
            }
            return committed.await(COMMIT_SECONDS, TimeUnit.SECONDS)
                    ? new Reply(
                            true,
                            "the time of boot " + boot + " is the crew's within " + Words.millis(order.withinNanos())
                                    + ", for all events of it")
                    : no("it is not on disk after " + COMMIT_SECONDS + " s: "
                            + journal.trouble().orElse("the disk stalls"));
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the journal did not let go: " + e, e);
        }
    }

    private boolean tell(UUID boot, CrewAnchor anchor, List<ClockState> known, CrewAnchor.Against against) {
        if (boot.equals(bootId)) {
            watch.crewAnchor(anchor, against);
            return true;
        }
        Stamp moment = new Stamp(boot, anchor.monotonicNanos(), anchor.utcNanos(), anchor.withinNanos(), 0);
        return journal.offer(anchor.piece(known, moment));
    }

    private static CrewAnchor.Against against(boolean synchronised, boolean betterKnown) {
        return synchronised
                ? CrewAnchor.Against.ALL
                : betterKnown ? CrewAnchor.Against.ENGINES : CrewAnchor.Against.NOBODY;
    }

    private static boolean isSame(Event event, CrewAnchor anchor) {
        return event instanceof ClockState piece
                && piece.source() == ClockSource.CREW
                && piece.anchorMonotonicNanos() == anchor.monotonicNanos()
                && piece.anchorUtcNanos() == anchor.utcNanos();
    }

    private static boolean vouched(ClockSource source) {
        return source == ClockSource.KERNEL || source == ClockSource.CHRONY;
    }

    private Optional<String> objection(UUID boot, CrewAnchor anchor, List<ClockState> known, boolean synchronised) {
        UtcTimeline timeline = new UtcTimeline();
        known.forEach(timeline::add);
        Stamp was = timeline.restate(new Stamp(boot, anchor.monotonicNanos(), 0, Stamp.UNSYNCHRONISED, 0));
        if (synchronised) {
            return Optional.of("the clock of boot " + boot + " was synchronised; by it that moment was "
                    + Words.utc(was.utcNanos()) + difference(was, anchor) + ". If you know better: --force");
        }
        if (was.uncertaintyNanos() < anchor.withinNanos()) {
            return Optional.of("the time of boot " + boot + " is known within " + Words.millis(was.uncertaintyNanos())
                    + " already" + difference(was, anchor) + ". If you know better: --force");
        }
        return Optional.empty();
    }

    private static String difference(Stamp was, CrewAnchor anchor) {
        return was.synchronised() ? ", yours differs by " + Words.millis(anchor.utcNanos() - was.utcNanos()) : "";
    }

    private static Reply no(String why) {
        return new Reply(false, why);
    }
}

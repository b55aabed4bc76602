package org.matgate.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.journal.JournalUpkeep;
import org.matgate.gateway.status.EngineHolding;
import org.matgate.gateway.status.EngineHoldings;
import org.matgate.gateway.status.JournalBeginning;
import org.matgate.gateway.status.JournalDeletion;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.Order.Reply;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.stream.JournalId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the crew may order a running service to do with its journals. Thread-safe.
 *
 * @param data the box's data directory
 * @param journal what is written
 * @param engines how the delivery to each engine stands
 * @param others takes all other orders
 */
record JournalOrders(Path data, Journal journal, Supplier<List<UplinkStatus>> engines, Order.Handler others)
        implements Order.Handler {
    private static final Logger log = LoggerFactory.getLogger(JournalOrders.class);

    /** Deleted for one order: a second or two on an SD card. Whoever wants more orders again. */
    private static final int EVENTS_PER_ORDER = 20_000;

    /** A journal begins with the next commit, or within a second. */
    private static final int LOOKS = 60;

    private static final long LOOK_MILLIS = 50;

    @Override
    public Reply perform(Order order) {
        return switch (order.verb()) {
            case EngineHoldings.VERB ->
                new Reply(true, EngineHoldings.of(engines.get()).words());
            case JournalDeletion.VERB ->
                JournalDeletion.parse(order.arguments())
                        .map(this::delete)
                        .orElseGet(() -> new Reply(false, "want a journal and whether it is forced"));
            case JournalBeginning.VERB -> begin();
            default -> others.perform(order);
        };
    }

    private synchronized Reply begin() {
        JournalId before = journal.id();
        journal.beginAnew("the crew asked for a new one");
        try {
            for (int look = 0; look < LOOKS && journal.id().equals(before); look++) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return journal.id().equals(before)
                ? new Reply(false, "the disk takes nothing now; a new journal begins as soon as it does")
                : new Reply(true, journal.id().toString());
    }

    private synchronized Reply delete(JournalDeletion deletion) {
        List<EngineHolding> lacking = EngineHoldings.of(engines.get()).lacking(deletion.journal());
        if (!lacking.isEmpty() && !deletion.force()) {
            return new Reply(false, JournalDeletion.objection(lacking));
        }
        try {
            long left = JournalUpkeep.delete(data, deletion.journal(), EVENTS_PER_ORDER);
            log.info("journal {}: deleted by the crew's order, {} events left", deletion.journal(), left);
            return new Reply(true, Long.toString(left));
        } catch (IOException e) {
            return new Reply(false, String.valueOf(e.getMessage()));
        }
    }
}

package org.matgate.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/** What the crew may order a running service to do with its journals. Thread-safe. */
final class JournalOrders implements Order.Handler {
    private static final Logger log = LoggerFactory.getLogger(JournalOrders.class);

    /** Deleted for one order: a second or two on an SD card. Whoever wants more orders again. */
    private static final int EVENTS_PER_ORDER = 20_000;

    /** A journal begins with the next commit, or within a second. */
    private static final int LOOKS = 60;

    private static final long LOOK_MILLIS = 50;

    private final Path data;
    private final Journal journal;
    private final Engines engines;
    private final Order.Handler others;

    /** Of which no engine counts on anything any more, as their deletion has begun. */
    private final Set<JournalId> withdrawn = new HashSet<>();

    /** Those that are delivered to. */
    @FunctionalInterface
    interface Engines {
        /** How the delivery to each stands. */
        List<UplinkStatus> status();

        /**
         * Tells each that nothing of this journal is here any more; {@link #status} then says what it holds of it.
         *
         * @return those that do not know it, as they are not connected or do not answer
         */
        default List<String> withdraw(JournalId journal) {
            return List.of();
        }

        /** Takes that back. */
        default void offerAgain(JournalId journal) {}

        /** Nothing of it is left. */
        default void deleted(JournalId journal) {}
    }

    /**
     * Takes orders.
     *
     * @param data the box's data directory
     * @param journal what is written
     * @param others takes all other orders
     */
    JournalOrders(Path data, Journal journal, Engines engines, Order.Handler others) {
        this.data = data;
        this.journal = journal;
        this.engines = engines;
        this.others = others;
    }

    @Override
    public Reply perform(Order order) {
        return switch (order.verb()) {
            case EngineHoldings.VERB ->
                new Reply(true, EngineHoldings.of(engines.status()).words());
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
        JournalId id = deletion.journal();
        try {
            Optional<String> objection = objection(deletion);
            if (objection.isPresent()) {
                return kept(id, objection.get());
            }
            long left = JournalUpkeep.delete(data, id, EVENTS_PER_ORDER);
            log.info("journal {}: deleted by the crew's order, {} events left", id, left);
            if (left == 0) {
                withdrawn.remove(id);
                engines.deleted(id);
            }
            return new Reply(true, Long.toString(left));
        } catch (IOException e) {
            return kept(id, String.valueOf(e.getMessage()));
        }
    }

    private Reply kept(JournalId id, String why) {
        if (withdrawn.remove(id)) {
            engines.offerAgain(id);
        }
        return new Reply(false, why);
    }

    private Optional<String> objection(JournalDeletion deletion) {
        if (journal.status().care().salvaging()) {
            return Optional.of("a damaged file is being saved from, and more of this journal may follow; give the same"
                    + " command again once `matgate status` says nothing of that any more");
        }
        Optional<String> lacking = lacking(deletion);
        boolean current = deletion.journal().equals(journal.id());
        if (lacking.isPresent() || current || !withdrawn.add(deletion.journal())) {
            return lacking;
        }
        List<String> mute = engines.withdraw(deletion.journal());
        // What an engine has given up to have it again, and asked for, shows only now that it cannot any more.
        return mute.isEmpty() || deletion.force() ? lacking(deletion) : Optional.of(JournalDeletion.mute(mute));
    }

    private Optional<String> lacking(JournalDeletion deletion) {
        List<EngineHolding> lacking = EngineHoldings.of(engines.status()).lacking(deletion.journal());
        return lacking.isEmpty() || deletion.force()
                ? Optional.empty()
                : Optional.of(JournalDeletion.objection(lacking));
    }
}

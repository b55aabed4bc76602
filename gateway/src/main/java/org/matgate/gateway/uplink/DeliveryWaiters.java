package org.matgate.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;

/** Those who wait for an engine, most until it holds everything that was committed when they asked. On the event loop. */
final class DeliveryWaiters {
    private record Waiter(CompletableFuture<Boolean> told, Predicate<DeliveredJournals> wanted) {
        boolean settled(DeliveredJournals journals) {
            return told.isDone() || (wanted.test(journals) && told.complete(true));
        }
    }

    /** That everything is delivered which is committed when it is first looked at. */
    private static final class Everything implements Predicate<DeliveredJournals> {
        private @Nullable Map<JournalId, Long> lastSeqs;

        @Override
        public boolean test(DeliveredJournals journals) {
            if (!journals.known()) {
                return false;
            }
            Map<JournalId, Long> wanted = lastSeqs == null ? journals.committed() : lastSeqs;
            lastSeqs = wanted;
            return journals.delivered(wanted);
        }
    }

    private final List<Waiter> waiters = new ArrayList<>();

    void add(CompletableFuture<Boolean> delivered) {
        add(delivered, new Everything());
    }

    /** Tells when this is so. */
    void add(CompletableFuture<Boolean> told, Predicate<DeliveredJournals> wanted) {
        waiters.add(new Waiter(told, wanted));
    }

    /** Tells those for whom it is so now. */
    void settle(DeliveredJournals journals) {
        if (!waiters.isEmpty()) {
            waiters.removeIf(waiter -> waiter.settled(journals));
        }
    }

    /** Nothing more will be delivered. */
    void giveUp() {
        waiters.forEach(waiter -> waiter.told.complete(false));
        waiters.clear();
    }
}

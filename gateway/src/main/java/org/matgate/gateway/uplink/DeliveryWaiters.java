package org.matgate.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;

/** Those who wait until an engine holds everything that was committed when they asked. On the event loop. */
final class DeliveryWaiters {
    private static final class Waiter {
        private final CompletableFuture<Boolean> delivered;
        private @Nullable Map<JournalId, Long> lastSeqs;

        Waiter(CompletableFuture<Boolean> delivered) {
            this.delivered = delivered;
        }

        boolean settled(DeliveredJournals journals) {
            if (delivered.isDone()) {
                return true;
            }
            if (!journals.known()) {
                return false;
            }
            Map<JournalId, Long> wanted = lastSeqs == null ? journals.committed() : lastSeqs;
            lastSeqs = wanted;
            return journals.delivered(wanted) && delivered.complete(true);
        }
    }

    private final List<Waiter> waiters = new ArrayList<>();

    void add(CompletableFuture<Boolean> delivered) {
        waiters.add(new Waiter(delivered));
    }

    /** Tells those whose events the engine holds. */
    void settle(DeliveredJournals journals) {
        if (!waiters.isEmpty()) {
            waiters.removeIf(waiter -> waiter.settled(journals));
        }
    }

    /** Nothing more will be delivered. */
    void giveUp() {
        waiters.forEach(waiter -> waiter.delivered.complete(false));
        waiters.clear();
    }
}

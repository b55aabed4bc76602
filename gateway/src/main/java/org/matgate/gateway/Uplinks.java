package org.matgate.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.matgate.gateway.uplink.Uplink;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.stream.JournalId;

/** The engines of a box, as the crew's orders see them. Thread-safe. */
record Uplinks(List<Uplink> all) implements JournalOrders.Engines {
    /** A new connection over a bad mobile line; who gave the order waits for no more than 15 s in all. */
    private static final long ANSWER_MILLIS = 8_000;

    @Override
    public List<UplinkStatus> status() {
        return all.stream().map(Uplink::status).toList();
    }

    @Override
    public List<String> withdraw(JournalId journal) {
        List<CompletableFuture<Boolean>> answers =
                all.stream().map(uplink -> uplink.withdraw(journal)).toList();
        CompletableFuture<Void> everyone = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        try {
            everyone.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answers.forEach(answer -> answer.complete(false));
        } catch (InterruptedException e) {
            answers.forEach(answer -> answer.complete(false));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed exceptionally", e);
        }
        return all.stream()
                .filter(uplink -> !answers.get(all.indexOf(uplink)).join())
                .map(uplink -> uplink.status().engine())
                .toList();
    }

    @Override
    public void offerAgain(JournalId journal) {
        all.forEach(uplink -> uplink.offerAgain(journal));
    }

    @Override
    public void deleted(JournalId journal) {
        all.forEach(uplink -> uplink.deleted(journal));
    }
}

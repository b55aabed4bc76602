package org.matgate.protocol.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Ping;

@Timeout(120)
final class BackpressureTest {
    private static final JournalId A = new JournalId(0xA, 1);
    private static final int RUNS = 600;
    private static final int EVENTS_A_RUN = 200;

    @Test
    void aBoxThatIsFasterThanTheStoreIsMadeToWaitAndIsNotGivenUp() throws Exception {
        InMemoryEventStore store = new InMemoryEventStore();
        Liveness impatient = new Liveness(Duration.ofMillis(500), Duration.ofSeconds(3));
        try (ReadStreamServer server = ReadStreamServer.builder(store, () -> 1)
                        .liveness(impatient)
                        .start();
                BoxClient box = new BoxClient(server.address())) {
            box.open("finish", A);
            store.block();
            AtomicLong sent = new AtomicLong();
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                for (int run = 0; run < RUNS; run++) {
                    try {
                        long first = 1 + (long) run * EVENTS_A_RUN;
                        box.send(BoxClient.reads(A, first, first + EVENTS_A_RUN - 1));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    sent.incrementAndGet();
                }
            });
            store.awaitBlocked();
            // Pings come only where nothing is read: ten of them take longer than the silence that kills.
            for (int pings = 0; pings < 10; ) {
                pings += box.receive() instanceof Ping ? 1 : 0;
            }
            assertThat(sent.get()).as("the rest waits at the box").isLessThan(RUNS);
            store.release();
            box.expectAcks(A, SeqRanges.of(1, (long) RUNS * EVENTS_A_RUN));
            sender.get(60, TimeUnit.SECONDS);
            assertThat(store.events(A)).hasSize(RUNS * EVENTS_A_RUN);
        }
    }
}

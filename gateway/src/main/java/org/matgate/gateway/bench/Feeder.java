package org.matgate.gateway.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.matgate.gateway.journal.Journal;
import org.matgate.protocol.stream.Event.TagRead;

/** Puts reads into a journal's intake as fast as it takes them. Not thread-safe. */
final class Feeder {
    /** Longer than any machine takes for a round. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** So full the intake is kept: the writer always finds whole commits, and nothing is dropped. */
    static final double FULL_ENOUGH = 0.5;

    /** How many are offered between two looks at the intake. */
    private static final int BURST = 1024;

    private static final long PAUSE_NANOS = 1_000_000;

    private final Journal journal;
    private final List<TagRead> reads;
    private final BooleanSupplier room;

    /** @param room whether more may be offered now */
    Feeder(Journal journal, List<TagRead> reads, BooleanSupplier room) {
        this.journal = journal;
        this.reads = reads;
        this.room = room;
    }

    /** Offers so many, and returns when all of them are committed. */
    void commit(int count) throws Exception {
        CountDownLatch committed = new CountDownLatch(1);
        int[] left = {count};
        AutoCloseable subscription = journal.subscribe((id, entries) -> {
            left[0] -= (int) entries.stream()
                    .filter(entry -> entry.event() instanceof TagRead)
                    .count();
            if (left[0] <= 0) {
                committed.countDown();
            }
        });
        try {
            offer(count);
            if (!committed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException(count + " reads are not committed after " + PATIENCE + ": "
                        + journal.trouble().orElse("the disk does not answer"));
            }
        } finally {
            subscription.close();
        }
    }

    private void offer(int count) {
        for (int i = 0; i < count; i++) {
            while (i % BURST == 0 && !room.getAsBoolean()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            while (!journal.offer(reads.get(i % reads.size()))) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}

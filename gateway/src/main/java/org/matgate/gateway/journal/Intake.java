package org.matgate.gateway.journal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.matgate.protocol.stream.Event;

/** The bounded queue between those who offer events and the one thread that writes them. Thread-safe. */
final class Intake {
    /** Room for reads: 11 s of four readers at 1,100 reads/s, so that a disk that stalls for five loses nothing. */
    static final int READS = 50_000;

    /** Room kept for what is not a read: a full intake must still take the event that tells of the loss. */
    static final int RESERVE = 1_000;

    /** Counts of reads that found no room, which come once a second at most; the next one says what an earlier one did. */
    static final int MOST_AHEAD = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private final ArrayDeque<Event> queue = new ArrayDeque<>(READS + RESERVE);
    /** What is to be written before all that waits. */
    private final ArrayDeque<Event> ahead = new ArrayDeque<>();

    private final Map<String, Long> refused = new HashMap<>();
    /** How many events end the writer's wait. */
    private int wanted = Integer.MAX_VALUE;

    private boolean closed;

    /** Takes the event if there is room for it and the intake is open. */
    boolean offer(Event event) {
        int room = event instanceof Event.TagRead ? READS : READS + RESERVE;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (queue.size() >= room) {
                if (event instanceof Event.TagRead read) {
                    refused.merge(read.source().reader(), 1L, Long::sum);
                }
                return false;
            }
            queue.add(event);
            if (queue.size() >= wanted) {
                wanted = Integer.MAX_VALUE;
                enough.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the event, to be written before all that waits; false if it is closed or has {@link #MOST_AHEAD} such. */
    boolean offerAhead(Event event) {
        lock.lock();
        try {
            if (closed || ahead.size() >= MOST_AHEAD) {
                return false;
            }
            ahead.add(event);
            enough.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Moves to {@code batch} what is to be written before all that waits. */
    void takeAhead(List<Event> batch) {
        lock.lock();
        try {
            batch.addAll(ahead);
            ahead.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many reads of each reader found no room so far. */
    Map<String, Long> refused() {
        lock.lock();
        try {
            return Map.copyOf(refused);
        } finally {
            lock.unlock();
        }
    }

    /** How full it is for reads: 0 is empty, at 1 they are dropped. */
    double fillLevel() {
        lock.lock();
        try {
            return (double) queue.size() / READS;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is queued can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            enough.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there are events, but no longer than {@code nanos}, and moves the oldest, at most {@code most}, to
     * {@code batch}.
     *
     * @return false if there are none and will never be, as the intake is closed
     */
    boolean take(List<Event> batch, int most, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (queue.isEmpty() && ahead.isEmpty() && !closed && left > 0) {
                wanted = 1;
                left = enough.awaitNanos(left);
            }
            batch.addAll(ahead);
            ahead.clear();
            for (int n = Math.min(most - batch.size(), queue.size()); n > 0; n--) {
                batch.add(queue.remove());
            }
            return !(batch.isEmpty() && closed);
        } finally {
            wanted = Integer.MAX_VALUE;
            lock.unlock();
        }
    }

    /** Waits so long, but no longer than until {@code count} events are there or the intake is closed. */
    void linger(long nanos, int count) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && queue.size() < count && !closed) {
                wanted = count;
                left = enough.awaitNanos(left);
            }
        } finally {
            wanted = Integer.MAX_VALUE;
            lock.unlock();
        }
    }
}

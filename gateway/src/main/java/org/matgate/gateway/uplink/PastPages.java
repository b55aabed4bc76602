package org.matgate.gateway.uplink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.protocol.stream.JournalId;

/** The page that is being read from disk: one at a time, also where its session has ended. Not thread-safe. */
final class PastPages {
    /** A disk that failed is not asked again before this. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    /** A range that failed so often is left to the next session: what is older waits behind it. */
    private static final int TRIES = 10;

    private final Map<ReadPage, Integer> failures = new HashMap<>();
    private @Nullable ReadPage page;
    private long room;
    private boolean stale;
    private boolean failed;
    private long failedNanos;

    /** Whether the disk may be asked. */
    boolean free() {
        return page == null && !failed;
    }

    /**
     * The disk is asked.
     *
     * @param most how many of its events may be sent
     * @param restNanos how long to wait before
     */
    ReadPage ask(JournalId journal, long first, long last, long most, long restNanos) {
        page = new ReadPage(journal, first, last, restNanos);
        room = most;
        return page;
    }

    /** How many events of the page may be sent. */
    long room() {
        return room;
    }

    /** The session has ended: what comes is not for the next one. */
    void sessionEnded() {
        stale = page != null;
        failures.clear();
    }

    /** The answer is there; empty if its session has ended. */
    Optional<ReadPage> answered() {
        ReadPage asked = page;
        if (asked == null) {
            throw new IllegalStateException("a page that nobody asked for");
        }
        boolean wanted = !stale;
        page = null;
        stale = false;
        return wanted ? Optional.of(asked) : Optional.empty();
    }

    /** The disk failed. */
    void failed(long now) {
        failed = true;
        failedNanos = now;
    }

    /** Counts the failures of what begins where this page does; whether it is to be given up. */
    boolean giveUp(ReadPage asked) {
        ReadPage beginning = new ReadPage(asked.journal(), asked.firstSeq(), asked.firstSeq());
        return failures.merge(beginning, 1, Integer::sum) >= TRIES;
    }

    void tick(long now) {
        if (failed && now - failedNanos >= RETRY_NANOS) {
            failed = false;
        }
    }
}

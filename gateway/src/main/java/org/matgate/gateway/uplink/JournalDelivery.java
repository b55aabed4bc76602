package org.matgate.gateway.uplink;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * What one engine has and lacks of one journal, as ranges of seqs only. Every seq from the journal's first to its last
 * is in exactly one of: held, waived, undeliverable, in flight, being read, lacking. Not thread-safe.
 */
final class JournalDelivery {
    private final JournalId id;
    private long firstSeq;
    private long lastSeq;

    /** What the engine says it holds. */
    private SeqRanges held = SeqRanges.EMPTY;

    /** What the engine does not want: by their seqs, as it said, and by their times, as far as they were looked at. */
    private SeqRanges waived = SeqRanges.EMPTY;

    private SeqRanges tooOld = SeqRanges.EMPTY;
    private long sinceUtcNanos;

    /** What the engine asked for by name, however old it is. */
    private SeqRanges asked = SeqRanges.EMPTY;

    private SeqRanges undeliverable = SeqRanges.EMPTY;
    private SeqRanges inFlight = SeqRanges.EMPTY;

    /** Those in flight that were read from disk. */
    private SeqRanges pastInFlight = SeqRanges.EMPTY;

    /** The page that is being read. */
    private SeqRanges reading = SeqRanges.EMPTY;

    /** What the engine may acknowledge: sent in this session, or said to be held when it began. */
    private SeqRanges mayBeAcknowledged = SeqRanges.EMPTY;

    /** Computed when asked for: a box may hold many old journals, which do not change. */
    private @Nullable SeqRanges lacking;

    private UplinkStatus.@Nullable Delivery status;

    /** Up to here engines may hold what an earlier process sent; negative before this one first looked at the disk. */
    private long notOursTo = -1;

    /** From here on was committed in the present session: live, even if the line had no room for it at once. */
    private long recentFrom;

    private boolean engineAhead;
    private boolean current;

    /** The crew deletes it: nothing of it is sent any more, and the engine is not to count on it. */
    private boolean leaving;

    /** Whether the engine knows that. */
    private boolean left;

    private boolean greeted;
    private boolean listed;

    JournalDelivery(JournalId id, long firstSeq) {
        this.id = id;
        this.firstSeq = firstSeq;
        this.lastSeq = firstSeq - 1;
    }

    JournalId id() {
        return id;
    }

    /** Whether the engine heard of this journal in the present session's Hello. */
    boolean greeted() {
        return greeted;
    }

    /** Whether the journal's list on disk has named it since it was last asked. */
    boolean listed() {
        return listed;
    }

    void listed(boolean is) {
        listed = is;
    }

    long lastSeq() {
        return lastSeq;
    }

    void leaving(boolean is) {
        leaving = is;
        left = left && is;
    }

    /** Whether the engine knows that nothing of this journal is here any more. */
    boolean left() {
        return left;
    }

    /** Whether nothing may be sent: we may have given, or come to give, the engine's numbers a second time. */
    boolean blocked() {
        return engineAhead && (current || lastSeq > notOursTo);
    }

    /** It begins in this process. */
    void begunHere() {
        notOursTo = 0;
    }

    /** It has grown by what was saved of a damaged file, which engines may hold from former processes. */
    void forgetBeginning() {
        notOursTo = -1;
    }

    /** What the list on disk says; commits that came since are not taken back. */
    void summary(JournalSummary summary) {
        changed();
        firstSeq = Math.max(1, summary.firstSeq());
        committedTo(summary.lastSeq());
        notOursTo = notOursTo < 0 ? Math.max(0, summary.lastSeq()) : notOursTo;
        listed = true;
    }

    void committedTo(long seq) {
        changed();
        lastSeq = Math.max(lastSeq, seq);
    }

    /** A session begins. */
    JournalSummary greet() {
        changed();
        greeted = true;
        long last = Math.max(0, lastSeq);
        notOursTo = notOursTo < 0 ? last : notOursTo;
        return new JournalSummary(id, leaving ? last + 1 : firstSeq, last);
    }

    /**
     * The engine's word on what it holds replaces ours.
     *
     * @param since what is older than this it does not want, UTC in nanoseconds; 0: it wants everything
     * @param takesEvents whether it is the current journal
     */
    void welcome(JournalHeld theirs, long since, boolean takesEvents) {
        changed();
        left = leaving;
        current = takesEvents;
        SeqRanges heldByEngine = theirs.held();
        long sinceSeq = theirs.sinceSeq();
        engineAhead = heldByEngine.last() > lastSeq;
        recentFrom = lastSeq + 1;
        held = heldByEngine;
        mayBeAcknowledged = heldByEngine;
        waived = sinceSeq > 1
                ? SeqRanges.of(1, Math.min(sinceSeq - 1, SeqRanges.MAX_SEQ)).minus(asked)
                : SeqRanges.EMPTY;
        // Looked at once, not at every connection.
        tooOld = since == sinceUtcNanos ? tooOld : SeqRanges.EMPTY;
        sinceUtcNanos = since;
        undeliverable = SeqRanges.EMPTY;
    }

    /** What the engine has acknowledged and, by this Welcome, does not hold any more. */
    SeqRanges forgotten(SeqRanges heldByEngine) {
        // An engine with more ranges than fit does not name them all.
        return heldByEngine.rangeCount() >= SeqRanges.MAX_RANGES_ON_WIRE ? SeqRanges.EMPTY : held.minus(heldByEngine);
    }

    /** What the engine holds of what was committed here since this process first greeted, and what it did not send. */
    SeqRanges foreign(SeqRanges heldByEngine, SeqRanges sentByUs) {
        return lastSeq <= notOursTo
                ? SeqRanges.EMPTY
                : heldByEngine.intersect(SeqRanges.of(notOursTo + 1, lastSeq)).minus(sentByUs);
    }

    /** Waives those of the entries that are older than the engine wants; says whether there were any. */
    boolean waiveOld(List<Entry> entries) {
        if (sinceUtcNanos == 0) {
            return false;
        }
        SeqRanges old = SeqRanges.of(entries.stream()
                .filter(entry -> !asked.contains(entry.seq()) && isOld(entry.event()))
                .map(entry -> new SeqRanges.Range(entry.seq(), entry.seq()))
                .toList());
        if (!old.isEmpty()) {
            changed();
            tooOld = tooOld.plus(old);
        }
        return !old.isEmpty();
    }

    /** What puts times right is never too old, and what nobody knows the time of may be of today. */
    private boolean isOld(Event event) {
        return !(event instanceof Event.ClockState)
                && event.stamp().synchronised()
                && event.stamp().utcNanos() < sinceUtcNanos - event.stamp().uncertaintyNanos();
    }

    /** The session is over: what was under way is lacking again. */
    void disconnected() {
        changed();
        greeted = false;
        inFlight = SeqRanges.EMPTY;
        pastInFlight = SeqRanges.EMPTY;
        reading = SeqRanges.EMPTY;
        mayBeAcknowledged = SeqRanges.EMPTY;
    }

    SeqRanges lacking() {
        SeqRanges known = lacking;
        if (known == null) {
            known = unsettledTo(lastSeq).minus(undeliverable).minus(inFlight).minus(reading);
            lacking = known;
        }
        return known;
    }

    /** Something of what {@link #lacking} and {@link #status} are made from is another now. */
    private void changed() {
        lacking = null;
        status = null;
    }

    /** The first run of seqs that the engine lacks and that may be sent to it. */
    Optional<SeqRanges.Range> firstLacking() {
        if (leaving || blocked()) {
            return Optional.empty();
        }
        return lacking().ranges().stream().findFirst();
    }

    /** The first run of seqs that the engine lacks, of those that were committed in this session. */
    Optional<SeqRanges.Range> firstRecentLacking() {
        if (leaving || blocked() || lacking().last() < recentFrom) {
            return Optional.empty();
        }
        return lacking().ranges().stream()
                .filter(range -> range.last() >= recentFrom)
                .map(range -> new SeqRanges.Range(Math.max(range.first(), recentFrom), range.last()))
                .findFirst();
    }

    /** Whether the engine holds everything up to this seq, or does not want it. */
    boolean delivered(long seq) {
        return !blocked() && unsettledTo(seq).isEmpty();
    }

    /** What is neither held nor waived, up to this seq. */
    private SeqRanges unsettledTo(long seq) {
        return seq < firstSeq
                ? SeqRanges.EMPTY
                : SeqRanges.of(firstSeq, seq).minus(held).minus(waived).minus(tooOld);
    }

    /** These are being read from disk. */
    void reading(long first, long last) {
        changed();
        reading = SeqRanges.of(first, last);
    }

    /** The page came or failed: what was to be read is lacking until sent. */
    void readingDone() {
        changed();
        reading = SeqRanges.EMPTY;
    }

    void sent(long first, long last, boolean past) {
        changed();
        inFlight = inFlight.plus(first, last);
        mayBeAcknowledged = mayBeAcknowledged.plus(first, last);
        if (past) {
            pastInFlight = pastInFlight.plus(first, last);
        }
    }

    void undeliverable(SeqRanges seqs) {
        changed();
        undeliverable = undeliverable.plus(seqs);
    }

    /** Those of the acknowledged seqs that the engine cannot have. */
    SeqRanges impossible(SeqRanges acknowledged) {
        return acknowledged.minus(mayBeAcknowledged);
    }

    /** Says how many of them were in flight. */
    long acknowledged(SeqRanges stored) {
        changed();
        long fresh = inFlight.intersect(stored).size();
        held = held.plus(stored);
        inFlight = inFlight.minus(stored);
        pastInFlight = pastInFlight.minus(stored);
        asked = asked.minus(stored);
        return fresh;
    }

    /** The engine wants these again. What is in flight at that moment is on its way anyway. */
    void resend(SeqRanges ranges) {
        changed();
        held = held.minus(ranges);
        waived = waived.minus(ranges);
        tooOld = tooOld.minus(ranges);
        asked = asked.plus(ranges);
        undeliverable = undeliverable.minus(ranges);
    }

    /** Sent and not acknowledged, or about to be sent. */
    long underWay() {
        return inFlight.size() + reading.size();
    }

    long inFlight() {
        return inFlight.size();
    }

    /** Of {@link #underWay} what comes from disk. */
    long pastUnderWay() {
        return pastInFlight.size() + reading.size();
    }

    UplinkStatus.Delivery status() {
        UplinkStatus.Delivery known = status;
        if (known == null) {
            SeqRanges all = lastSeq < firstSeq ? SeqRanges.EMPTY : SeqRanges.of(firstSeq, lastSeq);
            SeqRanges acknowledged = all.intersect(held);
            known = new UplinkStatus.Delivery(
                    id,
                    Math.max(0, lastSeq),
                    acknowledged.size(),
                    all.minus(acknowledged).intersect(waived.plus(tooOld)).size(),
                    lacking().size() + reading.size(),
                    inFlight.size(),
                    undeliverable.size(),
                    engineAhead,
                    blocked());
            status = known;
        }
        return known;
    }
}

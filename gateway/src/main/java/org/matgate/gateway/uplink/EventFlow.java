package org.matgate.gateway.uplink;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage;

/**
 * Which events go to one engine, and when, while it takes any.
 *
 * <p>Live events are sent from memory as they are committed, while there is room. Whatever finds none becomes part of what
 * the engine lacks, which is read from disk page by page; {@link Pace} says how much of either may be under way. It keeps
 * no events, only ranges of seqs. Not thread-safe.
 */
final class EventFlow {
    /** The most events of one live batch. */
    static final int LIVE_BATCH_EVENTS = 512;

    /** The most events of one page from disk: bounds what is in memory at once. */
    static final int PAGE_EVENTS = 1024;

    /** A page smaller than this is not worth a read while others are under way. */
    private static final int WORTHWHILE_PAGE_EVENTS = 256;

    /** Every second page is of the oldest that is lacking, whatever else is. */
    private static final long PAGES_A_PAST = 2;

    /** What live events may add to a socket that takes no more; beyond it they are lacking. */
    private static final long UNWRITABLE_LIVE_BYTES = 256 * 1024;

    private final DeliveredJournals journals;
    private final SentRegister register;
    private final List<UplinkAction> actions;
    private final PastPages pages = new PastPages();
    private Restraint restraint = new Restraint();
    private final Supplier<Pace> paces;
    private Pace pace;
    private boolean open;
    private int window;
    private boolean writable;
    private long unwritableLiveBytes;
    private long nowNanos;
    private long pagesAsked;

    /** Whether the disk is looked through for what is young enough for the engine. */
    private boolean searching;

    /**
     * At rest.
     *
     * @param actions where to put what is to be done
     * @param paces what each connection begins with
     */
    EventFlow(DeliveredJournals journals, SentRegister register, List<UplinkAction> actions, Supplier<Pace> paces) {
        this.paces = paces;
        this.pace = paces.get();
        this.journals = journals;
        this.register = register;
        this.actions = actions;
    }

    /** What happens from here on happens at this time. */
    void at(long now) {
        nowNanos = now;
    }

    /** A connection stands; nothing is sent before {@link #open}. */
    void connected() {
        writable = true;
        unwritableLiveBytes = 0;
        pace = paces.get();
        restraint = new Restraint();
    }

    /**
     * The engine takes events.
     *
     * @param windowEvents the most that may be under way
     * @param since whether it wants none from before some time
     */
    void open(int windowEvents, boolean since) {
        open = true;
        window = windowEvents;
        searching = since;
        askForPage();
    }

    /** It takes none any more. */
    void close() {
        open = false;
    }

    /** The connection is gone. */
    void disconnected() {
        open = false;
        pages.sessionEnded();
        journals.disconnected();
    }

    /** These entries, a run without a gap, are on disk. */
    void committed(JournalDelivery journal, List<Entry> entries) {
        if (!open) {
            return;
        }
        journal.waiveOld(entries);
        long room = liveRoom();
        if (room > 0 && !journal.blocked()) {
            long bytes = sendWanted(journal, entries, pace.batchLimit(LIVE_BATCH_EVENTS), room, false);
            unwritableLiveBytes += writable ? 0 : bytes;
        }
        askForPage();
    }

    private long liveRoom() {
        if (unwritableLiveBytes >= UNWRITABLE_LIVE_BYTES) {
            return 0;
        }
        long underWay = journals.underWay();
        long live = underWay - journals.pastUnderWay();
        // The past keeps its share of the window as well.
        long most = journals.pastWaits() ? window - window / Pace.PAST_SHARE : window;
        return Math.min(window - underWay, Math.min(most, pace.liveLimit(nowNanos)) - live);
    }

    /** The page asked for: all of it that is on disk, ascending. */
    void pageRead(List<Entry> entries) {
        Optional<ReadPage> asked = pages.answered();
        if (open) {
            asked.ifPresent(page -> journals.find(page.journal()).ifPresent(journal -> send(journal, page, entries)));
        }
        askForPage();
    }

    private void send(JournalDelivery journal, ReadPage asked, List<Entry> entries) {
        journal.readingDone();
        SeqRanges there = SeqRanges.of(entries.stream()
                .map(entry -> new SeqRanges.Range(entry.seq(), entry.seq()))
                .toList());
        SeqRanges missing = SeqRanges.of(asked.firstSeq(), asked.lastSeq()).minus(there);
        undeliverable(journal, missing.intersect(journal.lacking()), "not on disk");
        searching = journal.waiveOld(entries);
        sendWanted(journal, entries, pace.batchLimit(PAGE_EVENTS), pages.room(), true);
    }

    /** The page asked for could not be read; it is asked for again after a while, and some time given up. */
    void pageFailed() {
        pages.answered()
                .ifPresent(page -> journals.find(page.journal()).ifPresent(journal -> {
                    journal.readingDone();
                    if (pages.giveUp(page)) {
                        SeqRanges asked = SeqRanges.of(page.firstSeq(), page.lastSeq());
                        undeliverable(journal, asked.intersect(journal.lacking()), "not readable from disk");
                    }
                }));
        pages.failed(nowNanos);
    }

    /** Whether the socket takes more. */
    void writable(boolean is) {
        writable = is;
        unwritableLiveBytes = is ? 0 : unwritableLiveBytes;
        askForPage();
    }

    /** Time has passed. */
    void tick() {
        pages.tick(nowNanos);
        askForPage();
    }

    /** The engine holds these; says how many of them were under way. */
    long acknowledged(JournalDelivery journal, SeqRanges stored) {
        long fresh = journal.acknowledged(stored);
        if (journals.pastUnderWay() == 0) {
            restraint.pastOver(nowNanos);
        }
        pace.acknowledged(journal.id(), stored, fresh, nowNanos);
        askForPage();
        return fresh;
    }

    /** Whether compressed batches are worth their work. */
    boolean compress() {
        return pace.compress();
    }

    /** Asks for the next page of what the engine lacks, if one may be under way. */
    void askForPage() {
        if (open && writable && pages.free()) {
            // What found no room as it was live is still wanted first; the past keeps its part.
            Optional<JournalDelivery> crowded = journals.firstRecentLacking();
            boolean past = pagesAsked % PAGES_A_PAST == PAGES_A_PAST - 1;
            Optional<JournalDelivery> recent = past ? Optional.empty() : crowded;
            recent.or(journals::firstLacking)
                    .ifPresent(journal -> askForPage(journal, recent.isPresent(), crowded.isPresent()));
        }
    }

    private void askForPage(JournalDelivery journal, boolean recent, boolean crowded) {
        SeqRanges.Range lacking = (recent ? journal.firstRecentLacking() : journal.firstLacking()).orElseThrow();
        long past = journals.pastUnderWay();
        long underWay = journals.underWay();
        long limit = Math.min(Math.max(1, window / 2), pace.pastLimit(underWay - past, crowded, nowNanos));
        long room = Math.min(PAGE_EVENTS, Math.min(window - underWay, limit - past));
        long worthwhile =
                Math.min(lacking.size(), Math.min(WORTHWHILE_PAGE_EVENTS, Math.max(Pace.LEAST_PAST, limit / 4)));
        boolean heldBack = !crowded && restraint.holdsBack(nowNanos);
        if (room > 0 && !heldBack && (room >= worthwhile || past == 0)) {
            long last = Math.min(lacking.last(), lacking.first() + (searching ? PAGE_EVENTS : room) - 1);
            pagesAsked++;
            journal.reading(lacking.first(), last);
            long rest = crowded ? 0 : restraint.restNanos(nowNanos);
            actions.add(pages.ask(journal.id(), lacking.first(), last, room, rest));
        }
    }

    private long sendWanted(JournalDelivery journal, List<Entry> entries, int maxEvents, long room, boolean past) {
        Batches batches = Batches.of(journal.id(), entries, journal.lacking(), maxEvents, room);
        undeliverable(journal, batches.tooLarge(), "too large for a message");
        for (StreamMessage.Events events : batches.messages()) {
            JournalId id = journal.id();
            actions.add(new UplinkAction.Send(events));
            journal.sent(events.firstSeq(), events.lastSeq(), past);
            register.sent(id, events.firstSeq(), events.lastSeq());
            pace.sent(id, events.lastSeq(), journals.inFlight(), journals.pastWaits(), nowNanos);
            if (past) {
                restraint.pastSent(nowNanos);
            } else {
                restraint.liveSent(nowNanos);
            }
        }
        return batches.bytes();
    }

    private void undeliverable(JournalDelivery journal, SeqRanges seqs, String why) {
        if (!seqs.isEmpty()) {
            journal.undeliverable(seqs);
            actions.add(new UplinkAction.Undeliverable(journal.id(), seqs, why));
        }
    }
}

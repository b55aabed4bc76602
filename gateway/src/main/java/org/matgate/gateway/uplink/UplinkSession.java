package org.matgate.gateway.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.uplink.UplinkAction.ReadPage;
import org.matgate.gateway.uplink.UplinkAction.Retry;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * The box's side of the read stream towards one engine, through any number of connections: what happens goes in, what is
 * to be done comes out. It does no I/O, reads no clock and keeps no events, only ranges of seqs. Not thread-safe.
 *
 * <p>Live events are sent from memory as they are committed, while the window has room. Whatever finds none becomes part
 * of what the engine lacks, which is read from disk page by page and may fill half the window at most.
 *
 * <p>{@code nowNanos} is any monotonic time.
 */
final class UplinkSession {
    /** The most events of one live batch. */
    static final int LIVE_BATCH_EVENTS = 512;

    /** The most events of one page from disk: bounds what is in memory at once. */
    static final int PAGE_EVENTS = 1024;

    /** A page smaller than this is not worth a read while others are under way. */
    private static final int WORTHWHILE_PAGE_EVENTS = 256;

    /** What live events may add to a socket that takes no more; beyond it they are lacking. */
    private static final long UNWRITABLE_LIVE_BYTES = 256 * 1024;

    /** A disk that failed is not asked again before this. */
    private static final long PAGE_RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int REFUSED_RETRY_SECONDS = 30;
    private static final int REFUSED_RETRY_SECONDS_MIN = 5;
    private static final int REFUSED_RETRY_SECONDS_MAX = 300;

    private enum Phase {
        DOWN,
        GREETING,
        STREAMING,
        CLOSING
    }

    private final UplinkIdentity identity;
    private final String token;
    private final int ownWindow;
    private final long handshakeNanos;
    private final List<UplinkAction> actions = new ArrayList<>();

    /** The current one first, then from the newest to the oldest. */
    private List<JournalDelivery> journals = new ArrayList<>();

    private boolean journalsKnown;
    private Phase phase = Phase.DOWN;
    private String engineSays = "";
    private long nowNanos;
    private long connectedNanos;
    private int window;
    private boolean writable;
    private long unwritableLiveBytes;
    private long acknowledgedInSession;

    /** The page that is being read, also where its session has ended: the disk is asked for one at a time. */
    private @Nullable ReadPage page;

    private boolean pageIsStale;
    private boolean pageFailed;
    private long pageFailedNanos;

    UplinkSession(UplinkIdentity identity, String token, UplinkSettings settings) {
        this.identity = identity;
        this.token = token;
        this.ownWindow = settings.windowEvents();
        this.handshakeNanos = settings.handshake().toNanos();
    }

    /** What the disk holds, before a connection is made. */
    void journals(List<JournalSummary> summaries) {
        List<JournalDelivery> known = new ArrayList<>();
        for (JournalDelivery journal : journals) {
            // A journal may have begun after the list was read; one that was listed before has been deleted.
            if (!journal.listed() && summaries.stream().noneMatch(s -> s.id().equals(journal.id()))) {
                journal.listed(true);
                known.add(journal);
            }
        }
        for (JournalSummary summary : summaries) {
            JournalDelivery journal =
                    find(summary.id()).orElseGet(() -> new JournalDelivery(summary.id(), summary.firstSeq()));
            journal.summary(summary);
            known.add(journal);
        }
        journals = known;
        journalsKnown = true;
    }

    /** The connection stands. */
    List<UplinkAction> connected(long now) {
        if (phase != Phase.DOWN) {
            throw new IllegalStateException("connected while " + phase);
        }
        nowNanos = now;
        connectedNanos = now;
        phase = Phase.GREETING;
        writable = true;
        unwritableLiveBytes = 0;
        acknowledgedInSession = 0;
        send(new StreamMessage.Hello(
                StreamMessage.VERSION,
                StreamMessage.VERSION,
                identity.box(),
                identity.software(),
                identity.timingPoints(),
                token,
                identity.bootId(),
                identity.simulated(),
                journals.stream().map(JournalDelivery::greet).toList()));
        return takeActions();
    }

    /** The connection is gone. */
    void disconnected() {
        phase = Phase.DOWN;
        pageIsStale = page != null;
        journals.forEach(JournalDelivery::disconnected);
    }

    /** These entries are on disk: a run without a gap. */
    List<UplinkAction> committed(JournalId id, List<Entry> entries) {
        committedTo(id, entries.getLast().seq());
        if (phase == Phase.STREAMING) {
            JournalDelivery journal = find(id).orElseThrow();
            long room = unwritableLiveBytes < UNWRITABLE_LIVE_BYTES ? window - underWay() : 0;
            if (room > 0 && !journal.engineAhead()) {
                long bytes = sendWanted(journal, entries, LIVE_BATCH_EVENTS, room, false);
                unwritableLiveBytes += writable ? 0 : bytes;
            }
            askForPage();
        }
        return takeActions();
    }

    /** Entries up to this seq are on disk, and too many came at once to be handed over. */
    List<UplinkAction> committedWithout(JournalId id, long lastSeq) {
        committedTo(id, lastSeq);
        askForPage();
        return takeActions();
    }

    private void committedTo(JournalId id, long lastSeq) {
        JournalDelivery journal = find(id).orElseGet(() -> begin(id));
        journal.committedTo(lastSeq);
        if (!journal.greeted() && (phase == Phase.GREETING || phase == Phase.STREAMING)) {
            // The engine has not said what it holds of it: it must be asked.
            close("journal " + id + " began", new Retry.AtOnce());
        }
    }

    private JournalDelivery begin(JournalId id) {
        JournalDelivery journal = new JournalDelivery(id, 1);
        journals.addFirst(journal);
        return journal;
    }

    /** The page asked for: all of it that is on disk, ascending. */
    List<UplinkAction> pageRead(List<Entry> entries) {
        ReadPage asked = pageDone();
        if (!pageIsStale && phase == Phase.STREAMING) {
            find(asked.journal()).ifPresent(journal -> send(journal, asked, entries));
        }
        pageIsStale = false;
        askForPage();
        return takeActions();
    }

    private void send(JournalDelivery journal, ReadPage asked, List<Entry> entries) {
        journal.readingDone();
        SeqRanges there = SeqRanges.of(entries.stream()
                .map(entry -> new SeqRanges.Range(entry.seq(), entry.seq()))
                .toList());
        SeqRanges missing = SeqRanges.of(asked.firstSeq(), asked.lastSeq()).minus(there);
        undeliverable(journal, missing.intersect(journal.lacking()), "not on disk");
        sendWanted(journal, entries, PAGE_EVENTS, asked.size(), true);
    }

    /** The page asked for could not be read; it is asked for again after a while. */
    List<UplinkAction> pageFailed() {
        ReadPage asked = pageDone();
        find(asked.journal()).ifPresent(JournalDelivery::readingDone);
        pageIsStale = false;
        pageFailed = true;
        pageFailedNanos = nowNanos;
        return takeActions();
    }

    private ReadPage pageDone() {
        ReadPage asked = page;
        if (asked == null) {
            throw new IllegalStateException("a page that nobody asked for");
        }
        page = null;
        return asked;
    }

    /** Whether the socket takes more. */
    List<UplinkAction> writable(boolean is) {
        writable = is;
        unwritableLiveBytes = is ? 0 : unwritableLiveBytes;
        askForPage();
        return takeActions();
    }

    /** Time has passed. */
    List<UplinkAction> tick(long now) {
        nowNanos = now;
        if (phase == Phase.GREETING && now - connectedNanos >= handshakeNanos) {
            close("no Welcome within " + Duration.ofNanos(handshakeNanos), new Retry.BackOff());
        }
        if (pageFailed && now - pageFailedNanos >= PAGE_RETRY_NANOS) {
            pageFailed = false;
        }
        askForPage();
        return takeActions();
    }

    /** The engine said something. */
    List<UplinkAction> received(StreamMessage message) {
        if (phase == Phase.GREETING || phase == Phase.STREAMING) {
            switch (message) {
                case StreamMessage.Welcome welcome -> welcome(welcome);
                case StreamMessage.Refuse refuse -> refused(refuse);
                case StreamMessage.Ack ack -> acknowledged(ack);
                case StreamMessage.Resend resend -> resend(resend);
                case StreamMessage.Pong pong ->
                    actions.add(new UplinkAction.EngineClock(pong.id(), pong.utcNanos(), pong.uncertaintyNanos()));
                case StreamMessage.Beep beep -> actions.add(new UplinkAction.Beep(beep.seconds()));
                // Pings are answered by the channel.
                case StreamMessage.Ping ignored -> {}
                case StreamMessage.Unrecognised ignored -> {}
                case StreamMessage.Hello hello -> protocolError("it sent " + hello);
                case StreamMessage.Events events -> protocolError("it sent " + events);
            }
        }
        return takeActions();
    }

    private void welcome(StreamMessage.Welcome welcome) {
        if (phase != Phase.GREETING) {
            protocolError("a second Welcome");
            return;
        }
        if (welcome.version() != StreamMessage.VERSION) {
            protocolError("Welcome to version " + welcome.version() + "; we speak " + StreamMessage.VERSION);
            return;
        }
        phase = Phase.STREAMING;
        engineSays = welcome.engine();
        window = welcome.windowEvents() > 0 ? Math.min(ownWindow, welcome.windowEvents()) : ownWindow;
        Map<JournalId, JournalHeld> held = welcome.journals().stream()
                .collect(Collectors.toMap(JournalHeld::id, theirs -> theirs, (earlier, later) -> later));
        for (JournalDelivery journal : journals) {
            JournalHeld theirs = held.getOrDefault(journal.id(), new JournalHeld(journal.id(), SeqRanges.EMPTY, 0));
            journal.welcome(theirs.held(), theirs.sinceSeq());
            if (journal.engineAhead()) {
                actions.add(new UplinkAction.EngineAhead(
                        journal.id(), journal.lastSeq(), theirs.held().last()));
            }
        }
        long lacking =
                journals.stream().mapToLong(journal -> journal.lacking().size()).sum();
        actions.add(new UplinkAction.Welcomed(welcome.engine(), window, lacking));
        askForPage();
    }

    private void refused(StreamMessage.Refuse refuse) {
        // Unsigned on the wire.
        long told = Integer.toUnsignedLong(refuse.retryAfterSeconds());
        long seconds = told == 0
                ? REFUSED_RETRY_SECONDS
                : Math.clamp(told, REFUSED_RETRY_SECONDS_MIN, REFUSED_RETRY_SECONDS_MAX);
        close(refusal(refuse), new Retry.After(Duration.ofSeconds(seconds)));
    }

    /** What is said of a refusal. */
    static String refusal(StreamMessage.Refuse refuse) {
        return "refused: " + refuse.reason() + (refuse.text().isEmpty() ? "" : ", " + refuse.text());
    }

    private void acknowledged(StreamMessage.Ack ack) {
        JournalDelivery journal = greeted(ack.journal(), "Ack");
        if (journal == null) {
            return;
        }
        SeqRanges impossible = journal.impossible(ack.stored());
        if (!impossible.isEmpty()) {
            protocolError("Ack of seqs never sent: " + impossible.largest(8) + " of journal " + ack.journal());
            return;
        }
        acknowledgedInSession += ack.stored().size();
        journal.acknowledged(ack.stored());
        askForPage();
    }

    private void resend(StreamMessage.Resend resend) {
        JournalDelivery journal = greeted(resend.journal(), "Resend");
        if (journal != null) {
            journal.resend(resend.ranges());
            askForPage();
        }
    }

    private @Nullable JournalDelivery greeted(JournalId id, String what) {
        JournalDelivery journal = find(id).orElse(null);
        if (phase != Phase.STREAMING) {
            protocolError(what + " before Welcome");
            return null;
        }
        if (journal == null || !journal.greeted()) {
            protocolError(what + " for journal " + id + ", which we have not");
            return null;
        }
        return journal;
    }

    /** Asks for the next page of what the engine lacks, if one may be under way. */
    private void askForPage() {
        if (phase != Phase.STREAMING || page != null || !writable || pageFailed) {
            return;
        }
        long past = journals.stream().mapToLong(JournalDelivery::pastUnderWay).sum();
        long pastLimit = Math.max(1, window / 2);
        long room = Math.min(PAGE_EVENTS, Math.min(window - underWay(), pastLimit - past));
        for (JournalDelivery journal : journals) {
            SeqRanges.Range lacking = journal.firstLacking().orElse(null);
            if (lacking == null) {
                continue;
            }
            long worthwhile = Math.min(lacking.size(), Math.min(WORTHWHILE_PAGE_EVENTS, pastLimit / 2));
            if (room > 0 && (room >= worthwhile || past == 0)) {
                long last = Math.min(lacking.last(), lacking.first() + room - 1);
                page = new ReadPage(journal.id(), lacking.first(), last);
                journal.reading(lacking.first(), last);
                actions.add(page);
            }
            return;
        }
    }

    private long sendWanted(JournalDelivery journal, List<Entry> entries, int maxEvents, long room, boolean past) {
        Batches batches = Batches.of(journal.id(), entries, journal.lacking(), maxEvents, room);
        for (StreamMessage.Events events : batches.messages()) {
            send(events);
            journal.sent(events.firstSeq(), events.lastSeq(), past);
        }
        undeliverable(journal, batches.tooLarge(), "too large for a message");
        return batches.bytes();
    }

    private void undeliverable(JournalDelivery journal, SeqRanges seqs, String why) {
        if (!seqs.isEmpty()) {
            journal.undeliverable(seqs);
            actions.add(new UplinkAction.Undeliverable(journal.id(), seqs, why));
        }
    }

    private void protocolError(String what) {
        close("protocol error: " + what, new Retry.BackOff());
    }

    private void close(String reason, Retry retry) {
        phase = Phase.CLOSING;
        actions.add(new UplinkAction.Close(reason, retry));
    }

    private void send(StreamMessage message) {
        actions.add(new UplinkAction.Send(message));
    }

    private List<UplinkAction> takeActions() {
        List<UplinkAction> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    private long underWay() {
        return journals.stream().mapToLong(JournalDelivery::underWay).sum();
    }

    private Optional<JournalDelivery> find(JournalId id) {
        return journals.stream().filter(journal -> journal.id().equals(id)).findFirst();
    }

    /** Whether events flow. */
    boolean streaming() {
        return phase == Phase.STREAMING;
    }

    /** What the engine calls itself; empty before it first let us in. */
    String engineSays() {
        return engineSays;
    }

    /** How many acknowledgements of events came over this connection. */
    long acknowledgedInSession() {
        return acknowledgedInSession;
    }

    /** Whether what is on disk is known. */
    boolean journalsKnown() {
        return journalsKnown;
    }

    /** The last committed seq of each journal. */
    Map<JournalId, Long> committed() {
        return journals.stream().collect(Collectors.toMap(JournalDelivery::id, JournalDelivery::lastSeq));
    }

    /** Whether the engine holds, or does not want, everything up to these seqs; a deleted journal counts as held. */
    boolean delivered(Map<JournalId, Long> lastSeqs) {
        return lastSeqs.entrySet().stream()
                .allMatch(target -> find(target.getKey())
                        .map(journal -> journal.delivered(target.getValue()))
                        .orElse(true));
    }

    List<UplinkStatus.Delivery> deliveries() {
        return journals.stream().map(JournalDelivery::status).toList();
    }
}

package org.matgate.gateway.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.uplink.UplinkAction.Retry;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * The box's side of the read stream towards one engine, through any number of connections: what happens goes in, what is
 * to be done comes out. It does no I/O, reads no clock and keeps no events, only ranges of seqs; {@link EventFlow} says
 * which events are sent when. Not thread-safe.
 *
 * <p>Times are any monotonic time in nanoseconds.
 */
final class UplinkSession {
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
    private final long patienceNanos;
    private final SentRegister register;
    private final List<UplinkAction> actions = new ArrayList<>();
    private final DeliveredJournals journals = new DeliveredJournals();
    private final AckPatience patience = new AckPatience();
    private final EventFlow flow;
    private Phase phase = Phase.DOWN;
    private int version = StreamMessage.OLDEST_VERSION;
    private String engineSays = "";
    private long connectedNanos;
    private long acknowledgedInSession;
    private long superseded;

    /** Whether there are journals on disk that were not there when they were last listed. */
    private boolean outdated;

    UplinkSession(UplinkIdentity identity, String token, UplinkSettings settings, SentRegister register) {
        this(identity, token, settings, register, Pace::new);
    }

    /** @param paces what each connection begins with */
    UplinkSession(
            UplinkIdentity identity,
            String token,
            UplinkSettings settings,
            SentRegister register,
            Supplier<Pace> paces) {
        this.identity = identity;
        this.token = token;
        this.ownWindow = settings.windowEvents();
        this.handshakeNanos = settings.handshake().toNanos();
        this.patienceNanos = settings.patience().toNanos();
        this.register = register;
        this.flow = new EventFlow(journals, register, actions, paces);
    }

    /** What happens from here on happens at this time. */
    void at(long now) {
        flow.at(now);
    }

    /** What the disk holds, before a connection is made. */
    void journals(List<JournalSummary> summaries) {
        journals.listed(summaries);
    }

    /** The connection stands. */
    List<UplinkAction> connected(long now) {
        if (phase != Phase.DOWN) {
            throw new IllegalStateException("connected while " + phase);
        }
        at(now);
        connectedNanos = now;
        phase = Phase.GREETING;
        acknowledgedInSession = 0;
        flow.connected();
        patience.begin(now);
        if (outdated) {
            greetAnew("the journals are other ones than were listed");
            return takeActions();
        }
        actions.add(new UplinkAction.Send(new StreamMessage.Hello(
                StreamMessage.OLDEST_VERSION,
                StreamMessage.NEWEST_VERSION,
                identity.box(),
                identity.software(),
                identity.timingPoints(),
                token,
                identity.bootId(),
                identity.simulated(),
                journals.greet())));
        return takeActions();
    }

    /** The connection is gone. */
    void disconnected() {
        phase = Phase.DOWN;
        flow.disconnected();
    }

    /** These entries are on disk: a run without a gap. */
    List<UplinkAction> committed(JournalId id, List<Entry> entries) {
        boolean begins = entries.getFirst().seq() == 1 && journals.find(id).isEmpty();
        JournalDelivery journal = committedTo(id, entries.getLast().seq());
        if (begins) {
            journal.begunHere();
        }
        flow.committed(journal, entries);
        return takeActions();
    }

    /** Entries up to this seq are on disk, and too many came at once to be handed over. */
    List<UplinkAction> committedWithout(JournalId id, long lastSeq) {
        committedTo(id, lastSeq);
        flow.askForPage();
        return takeActions();
    }

    private JournalDelivery committedTo(JournalId id, long lastSeq) {
        JournalDelivery journal = journals.committedTo(id, lastSeq);
        if (!journal.greeted()) {
            // The engine has not said what it holds of it: it must be asked.
            greetAnew("journal " + id + " began");
        }
        return journal;
    }

    /** The journals on disk are being listed. */
    void listing() {
        outdated = false;
    }

    /** Older journals were saved from a damaged file: they are to be listed, and the engine asked what it holds of them. */
    List<UplinkAction> saved() {
        outdated = true;
        journals.all().stream().skip(1).forEach(JournalDelivery::forgetBeginning);
        greetAnew("older journals were saved from a damaged file");
        return takeActions();
    }

    /**
     * Whether the crew deletes this journal. The engine is told that nothing of it is here, as what it asked for again it
     * would give up first; in the same breath it says what it holds of it.
     */
    List<UplinkAction> leaving(JournalId id, boolean is) {
        boolean told = journals.find(id).map(JournalDelivery::greeted).orElse(false);
        journals.leaving(id, is);
        if (told) {
            greetAnew("journal " + id + (is ? " is being deleted" : " stays"));
        }
        return takeActions();
    }

    private void greetAnew(String why) {
        if (phase == Phase.GREETING || phase == Phase.STREAMING) {
            close(why, new Retry.AtOnce());
        }
    }

    /** The page asked for: all of it that is on disk, ascending. */
    List<UplinkAction> pageRead(List<Entry> entries) {
        flow.pageRead(entries);
        return takeActions();
    }

    /** The page asked for could not be read; it is asked for again after a while. */
    List<UplinkAction> pageFailed() {
        flow.pageFailed();
        return takeActions();
    }

    /** Whether the socket takes more. */
    List<UplinkAction> writable(boolean is) {
        flow.writable(is);
        return takeActions();
    }

    /** Time has passed. */
    List<UplinkAction> tick(long now) {
        at(now);
        if (phase == Phase.GREETING && now - connectedNanos >= handshakeNanos) {
            close("no Welcome within " + Duration.ofNanos(handshakeNanos), new Retry.BackOff());
        }
        long owed = journals.inFlight();
        if (patience.look(now, phase == Phase.STREAMING && owed > 0) >= patienceNanos) {
            close(
                    "it took " + owed + " events and acknowledged none for "
                            + Duration.ofNanos(patienceNanos).toSeconds() + " s",
                    new Retry.BackOff());
        }
        flow.tick();
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
        if (!spoken(welcome.version())) {
            protocolError(notSpoken(welcome.version()));
            return;
        }
        version = welcome.version();
        phase = Phase.STREAMING;
        engineSays = welcome.engine();
        int window = welcome.windowEvents() > 0 ? Math.min(ownWindow, welcome.windowEvents()) : ownWindow;
        Map<JournalId, JournalHeld> held = welcome.journals().stream()
                .collect(Collectors.toMap(JournalHeld::id, theirs -> theirs, (earlier, later) -> later));
        for (JournalDelivery journal : journals.all()) {
            JournalHeld theirs = held.getOrDefault(journal.id(), new JournalHeld(journal.id(), SeqRanges.EMPTY, 0));
            compare(journal, theirs.held());
            journal.welcome(theirs, welcome.sinceUtcNanos(), journals.isCurrent(journal));
            long engineLast = theirs.held().last();
            if (engineLast > journal.lastSeq()) {
                actions.add(
                        new UplinkAction.EngineAhead(journal.id(), journal.lastSeq(), engineLast, journal.blocked()));
            }
        }
        actions.add(new UplinkAction.Welcomed(welcome.engine(), window, journals.lacking()));
        flow.open(window, welcome.sinceUtcNanos() != 0);
    }

    /** Whether we speak this version of the read stream. */
    static boolean spoken(int version) {
        return version >= StreamMessage.OLDEST_VERSION && version <= StreamMessage.NEWEST_VERSION;
    }

    /** What is said of a Welcome to a version that we do not speak. */
    static String notSpoken(int version) {
        return "Welcome to version " + version + " of the read stream; we speak " + StreamMessage.OLDEST_VERSION
                + " to " + StreamMessage.NEWEST_VERSION;
    }

    /** What the engine says that it holds is taken as it is; what is odd about it is told. */
    private void compare(JournalDelivery journal, SeqRanges held) {
        SeqRanges foreign = journal.foreign(held, register.sent(journal.id()));
        if (!foreign.isEmpty()) {
            boolean current = journals.isCurrent(journal);
            actions.add(new UplinkAction.Foreign(journal.id(), foreign, current, journal.lastSeq()));
        }
        SeqRanges forgotten = journal.forgotten(held);
        if (!forgotten.isEmpty()) {
            actions.add(new UplinkAction.Forgotten(journal.id(), forgotten));
        }
    }

    private void refused(StreamMessage.Refuse refuse) {
        // Unsigned on the wire.
        long told = Integer.toUnsignedLong(refuse.retryAfterSeconds());
        long seconds = told == 0
                ? REFUSED_RETRY_SECONDS
                : Math.clamp(told, REFUSED_RETRY_SECONDS_MIN, REFUSED_RETRY_SECONDS_MAX);
        if (refuse.reason() == StreamMessage.Reason.SUPERSEDED) {
            actions.add(new UplinkAction.Superseded(++superseded, refuse.text()));
        }
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
        if (flow.acknowledged(journal, ack.stored()) > 0) {
            patience.acknowledged();
        }
    }

    private void resend(StreamMessage.Resend resend) {
        JournalDelivery journal = greeted(resend.journal(), "Resend");
        if (journal != null) {
            journal.resend(resend.ranges());
            flow.askForPage();
        }
    }

    private @Nullable JournalDelivery greeted(JournalId id, String what) {
        JournalDelivery journal = journals.find(id).orElse(null);
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

    private void protocolError(String what) {
        close("protocol error: " + what, new Retry.BackOff());
    }

    private void close(String reason, Retry retry) {
        phase = Phase.CLOSING;
        flow.close();
        actions.add(new UplinkAction.Close(reason, retry));
    }

    private List<UplinkAction> takeActions() {
        List<UplinkAction> taken = List.copyOf(actions);
        actions.clear();
        return taken;
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

    /** The version that both ends speak; the oldest before Welcome. */
    int version() {
        return version;
    }

    /** Whether compressed batches are worth their work. */
    boolean compress() {
        return flow.compress();
    }

    /** What is delivered of what. */
    DeliveredJournals journals() {
        return journals;
    }
}

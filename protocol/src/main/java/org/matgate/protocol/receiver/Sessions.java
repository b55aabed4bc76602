package org.matgate.protocol.receiver;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.StreamMessage.Reason;
import org.matgate.protocol.stream.StreamMessage.Refuse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one server, and what they share. On the event loop. */
final class Sessions {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** Whether one more connection can be served. */
    enum Room {
        ROOM,
        /** To be told so. */
        FULL,
        /** To be told that too many come from this address. */
        FULL_ADDRESS,
        /** Even those that are only told so have become too many, or those from this address that say nothing. */
        OVERRUN
    }

    private static final String STORE = "the store";

    private final Set<Session> active = new LinkedHashSet<>();
    /** Those that were not let in yet, the oldest first. */
    private final Set<Session> strangers = new LinkedHashSet<>();

    /** Each with lines of its own, so that a flood of strangers silences neither of the others. */
    private final RepeatLog ofStrangers = new RepeatLog();

    private final RepeatLog ofBoxes = new RepeatLog();
    private final RepeatLog ofStore = new RepeatLog();
    private final ReadStreamServer.Setup setup;
    private final Lanes lanes;
    private final Tally tally;
    private final Acquaintances acquaintances = new Acquaintances();
    private final Set<Session> open = new HashSet<>();
    private final Map<Origin, Integer> openOf = new HashMap<>();

    Sessions(ReadStreamServer.Setup setup, Lanes lanes, Tally tally) {
        this.setup = setup;
        this.lanes = lanes;
        this.tally = tally;
    }

    Room add(Session session) {
        tally.connections.increment();
        active.add(session);
        Limits limits = setup.limits();
        if (open.size() >= 2L * limits.connections()
                || openOf.getOrDefault(session.origin(), 0)
                        >= (long) limits.connectionsOfAddress() + limits.strangersOfAddress()
                || strangers.stream().filter(session::sameAddress).count() >= limits.strangersOfAddress()) {
            tally.crowdedOut.increment();
            return Room.OVERRUN;
        }
        // Whoever is refused may linger, and is counted as long; who is overrun is gone at once.
        open.add(session);
        tally.open.set(open.size());
        openOf.merge(session.origin(), 1, Integer::sum);
        if (active.size() > limits.connections()) {
            return Room.FULL;
        }
        if (active.stream().filter(session::sameAddress).count() > limits.connectionsOfAddress()) {
            return Room.FULL_ADDRESS;
        }
        strangers.add(session);
        if (strangers.size() > limits.strangers()) {
            tally.crowdedOut.increment();
            oldestOfTheCrowd().crowdedOut();
        }
        return Room.ROOM;
    }

    /**
     * The oldest stranger of the address that has most of them, the newcomer included: whoever floods makes room for
     * himself only, and of the others whoever means it has said Hello by now.
     */
    private Session oldestOfTheCrowd() {
        Map<Origin, Integer> crowds = new HashMap<>();
        strangers.forEach(stranger -> crowds.merge(stranger.origin(), 1, Integer::sum));
        int most = Collections.max(crowds.values());
        for (Session stranger : strangers) {
            if (most == crowds.getOrDefault(stranger.origin(), 0)) {
                return stranger;
            }
        }
        throw new IllegalStateException("no strangers");
    }

    /** The box was let in: it is no stranger any more. */
    void letIn(Session session) {
        strangers.remove(session);
        acquaintances.greeted(session).forEach(notice -> noticed(session, notice));
    }

    /** A minute has passed. */
    void minute() {
        long untold = ofStrangers.minute() + ofBoxes.minute() + ofStore.minute();
        if (untold > 0) {
            log.warn("{} more clients were turned away or lost within a minute than are worth a line each", untold);
        }
    }

    /** The session is over, though its connection may linger. */
    void ended(Session session) {
        active.remove(session);
        strangers.remove(session);
        if (session.known()) {
            notice(session, acquaintances.ended(session));
        }
    }

    /** The box, which was let in, said something. */
    void heard(Session session) {
        notice(session, acquaintances.heard(session));
    }

    private void notice(Session session, @Nullable Notice notice) {
        if (notice != null) {
            noticed(session, notice);
        }
    }

    void noticed(Session session, Notice notice) {
        String name = session.hello().box();
        if (notice.kind() == Notice.Kind.JOURNAL_BEGUN) {
            log.info("{}", notice.text());
        } else if (ofBoxes.first(client(session.remote(), name), notice.kind().name())) {
            log.warn("{}", notice.text());
        }
        setup.listener().noticed(new BoxInfo(session.remote(), session.hello()), notice);
    }

    /** The connection is closed. */
    void closed(Session session) {
        if (open.remove(session)) {
            tally.open.set(open.size());
            openOf.computeIfPresent(session.origin(), (unused, was) -> was > 1 ? was - 1 : null);
        }
    }

    void welcomed(BoxInfo box) {
        tally.welcomes.increment();
        tally.boxes.incrementAndGet();
        long failures = ofBoxes.recovered(box.name())
                + ofStrangers.recovered(box.name())
                + ofStrangers.recovered(box.remote().getHostString());
        log.info(
                "Box {} connected from {}{}",
                box.name(),
                box.remote(),
                failures == 0 ? "" : ", after " + failures + " failures");
        setup.listener().connected(box);
    }

    void left(BoxInfo box, String why) {
        tally.boxes.decrementAndGet();
        log.info("Box {} left: {}", box.name(), why);
        setup.listener().left(box, why);
    }

    void refused(Session session, String box, Refuse why) {
        InetSocketAddress remote = session.remote();
        tally.refused(why.reason());
        // A store's failure has had its line.
        if (why.reason() != Reason.STORE
                && of(session.known()).first(client(remote, box), why.reason().name())) {
            log.warn("Refused {} {}: {}: {}", remote, box, why.reason(), why.text());
        }
        setup.listener().refused(remote, box, why);
    }

    /** The connection ended in the middle of a message. */
    void cutOff(InetSocketAddress remote, @Nullable BoxInfo box, String what) {
        String name = box == null ? "" : box.name();
        if (of(box != null).first(client(remote, name), "cut off")) {
            log.warn("Lost {} {}: {}", remote, name, what);
        }
    }

    void storeFailed(String what, String box, Throwable e) {
        if (ofStore.first(STORE, "failed")) {
            log.error("Cannot {}, sent by box {}", what, box, e);
        }
    }

    void storeWorks() {
        long failures = ofStore.recovered(STORE);
        if (failures > 0) {
            log.info("The store works again, after {} failures", failures);
        }
    }

    private RepeatLog of(boolean letIn) {
        return letIn ? ofBoxes : ofStrangers;
    }

    /** A box by its name, a stranger by its host: its port is another each time. */
    private static String client(InetSocketAddress remote, String box) {
        return box.isEmpty() ? remote.getHostString() : box;
    }

    /** Tells the sessions of this box that have their Welcome; returns how many. */
    int beep(String box, int seconds) {
        List<Session> its = active.stream()
                .filter(session -> session.open() && session.hello().box().equals(box))
                .toList();
        its.forEach(session -> session.beep(seconds));
        return its.size();
    }

    /** Ends the sessions of boxes that would not be let in any more; returns how many. */
    int recheck() {
        return (int) List.copyOf(active).stream().filter(Session::recheck).count();
    }

    ReadStreamServer.Setup setup() {
        return setup;
    }

    Limits limits() {
        return setup.limits();
    }

    Lanes lanes() {
        return lanes;
    }

    Tally tally() {
        return tally;
    }
}

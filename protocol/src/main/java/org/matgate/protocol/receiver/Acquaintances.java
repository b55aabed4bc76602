package org.matgate.protocol.receiver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.receiver.Notice.Kind;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * The boxes that were here since the server started, to tell one that was swapped, copied or begun anew from one that just
 * comes back. Bounded: of many it forgets the oldest. On the event loop.
 */
final class Acquaintances {
    private static final int MOST_NAMES = 1000;
    private static final int MOST_JOURNALS = 4000;

    /** Of a box: enough to know it by, however many its Hello names. */
    private static final int MOST_JOURNALS_OF_A_BOX = 64;

    /** Of a journal: enough to see two machines take turns. */
    private static final int MOST_BOOTS = 4;

    /** A box by its name, as it was last seen. */
    private static final class Known {
        private final Set<JournalId> journals = new LinkedHashSet<>();
        private @Nullable Session session;
        /** One of the same name with none of its journals, which came while this one seemed to be there. */
        private @Nullable Session rival;

        /** The current one first. What it had before and has no more, the crew deleted. */
        private void has(List<JournalId> ids) {
            journals.clear();
            ids.stream().limit(MOST_JOURNALS_OF_A_BOX).forEach(journals::add);
        }
    }

    private final Map<String, Known> names = bounded(MOST_NAMES);
    private final Map<JournalId, Deque<UUID>> boots = bounded(MOST_JOURNALS);

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The session was let in: what is odd about that. One that names no journal only asks whether it would be. */
    List<Notice> greeted(Session session) {
        Hello hello = session.hello();
        List<JournalId> ids = hello.journals().stream().map(JournalSummary::id).toList();
        List<Notice> notices = new ArrayList<>();
        if (ids.isEmpty()) {
            return notices;
        }
        boolean cloned = cloned(session, ids, notices);
        Known known = names.get(hello.box());
        boolean stranger = known != null && ids.stream().noneMatch(known.journals::contains);
        if (known == null || (stranger && known.session == null)) {
            if (known != null) {
                notices.add(swapped(session));
            }
            known = new Known();
            names.put(hello.box(), known);
        } else if (stranger) {
            // Whether the older one is still there shows when it is heard, or ends.
            known.rival = session;
            return notices;
        } else if (!cloned && !known.journals.contains(ids.getFirst())) {
            notices.add(new Notice(
                    Kind.JOURNAL_BEGUN,
                    "box " + hello.box() + " goes on in a new journal, " + ids.getFirst()
                            + "; what is left of the older ones follows"));
        }
        known.has(ids);
        known.session = session;
        return notices;
    }

    private boolean cloned(Session session, List<JournalId> ids, List<Notice> notices) {
        UUID boot = session.hello().bootId();
        for (JournalId id : ids) {
            Deque<UUID> seen = boots.computeIfAbsent(id, unused -> new ArrayDeque<>());
            // A boot never comes back after another one of the same machine.
            boolean returned = !boot.equals(seen.peekLast()) && seen.contains(boot);
            seen.remove(boot);
            seen.addLast(boot);
            if (seen.size() > MOST_BOOTS) {
                seen.removeFirst();
            }
            if (returned) {
                notices.add(new Notice(
                        Kind.CLONED,
                        "journal " + id + " comes from two machines in turn, now as box "
                                + session.hello().box() + " from " + session.remote()
                                + ": one runs a copy of the other's disk; take one of them off"));
                return true;
            }
        }
        return false;
    }

    private static Notice swapped(Session session) {
        return new Notice(
                Kind.BOX_SWAPPED,
                "box " + session.hello().box() + " at " + session.remote()
                        + " has none of the journals that came under this name before: another machine, or a new disk;"
                        + " what the former one had not delivered is on its disk");
    }

    /** The box said something. */
    @Nullable Notice heard(Session session) {
        Known known = names.get(session.hello().box());
        if (known == null || known.session != session || known.rival == null) {
            return null;
        }
        Session rival = known.rival;
        known.rival = null;
        return new Notice(
                Kind.ONE_NAME_TWICE,
                "two boxes call themselves " + session.hello().box() + ": one at " + session.remote() + ", one at "
                        + rival.remote() + "; both are served, give one another name");
    }

    /** The session is over. */
    @Nullable Notice ended(Session session) {
        Known known = names.get(session.hello().box());
        if (known == null) {
            return null;
        }
        if (known.rival == session) {
            known.rival = null;
        }
        if (known.session != session) {
            return null;
        }
        Session rival = known.rival;
        known.session = null;
        if (rival == null) {
            return null;
        }
        Known next = new Known();
        next.has(rival.hello().journals().stream().map(JournalSummary::id).toList());
        next.session = rival;
        names.put(rival.hello().box(), next);
        return swapped(rival);
    }
}

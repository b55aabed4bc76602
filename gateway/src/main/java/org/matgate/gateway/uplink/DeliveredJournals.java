package org.matgate.gateway.uplink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** The journals of the box as one engine has them: the current one first, then from the newest to the oldest. */
final class DeliveredJournals {
    private List<JournalDelivery> all = new ArrayList<>();

    /** What the crew deletes or has deleted: a list that was read before may name it still. */
    private final Set<JournalId> leaving = new HashSet<>();

    private boolean known;

    /** What the disk holds. */
    void listed(List<JournalSummary> summaries) {
        List<JournalDelivery> now = new ArrayList<>();
        for (JournalDelivery journal : all) {
            if (summaries.stream().anyMatch(summary -> summary.id().equals(journal.id()))) {
                // Those behind it are older, and not there any more, or not yet again.
                break;
            }
            // A journal may have begun after the list was read; one that was listed before has been deleted.
            if (!journal.listed()) {
                journal.listed(true);
                now.add(journal);
            }
        }
        for (JournalSummary summary : summaries) {
            JournalDelivery journal =
                    find(summary.id()).orElseGet(() -> new JournalDelivery(summary.id(), summary.firstSeq()));
            journal.summary(summary);
            journal.leaving(leaving.contains(summary.id()));
            now.add(journal);
        }
        all = now;
        known = true;
    }

    /** The journal, which begins with this if it is not known. */
    JournalDelivery committedTo(JournalId id, long lastSeq) {
        JournalDelivery journal = find(id).orElseGet(() -> begin(id));
        journal.committedTo(lastSeq);
        return journal;
    }

    /** Whether the crew deletes this journal. */
    void leaving(JournalId id, boolean is) {
        if (is) {
            leaving.add(id);
        } else {
            leaving.remove(id);
        }
        find(id).ifPresent(journal -> journal.leaving(is));
    }

    /** Nothing of this journal is on disk any more. */
    void deleted(JournalId id) {
        all.removeIf(journal -> journal.id().equals(id));
    }

    /** Whether the engine does not count on this journal, as far as it ever knew of it. */
    boolean left(JournalId id) {
        return known && find(id).map(JournalDelivery::left).orElse(true);
    }

    private JournalDelivery begin(JournalId id) {
        JournalDelivery journal = new JournalDelivery(id, 1);
        all.addFirst(journal);
        return journal;
    }

    Optional<JournalDelivery> find(JournalId id) {
        return all.stream().filter(journal -> journal.id().equals(id)).findFirst();
    }

    List<JournalDelivery> all() {
        return all;
    }

    /** Whether this is the one that takes events. */
    boolean isCurrent(JournalDelivery journal) {
        return all.getFirst() == journal;
    }

    List<JournalSummary> greet() {
        return all.stream().map(JournalDelivery::greet).toList();
    }

    void disconnected() {
        all.forEach(JournalDelivery::disconnected);
    }

    /** Whether what is on disk is known. */
    boolean known() {
        return known;
    }

    /** Sent and not acknowledged, or about to be sent. */
    long underWay() {
        return all.stream().mapToLong(JournalDelivery::underWay).sum();
    }

    /** Of {@link #underWay} what comes from disk. */
    long pastUnderWay() {
        return all.stream().mapToLong(JournalDelivery::pastUnderWay).sum();
    }

    /** Sent and not acknowledged. */
    long inFlight() {
        return all.stream().mapToLong(JournalDelivery::inFlight).sum();
    }

    /** What the engine lacks and what is not under way. */
    long lacking() {
        return all.stream().mapToLong(journal -> journal.lacking().size()).sum();
    }

    /** The first journal of which something waits to be sent from disk. */
    Optional<JournalDelivery> firstLacking() {
        return all.stream()
                .filter(journal -> journal.firstLacking().isPresent())
                .findFirst();
    }

    /** The first journal of which something lacks that was committed in this session. */
    Optional<JournalDelivery> firstRecentLacking() {
        return all.stream()
                .filter(journal -> journal.firstRecentLacking().isPresent())
                .findFirst();
    }

    /** Whether something waits to be sent from disk. */
    boolean pastWaits() {
        return firstLacking().isPresent();
    }

    /** The last committed seq of each journal. */
    Map<JournalId, Long> committed() {
        return all.stream().collect(Collectors.toMap(JournalDelivery::id, JournalDelivery::lastSeq));
    }

    /** Whether the engine holds, or does not want, everything up to these seqs; a deleted journal counts as held. */
    boolean delivered(Map<JournalId, Long> lastSeqs) {
        return lastSeqs.entrySet().stream()
                .allMatch(target -> find(target.getKey())
                        .map(journal -> journal.delivered(target.getValue()))
                        .orElse(true));
    }

    List<UplinkStatus.Delivery> status() {
        return all.stream().map(JournalDelivery::status).toList();
    }
}

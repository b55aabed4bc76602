package org.matgate.gateway.journal;

import java.util.HashMap;
import java.util.Map;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of the journals turned out to be unreadable, told once however often it is met. Thread-safe. */
final class Damage implements EventReader.Unreadable {
    private static final Logger log = LoggerFactory.getLogger(Damage.class);

    private final Notices notices;
    private final Map<JournalId, SeqRanges> known = new HashMap<>();

    Damage(Notices notices) {
        this.notices = notices;
    }

    @Override
    public synchronized void found(JournalId journal, long firstSeq, long lastSeq, String why) {
        SeqRanges before = known.getOrDefault(journal, SeqRanges.EMPTY);
        SeqRanges fresh = SeqRanges.of(firstSeq, lastSeq).minus(before);
        if (!fresh.isEmpty()) {
            known.put(journal, before.plus(fresh));
            log.error("journal {}: seqs {} cannot be read: {}", journal, fresh, why);
            notices.add(
                    BoxCondition.JOURNAL_DAMAGED, "journal " + journal + ": seqs " + fresh + " cannot be read: " + why);
        }
    }

    /** How many events. */
    synchronized long events() {
        return known.values().stream().mapToLong(SeqRanges::size).sum();
    }
}

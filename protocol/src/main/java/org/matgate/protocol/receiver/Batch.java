package org.matgate.protocol.receiver;

import java.util.List;
import java.util.UUID;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;

/**
 * New events of one journal, to be stored together.
 *
 * @param box the name of the box that sent them
 * @param boxBoot the box's present boot; an event's own boot is in its stamp
 * @param entries at least one, ascending by seq, none that the store holds; there may be holes between them
 */
public record Batch(String box, UUID boxBoot, JournalId journal, List<Entry> entries) {
    public Batch {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("empty batch of journal " + journal);
        }
    }
}

package org.matgate.protocol.reader;

import java.util.List;

/** What a reader can say: that it saw a chip, which all say alike, or something in its family's own words. */
public sealed interface ReaderMessage permits TagReport, FamilyMessage {
    /** The sightings of which it tells, in the reader's order; most messages tell of none, some of several. */
    default List<TagReport> reports() {
        return List.of();
    }
}

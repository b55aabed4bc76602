package org.matgate.gateway.export;

import org.matgate.gateway.journal.JournalRow;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/**
 * An event on its way out.
 *
 * @param stamp when it was, by all that is known by now; what was believed then is in the event
 * @param source who vouches for that
 */
public record Exported(JournalRow journal, Entry entry, Stamp stamp, ClockSource source) {
    /** What happened. */
    public Event event() {
        return entry.event();
    }
}

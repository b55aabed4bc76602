package org.matgate.gateway.journal;

import org.matgate.protocol.stream.Event;

/** Takes events on their way to the journal. Thread-safe. */
@FunctionalInterface
public interface EventSink {
    /**
     * Takes the event without waiting.
     *
     * @return false if there was no room for it: the event is dropped, and counted by whoever offered it
     */
    boolean offer(Event event);
}

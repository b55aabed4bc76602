package org.matgate.gateway.journal;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event.BoxCondition;

/** What the journal has to tell of itself, until somebody who knows the time makes events of it. Thread-safe. */
final class Notices {
    /** More than a box has to tell in a bad hour; the oldest go first. */
    private static final int MOST = 100;

    private final ArrayDeque<Journal.Notice> waiting = new ArrayDeque<>();

    synchronized void add(BoxCondition condition, String detail) {
        if (waiting.size() == MOST) {
            waiting.remove();
        }
        waiting.add(new Journal.Notice(condition, detail));
    }

    synchronized Journal.@Nullable Notice first() {
        return waiting.peek();
    }

    /** Takes it off, once it is told. */
    synchronized void told(Journal.Notice notice) {
        waiting.remove(notice);
    }
}

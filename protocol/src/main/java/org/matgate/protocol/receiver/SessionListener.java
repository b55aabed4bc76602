package org.matgate.protocol.receiver;

import java.net.InetSocketAddress;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Refuse;

/** Hears who comes and goes and what is delivered, for display. Called on the server's event loop: returns at once and does not throw. */
public interface SessionListener {
    /** Hears nothing. */
    SessionListener NONE = new SessionListener() {};

    /** The box was sent its Welcome. */
    default void connected(BoxInfo box) {}

    /** These events are durable, and their box was told so. */
    default void acknowledged(JournalId journal, SeqRanges stored) {}

    /** The connection of a box that was connected has ended. */
    default void left(BoxInfo box, String why) {}

    /** Something is odd about this box, which was let in; the log has it too. */
    default void noticed(BoxInfo box, Notice notice) {}

    /**
     * Somebody was turned away, or a box that was connected is (then {@link #left} follows).
     *
     * @param box the name that it gave, or nothing if it gave none
     */
    default void refused(InetSocketAddress remote, String box, Refuse why) {}
}

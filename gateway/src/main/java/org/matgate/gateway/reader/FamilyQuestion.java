package org.matgate.gateway.reader;

import java.util.Optional;
import org.matgate.protocol.reader.ReaderMessage;

/**
 * How to find out whether a reader of one family is at the other end. What is asked changes nothing about a reader, of
 * this family or any other.
 */
interface FamilyQuestion {
    /** The bytes that ask a reader who it is. */
    byte[] encode();

    /** What a message tells; empty if readers of other families, or noise, might say the same. */
    Optional<Sign> sign(ReaderMessage message);

    /** The bytes that end the conversation, after which the reader is free for the next client. */
    default byte[] farewell() {
        return new byte[0];
    }

    /**
     * A sign of a reader.
     *
     * @param who the reader, for a person
     */
    record Sign(Kind kind, String who) {}

    /** What a sign means for what comes next. */
    enum Kind {
        /** It talks of its own accord: it is at work, and not to be asked. */
        TALKS,
        /** It has said that it is there, and waits to be asked. */
        GREETS,
        /** All that is wanted is known, or it must not be asked. */
        SAYS_ALL
    }
}

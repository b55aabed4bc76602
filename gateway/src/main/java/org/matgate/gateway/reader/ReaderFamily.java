package org.matgate.gateway.reader;

import org.matgate.gateway.config.Config;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;

/** How to talk to one family of readers. */
interface ReaderFamily {
    /** A new parser for a new link. */
    FrameParser<? extends ReaderMessage> parser();

    /** A new session. */
    ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output);

    /**
     * After so long a silence on a serial line, half a frame will never be whole: damage has made its length too long.
     * To be less than the time after which the session gives up an answer, which would be held back with it.
     */
    default long silenceNanos() {
        return LinkRun.SILENCE_NANOS;
    }
}

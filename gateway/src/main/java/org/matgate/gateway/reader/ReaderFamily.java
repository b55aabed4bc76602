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
}

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

    /**
     * How long a look at the link waits for bytes. What arrives came after the look before, and that is all that is known
     * of a reader without a clock when this host is late: there it is to be short.
     *
     * @param network whether the link is TCP, on which looking costs more; a serial port is polled anyway
     */
    default long waitNanos(boolean network) {
        return LinkRun.WAIT_NANOS;
    }

    /** {@link #waitNanos} of a reader whose reads are stamped by their arrival alone. */
    static long shortWaitNanos(boolean network) {
        return network ? 10_000_000L : 2_000_000L;
    }
}

package org.matgate.protocol.channel;

import java.io.IOException;

/** The peer was not heard for so long that the connection counts as dead; it is closed. */
public final class PeerSilentException extends IOException {
    private static final long serialVersionUID = 1L;

    PeerSilentException(String what) {
        super(what);
    }
}

package org.matgate.protocol.channel;

import java.io.IOException;

/** The peer's first byte is none of TLS; nothing more will be received. {@link Tls#remove} lets it be told so. */
public final class NotTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTlsException() {
        super("the other end does not speak TLS");
    }
}

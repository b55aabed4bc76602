package org.matgate.protocol.channel;

import java.security.cert.CertificateException;

/** Who answers does not hold the key that the box was told of. */
public final class PinMismatchException extends CertificateException {
    private static final long serialVersionUID = 1L;

    PinMismatchException(Pin theirs, Pin ours) {
        super("the engine's key is " + theirs + ", the config says " + ours
                + ": was the engine reinstalled? enroll again; else another one answers there");
    }
}

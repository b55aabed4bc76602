package org.matgate.protocol.stream;

/** Bytes that are no message of the read stream, or one that breaks a bound; the text says which and how. */
public final class StreamFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    public StreamFormatException(String what) {
        super(what);
    }

    public StreamFormatException(String what, Throwable cause) {
        super(what, cause);
    }
}

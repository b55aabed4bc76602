package org.matgate.simulator.replay;

/** A file cannot be played; the message says where what is wrong, a line each, and what to do. */
public final class MistakesException extends Exception {
    private static final long serialVersionUID = 1;

    MistakesException(String message) {
        super(message);
    }
}

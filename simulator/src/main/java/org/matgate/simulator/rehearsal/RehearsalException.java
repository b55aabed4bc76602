package org.matgate.simulator.rehearsal;

/** A rehearsal could not be carried through; the message says why. */
public final class RehearsalException extends Exception {
    private static final long serialVersionUID = 1;

    public RehearsalException(String message) {
        super(message);
    }
}

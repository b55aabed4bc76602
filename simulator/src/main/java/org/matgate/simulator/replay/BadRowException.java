package org.matgate.simulator.replay;

import java.nio.file.Path;

/** A row cannot be played; those behind it may be good. The message says what is wrong and what would be right. */
final class BadRowException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    BadRowException(Place place, String message) {
        super(message);
        this.line = place.line();
        this.column = place.column();
    }

    /** As a person is told of it. */
    String in(Path file) {
        return new Place(line, column).in(file) + ": " + Shown.text(String.valueOf(getMessage()));
    }

    /** Counts it among others. */
    void tell(Mistakes mistakes) {
        mistakes.add(new Place(line, column), String.valueOf(getMessage()));
    }
}

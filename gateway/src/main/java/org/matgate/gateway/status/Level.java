package org.matgate.gateway.status;

import java.util.Locale;

/** How well a part does, the best first. */
public enum Level {
    /** Nothing is to be done. */
    OK,
    /** It works, but somebody should look at it. */
    WARN,
    /** It does not work. */
    FAIL;

    /** The worse of the two. */
    public Level or(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** As programs read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.matgate.gateway.status;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one part, and so what is to be done: gathered one after the other. Not thread-safe. */
public final class Findings {
    private Level level = Level.OK;
    private final List<String> todo = new ArrayList<>();

    /** Somebody should look at it. */
    public Findings warn(boolean when, String what) {
        return add(Level.WARN, when, what);
    }

    /** It does not work. */
    public Findings fail(boolean when, String what) {
        return add(Level.FAIL, when, what);
    }

    private Findings add(Level found, boolean when, String what) {
        if (when) {
            if (found.compareTo(level) > 0) {
                todo.addFirst(what);
            } else {
                todo.add(what);
            }
            level = level.or(found);
        }
        return this;
    }

    /** The part's line. */
    public Line line(String part, String name, String text, Facts facts) {
        return new Line(level, part, name, text, String.join("; ", todo), facts);
    }
}

package org.matgate.gateway.check;

import org.matgate.gateway.status.Line;

/** Follows a check; called by one thread at a time. */
public interface Listener {
    /** A part is done. */
    void line(Line line);

    /** This is under way; a person should see the latest only. */
    void progress(String text);

    /** The crew is to do this now; told again whenever something of it changes. */
    void ask(String text);
}

package org.matgate.gateway.uplink;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what becomes of the connections to one engine: what repeats is said once and then counted. Not thread-safe. */
final class ConnectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final String engine;
    private String lastFailure = "";
    private long repeats;
    private boolean welcomed;
    private boolean flapping;

    ConnectionLog(String engine) {
        this.engine = engine;
    }

    /** The engine let us in. */
    void welcomed(String what) {
        welcomed = true;
        if (!flapping) {
            LOG.info("engine {}: {}{}", engine, what, afterRepeats());
        }
    }

    /** The session delivers, or lasts: the next failure is news. */
    void useful() {
        if (flapping) {
            LOG.info("engine {}: the connection holds{}", engine, afterRepeats());
        }
        flapping = false;
        repeats = 0;
        lastFailure = "";
    }

    /** A connection failed, was refused or was lost. */
    void failed(String what) {
        // Counts, ports and bytes differ from time to time where the failure is the same.
        String kind = what.split("[0-9]", 2)[0];
        flapping |= welcomed && !lastFailure.isEmpty();
        welcomed = false;
        if (kind.equals(lastFailure)) {
            repeats++;
            return;
        }
        LOG.warn("engine {}: {}{}", engine, what, afterRepeats());
        lastFailure = kind;
        repeats = 0;
    }

    private String afterRepeats() {
        return repeats == 0 ? "" : " (after " + repeats + " more failures like the last)";
    }
}

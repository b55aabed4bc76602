package org.matgate.gateway.reader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs something that comes often at most once a minute, with how often it came. Not thread-safe. */
final class SparingLog {
    private static final long EVERY_NANOS = 60_000_000_000L;

    private final Logger log;
    private final String subject;
    private boolean logged;
    private long loggedNanos;
    private long unlogged;

    /** @param subject whom it concerns, as each line begins */
    SparingLog(Logger log, String subject) {
        this.log = log;
        this.subject = subject;
    }

    /** It happened. */
    void warn(String text, long nowNanos) {
        warn(text, null, nowNanos);
    }

    /** It happened, because of a fault of ours, whose trace is logged with it. */
    void warn(String text, @Nullable Throwable fault, long nowNanos) {
        if (logged && nowNanos - loggedNanos < EVERY_NANOS) {
            unlogged++;
            return;
        }
        log.warn("{}: {}{}", subject, text, unlogged == 0 ? "" : " (" + unlogged + " more since last told)", fault);
        logged = true;
        loggedNanos = nowNanos;
        unlogged = 0;
    }
}

package org.matgate.gateway.reader;

import org.slf4j.Logger;

/** Logs a failure once, then counts it until another one, or success, takes its place. Not thread-safe. */
final class Repeats {
    private final Logger log;
    private final String subject;
    private String last = "";
    private long more;

    /** @param subject what fails, as each line begins */
    Repeats(Logger log, String subject) {
        this.log = log;
        this.subject = subject;
    }

    /** It failed for this reason. @return whether that is news */
    boolean failed(String reason) {
        if (reason.equals(last)) {
            more++;
            return false;
        }
        tellCount();
        last = reason;
        log.warn("{}: {}", subject, reason);
        return true;
    }

    /** It works. */
    void worked(String how) {
        if (!last.isEmpty()) {
            tellCount();
            last = "";
            log.info("{}: {}", subject, how);
        }
    }

    private void tellCount() {
        if (more > 0) {
            log.warn("{}: {} more times: {}", subject, more, last);
            more = 0;
        }
    }
}

package org.matgate.gateway.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A failure that may repeat: logged when it begins and when it ends, counted in between. One thread tells it. */
final class Trouble {
    private final Logger log;
    private final String what;
    private volatile @Nullable String reason;
    private long times;

    /** @param what what fails, as the beginning of a sentence */
    Trouble(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    void failed(Exception e) {
        times++;
        if (reason == null) {
            log.error("{}", what, e);
        }
        reason = what + ": " + e.getMessage();
    }

    void over() {
        if (reason != null) {
            log.info("{}: over after {} failures, the last of them: {}", what, times, reason);
            reason = null;
            times = 0;
        }
    }

    /** What is wrong now. Thread-safe. */
    Optional<String> present() {
        return Optional.ofNullable(reason);
    }
}

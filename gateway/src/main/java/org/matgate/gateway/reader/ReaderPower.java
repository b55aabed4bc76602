package org.matgate.gateway.reader;

/** What can cut a reader's power for a while. Thread-safe; returns at once. */
@FunctionalInterface
public interface ReaderPower {
    /** Cuts nothing. */
    ReaderPower NONE = (reader, why) -> false;

    /**
     * Has the reader's power cut for some seconds.
     *
     * @param why for the log
     * @return whether it will be; false where the reader has no relay, or its relay does not work
     */
    boolean cycle(String reader, String why);
}

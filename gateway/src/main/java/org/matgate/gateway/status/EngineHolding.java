package org.matgate.gateway.status;

import org.matgate.protocol.stream.JournalId;

/**
 * How much of a journal an engine holds, as the running service knows it.
 *
 * @param engine its name in the configuration
 * @param asked whether the engine has told the service since it started; without it nothing is known, and the counts are 0
 * @param held events that it holds
 * @param waived events that it does not want
 * @param missing events that it lacks, or has not confirmed yet
 */
public record EngineHolding(String engine, boolean asked, JournalId journal, long held, long waived, long missing) {
    /** Whether nothing of the journal has still to go there. */
    public boolean whole() {
        return asked && missing == 0;
    }
}

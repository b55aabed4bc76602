package org.matgate.gateway.journal;

import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.protocol.stream.JournalId;

/**
 * How the journal stands at one moment.
 *
 * @param lastSeq events on disk in the current journal
 * @param fillLevel how full the intake is: 0 is empty, at 1 reads are dropped
 * @param trouble why nothing can be committed at present; empty while all is well
 * @param usableBytes what its disk has room for; empty if that cannot be found out
 * @param care what else the crew must know of file and disk
 */
public record JournalStatus(
        JournalId journal,
        long lastSeq,
        double fillLevel,
        Optional<String> trouble,
        OptionalLong usableBytes,
        Care care) {
    /**
     * How file and disk are.
     *
     * @param reserved whether the reserve is there as a whole
     * @param inReserve whether the disk is full, and the reserve is being used
     * @param reserveLeft what is left of it: 1 is all, 0 none
     * @param salvaging whether a damaged file is being saved
     * @param unreadable events that were found damaged since the start
     * @param forced whether commits are forced to the disk
     */
    public record Care(
            boolean reserved,
            boolean inReserve,
            double reserveLeft,
            boolean salvaging,
            long unreadable,
            boolean forced) {
        /** All is well. */
        public static final Care NONE = new Care(true, false, 1, false, 0, true);
    }
}

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
 */
public record JournalStatus(
        JournalId journal, long lastSeq, double fillLevel, Optional<String> trouble, OptionalLong usableBytes) {}

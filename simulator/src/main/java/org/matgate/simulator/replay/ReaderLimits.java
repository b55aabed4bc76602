package org.matgate.simulator.replay;

import java.util.Optional;
import org.matgate.protocol.ipico.IpicoTag;

/**
 * What a reader can tell of.
 *
 * @param antennas it has 1 to so many; 0 where it tells of none
 * @param chips which identities it reads
 * @param settleNanos so long after a host began to have it read, it has heard of all antennas that it is to read with
 */
public record ReaderLimits(int antennas, Chips chips, long settleNanos) {
    /** For a round over a few antennas on a busy machine; what is seen before by one not asked for yet is not told. */
    private static final long ROUND_NANOS = 2_000_000_000L;

    /** Which chips a reader reads. */
    public enum Chips {
        /** EPCs of Gen2 tags: whole words. */
        GEN2,
        IPICO
    }

    /** A UHF reader with so many antennas. */
    public static ReaderLimits uhf(int antennas) {
        return new ReaderLimits(antennas, Chips.GEN2, 0);
    }

    /** One whose host asks for one antenna after the other. */
    public static ReaderLimits inTurn(int antennas) {
        return new ReaderLimits(antennas, Chips.GEN2, ROUND_NANOS);
    }

    /** An IPICO reader. */
    public static ReaderLimits ipico() {
        return new ReaderLimits(0, Chips.IPICO, 0);
    }

    /** Why it cannot tell of a read, and what to do. */
    Optional<String> against(RecordedRead read) {
        if (antennas > 0 && read.antenna() > antennas) {
            return Optional.of("antenna " + read.antenna() + ": this reader has " + antennas + "; want --antennas "
                    + read.antenna() + " where it can have as many");
        }
        int digits = read.chip().hex().length();
        return switch (chips) {
            case GEN2 ->
                digits % 4 == 0
                        ? Optional.empty()
                        : Optional.of("chip " + read.chip() + " has " + digits
                                + " digits: a UHF reader reads whole words, multiples of 4");
            case IPICO ->
                digits == 2 * IpicoTag.CHIP_BYTES
                        ? Optional.empty()
                        : Optional.of("chip " + read.chip() + " has " + digits
                                + " digits: an IPICO reader reads chips of " + 2 * IpicoTag.CHIP_BYTES);
        };
    }
}

package org.matgate.simulator.replay;

import java.util.Optional;
import org.matgate.protocol.ipico.IpicoTag;

/**
 * What a reader can tell of.
 *
 * @param antennas it has 1 to so many; 0 where it tells of none
 * @param chips which identities it reads
 */
public record ReaderLimits(int antennas, Chips chips) {
    /** Which chips a reader reads. */
    public enum Chips {
        /** EPCs of Gen2 tags: whole words. */
        GEN2,
        IPICO
    }

    /** A UHF reader with so many antennas. */
    public static ReaderLimits uhf(int antennas) {
        return new ReaderLimits(antennas, Chips.GEN2);
    }

    /** An IPICO reader. */
    public static ReaderLimits ipico() {
        return new ReaderLimits(0, Chips.IPICO);
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

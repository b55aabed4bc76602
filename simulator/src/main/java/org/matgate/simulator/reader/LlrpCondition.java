package org.matgate.simulator.reader;

import java.util.BitSet;

/** How an LLRP reader's hardware is. Not thread-safe. */
final class LlrpCondition {
    private static final int CELSIUS = 38;
    private static final int TOO_HOT_CELSIUS = 86;

    /** Antennas that are not there. */
    final BitSet cut = new BitSet();

    /** Too hot to transmit. */
    boolean hot;

    int celsius() {
        return hot ? TOO_HOT_CELSIUS : CELSIUS;
    }
}

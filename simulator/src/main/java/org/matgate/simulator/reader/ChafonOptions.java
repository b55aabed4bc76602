package org.matgate.simulator.reader;

import org.matgate.protocol.chafon.ChafonLayout;

/**
 * What kind of Chafon reader it is.
 *
 * @param layout whether it is a UHFReader18 or a UHFReader288
 * @param baud of its serial line
 * @param ports antenna ports with an antenna, 1 to 8; a UHFReader18 has one
 * @param realTime whether it was left in the mode in which it speaks by itself; a UHFReader18 is not
 * @param antennaCheck whether it looks for its antenna before each inventory; a UHFReader18 does not
 * @param tagsAFrame how many tags it gathers before it tells of them, 1 to 16, if so many fit into a frame
 * @param bufferedReads how many reads its memory holds
 */
public record ChafonOptions(
        ChafonLayout layout,
        int baud,
        int ports,
        boolean realTime,
        boolean antennaCheck,
        int tagsAFrame,
        int bufferedReads) {
    /** A 288 with four antennas at the usual rate. */
    public static final ChafonOptions DEFAULT =
            new ChafonOptions(ChafonLayout.READER288, 57_600, 4, false, false, 4, 256);

    public ChafonOptions {
        boolean plain = layout == ChafonLayout.READER18;
        Options.check("baud", baud, 1, 10_000_000);
        Options.check("ports", ports, 1, plain ? 1 : 8);
        Options.check("tags a frame", tagsAFrame, 1, 16);
        Options.check("buffered reads", bufferedReads, 1, 1_000_000);
        if (plain && (realTime || antennaCheck)) {
            throw new IllegalArgumentException("a UHFReader18 neither checks its antenna nor tells in real time");
        }
    }

    /** A UHFReader18: one antenna, no signal strength. */
    public static ChafonOptions reader18() {
        return new ChafonOptions(ChafonLayout.READER18, 57_600, 1, false, false, 4, 256);
    }

    public ChafonOptions withBaud(int value) {
        return new ChafonOptions(layout, value, ports, realTime, antennaCheck, tagsAFrame, bufferedReads);
    }

    public ChafonOptions withPorts(int value) {
        return new ChafonOptions(layout, baud, value, realTime, antennaCheck, tagsAFrame, bufferedReads);
    }

    public ChafonOptions withRealTime(boolean value) {
        return new ChafonOptions(layout, baud, ports, value, antennaCheck, tagsAFrame, bufferedReads);
    }

    public ChafonOptions withAntennaCheck(boolean value) {
        return new ChafonOptions(layout, baud, ports, realTime, value, tagsAFrame, bufferedReads);
    }

    public ChafonOptions withTagsAFrame(int value) {
        return new ChafonOptions(layout, baud, ports, realTime, antennaCheck, value, bufferedReads);
    }

    public ChafonOptions withBufferedReads(int value) {
        return new ChafonOptions(layout, baud, ports, realTime, antennaCheck, tagsAFrame, value);
    }
}

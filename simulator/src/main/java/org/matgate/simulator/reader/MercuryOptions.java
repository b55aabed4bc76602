package org.matgate.simulator.reader;

/**
 * What kind of Mercury module it is.
 *
 * @param baud of its serial line
 * @param ports antenna ports with an antenna, 1 to 16
 * @param driftPpm how much its clock runs fast, in millionths
 * @param bootloader whether it waits in its boot loader to be started
 * @param bufferedReads how many reads its memory holds while the line is busy
 */
public record MercuryOptions(int baud, int ports, double driftPpm, boolean bootloader, int bufferedReads) {
    /** A module with four antennas at the usual rate; its memory holds what the line carries in about a second. */
    public static final MercuryOptions DEFAULT = new MercuryOptions(115_200, 4, 0, false, 256);

    public MercuryOptions {
        Options.check("baud", baud, 1, 10_000_000);
        Options.check("ports", ports, 1, 16);
        Options.check("buffered reads", bufferedReads, 1, 1_000_000);
    }

    public MercuryOptions withBaud(int value) {
        return new MercuryOptions(value, ports, driftPpm, bootloader, bufferedReads);
    }

    public MercuryOptions withPorts(int value) {
        return new MercuryOptions(baud, value, driftPpm, bootloader, bufferedReads);
    }

    public MercuryOptions withDriftPpm(double value) {
        return new MercuryOptions(baud, ports, value, bootloader, bufferedReads);
    }

    public MercuryOptions withBootloader(boolean value) {
        return new MercuryOptions(baud, ports, driftPpm, value, bufferedReads);
    }

    public MercuryOptions withBufferedReads(int value) {
        return new MercuryOptions(baud, ports, driftPpm, bootloader, value);
    }
}

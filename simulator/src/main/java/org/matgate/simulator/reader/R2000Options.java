package org.matgate.simulator.reader;

/**
 * What kind of R2000 module it is.
 *
 * @param baud of its serial line, also of the one between it and its network module
 * @param address 0 to 254
 * @param ports antenna ports with an antenna, 1 to 8
 * @param olderFirmware whether it does not know the longest layout of the fast-switch command
 */
public record R2000Options(int baud, int address, int ports, boolean olderFirmware) {
    /** A module with four antennas as it is delivered. */
    public static final R2000Options DEFAULT = new R2000Options(115_200, 1, 4, false);

    /** No module has this rate; it is for a line that nothing paces. */
    private static final int UNPACED_BAUD = 4_000_000;

    public R2000Options {
        if (baud != 38_400 && baud != 115_200 && baud != UNPACED_BAUD) {
            throw new IllegalArgumentException("baud " + baud + "; want 38400 or 115200");
        }
        Options.check("address", address, 0, 254);
        Options.check("ports", ports, 1, 8);
    }

    public R2000Options withBaud(int value) {
        return new R2000Options(value, address, ports, olderFirmware);
    }

    public R2000Options withPorts(int value) {
        return new R2000Options(baud, address, value, olderFirmware);
    }

    public R2000Options withOlderFirmware(boolean value) {
        return new R2000Options(baud, address, ports, value);
    }
}

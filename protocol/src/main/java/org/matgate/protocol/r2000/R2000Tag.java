package org.matgate.protocol.r2000;

import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/**
 * How a module reports a tag, in a frame with the command of the inventory that found it.
 *
 * <table>
 * <caption>Data; its length is even, that of everything else said of an inventory is odd or 2</caption>
 * <tr><td>u8</td><td>index of the frequency &lt;&lt; 2 | low bits of the antenna, from 0</td></tr>
 * <tr><td>u16</td><td>PC; its high five bits are the EPC's length in words</td></tr>
 * <tr><td>bytes</td><td>EPC</td></tr>
 * <tr><td>u8</td><td>bit 7: antennas 5 to 8; the rest: dBm + 129</td></tr>
 * <tr><td>u16</td><td>phase, if the inventory asked for it</td></tr>
 * </table>
 */
public final class R2000Tag {
    public static final int MAX_ANTENNA = 8;
    /** Indexes of frequencies are 0 to this. */
    public static final int MAX_FREQUENCY = 0x3F;

    static final int MAX_DATA = 6 + Chip.MAX_BYTES;

    private static final int FIXED = 4;
    private static final int PHASE = 2;
    private static final int RSSI_OFFSET_DBM = -129;

    private R2000Tag() {}

    /**
     * The frame with which a module reports a tag.
     *
     * @param address of the module
     * @param command of the inventory
     * @param report an EPC of whole words, antenna 1 to {@value #MAX_ANTENNA}, an RSSI from -129 to -2 dBm (rounded to
     *     whole ones); a time or several sightings have no place in it
     * @param frequency index, 0 to {@value #MAX_FREQUENCY}
     * @param phase 16 bits, if the inventory asked for it
     * @throws IllegalArgumentException if it does not fit
     */
    public static byte[] encode(int address, int command, TagReport report, int frequency, OptionalInt phase) {
        byte[] epc = report.chip().bytes();
        if (epc.length % 2 != 0) {
            throw new IllegalArgumentException("EPC of " + epc.length + " bytes; want whole words of 2");
        }
        int antenna = R2000Frame.checkAntenna(report.antenna()) - 1;
        R2000Frame.check("index of the frequency", frequency, 0, MAX_FREQUENCY);
        byte[] data = new byte[FIXED + epc.length + (phase.isPresent() ? PHASE : 0)];
        data[0] = (byte) ((frequency << 2) | (antenna & 3));
        data[1] = (byte) ((epc.length / 2) << 3);
        System.arraycopy(epc, 0, data, 3, epc.length);
        data[3 + epc.length] = (byte) (((antenna & 4) << 5) | rawRssi(report));
        phase.ifPresent(value -> {
            data[data.length - 2] = (byte) (R2000Frame.check("phase", value, 0, 0xFFFF) >> 8);
            data[data.length - 1] = (byte) value;
        });
        return R2000Frame.encode(address, command, data);
    }

    private static int rawRssi(TagReport report) {
        int centiDbm = report.rssiCentiDbm().orElseThrow(() -> new IllegalArgumentException("no RSSI in " + report));
        int raw = Math.floorDiv(centiDbm + 50, 100) - RSSI_OFFSET_DBM;
        return R2000Frame.check("RSSI in dBm + 129", raw, 0, 0x7F);
    }

    /** Whether data of so many bytes can be a tag report, and nothing else that is said of an inventory. */
    static boolean hasLength(int dataLength) {
        return dataLength >= FIXED && dataLength % 2 == 0;
    }

    /** The report in data of such a length; empty if there is no EPC or the PC says another length. */
    static Optional<TagReport> decode(byte[] data) {
        int epcLength = (data[1] & 0xF8) >> 2;
        int rest = data.length - FIXED - epcLength;
        if (epcLength == 0 || (rest != 0 && rest != PHASE)) {
            return Optional.empty();
        }
        int rssi = data[3 + epcLength];
        int antenna = (data[0] & 3) + (rssi < 0 ? 4 : 0) + 1;
        int centiDbm = 100 * ((rssi & 0x7F) + RSSI_OFFSET_DBM);
        return Optional.of(
                new TagReport(Chip.of(data, 3, epcLength), antenna, OptionalInt.of(centiDbm), ReaderTime.NONE, 1));
    }
}

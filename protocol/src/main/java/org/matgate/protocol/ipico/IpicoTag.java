package org.matgate.protocol.ipico;

import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.TagReport;

/** How a reader reports a tag. */
public final class IpicoTag {
    /** Every IPICO chip has a number of so many bytes. */
    public static final int CHIP_BYTES = 6;

    /** One sighting on the Q channel: what a reader says mostly. */
    private static final String CHANNELS = "0001";

    private IpicoTag() {}

    /**
     * The line, with its end, with which a reader reports a tag. Antenna, RSSI and sightings have no place in it.
     *
     * @param reader the reader's id, 0 to 255
     * @param report a chip of {@value #CHIP_BYTES} bytes and a civil time from 2000 to 2099, of which the line says
     *     whole hundredths of a second
     * @throws IllegalArgumentException if the report is not such
     */
    public static byte[] encode(int reader, TagReport report) {
        IpicoText.checkByte("reader", reader);
        Chip chip = report.chip();
        if (chip.hex().length() != 2 * CHIP_BYTES) {
            throw new IllegalArgumentException("chip " + chip + "; want " + CHIP_BYTES + " bytes");
        }
        return new IpicoTagLine(reader, chip, CHANNELS, IpicoTagLine.stamp(report.time()), "", "").encode();
    }
}

package org.matgate.simulator.replay;

import org.matgate.protocol.Chip;

/**
 * A read as a file tells of it.
 *
 * @param line where it stands in the file, from 1
 * @param nanos its time; what it counts from is the file's own affair, 1970 where it has dates
 * @param antenna 1, 2, …; {@value #ANTENNA} where the file does not say
 * @param rssiCentiDbm {@value #RSSI_CENTI_DBM} where the file does not say
 * @param reader empty where the file does not say
 * @param timingPoint empty where the file does not say
 */
record RecordedRead(int line, long nanos, Chip chip, int antenna, int rssiCentiDbm, String reader, String timingPoint) {
    /** Every reader has it. */
    static final int ANTENNA = 1;

    /** That of a chip well within reach. */
    static final int RSSI_CENTI_DBM = -5_500;

    /** The same without names: many are held at once. */
    RecordedRead unnamed() {
        return new RecordedRead(line, nanos, chip, antenna, rssiCentiDbm, "", "");
    }
}

package org.matgate.protocol.reader;

import java.util.List;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;

/**
 * One report of one chip, as decoded from a frame and before it is given a time.
 *
 * @param chip the chip's identity
 * @param antenna 1, 2, …; 0 where the reader does not say
 * @param rssiCentiDbm received signal strength in 1/100 dBm, where the reader says
 * @param time the reader's own time of the sighting
 * @param sightings how many sightings the reader merged into this report, at least 1
 */
public record TagReport(Chip chip, int antenna, OptionalInt rssiCentiDbm, ReaderTime time, int sightings)
        implements ReaderMessage {
    public TagReport {
        if (antenna < 0 || antenna > 255) {
            throw new IllegalArgumentException("antenna " + antenna + "; want 0 to 255");
        }
        if (sightings < 1) {
            throw new IllegalArgumentException("sightings " + sightings + "; want at least 1");
        }
    }

    @Override
    public List<TagReport> reports() {
        return List.of(this);
    }
}

package org.matgate.simulator.referee;

import java.util.Locale;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/** What a read says about its sighting; two reads may say the same. */
record ReadKey(String reader, Chip chip, int antenna, OptionalInt rssiCentiDbm, ReaderTime readerTime) {
    /** For a person. */
    String text() {
        String rssi = rssiCentiDbm.isPresent()
                ? String.format(Locale.ROOT, ", %.2f dBm", rssiCentiDbm.getAsInt() / 100.0)
                : "";
        String time = readerTime.base() == ReaderTime.Base.NONE
                ? ""
                : ", reader's time " + readerTime.base().name().toLowerCase(Locale.ROOT) + " " + readerTime.micros()
                        + " µs";
        return reader + ": chip " + chip + ", antenna " + antenna + rssi + time;
    }
}

package org.matgate.protocol.r2000;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Which frequencies a module hops over (data of 78, and of the reply to 79). */
public sealed interface R2000Region {
    /** The rules of the United States, 902 to 928 MHz. */
    int FCC = 1;
    /** The rules of Europe, 865 to 868 MHz. */
    int ETSI = 2;
    /** The rules of China, 920 to 925 MHz. */
    int CHN = 3;
    /** What stands in place of a region where the user gives the frequencies. */
    int CUSTOM = 4;

    /**
     * A part of what a region's rules allow.
     *
     * @param region {@link #FCC}, {@link #ETSI} or {@link #CHN}
     * @param start index of the lowest frequency
     * @param end index of the highest frequency; sources disagree on the MHz of an index, so it is kept as it is
     */
    record Standard(int region, int start, int end) implements R2000Region {
        public Standard {
            R2000Frame.check("region", region, FCC, CHN);
            R2000Frame.check("index of the lowest frequency", start, 0, 0xFF);
            R2000Frame.check("index of the highest frequency", end, 0, 0xFF);
        }

        /** All of a region; the indexes count in steps of 500 kHz from 865 MHz, and from 902 MHz on index 7. */
        public static Standard all(int region) {
            return switch (region) {
                case FCC -> new Standard(FCC, 7, 59);
                case ETSI -> new Standard(ETSI, 0, 6);
                case CHN -> new Standard(CHN, 43, 53);
                default -> throw new IllegalArgumentException("region " + region + "; want 1 to 3");
            };
        }
    }

    /**
     * Frequencies that the user gives.
     *
     * @param spacing from one to the next, in 10 kHz
     * @param quantity how many, at least 1 if they are to be of use
     * @param startKhz the lowest, in kHz, 24 bits
     */
    record Custom(int spacing, int quantity, int startKhz) implements R2000Region {
        public Custom {
            R2000Frame.check("spacing in 10 kHz", spacing, 0, 0xFF);
            R2000Frame.check("quantity of frequencies", quantity, 0, 0xFF);
            R2000Frame.check("lowest frequency in kHz", startKhz, 0, 0xFF_FFFF);
        }
    }

    /** The region with this data; empty if it has no such form. */
    static Optional<R2000Region> decode(byte[] data) {
        if (data.length == 3 && data[0] >= FCC && data[0] <= CHN) {
            return Optional.of(new Standard(data[0], data[1] & 0xFF, data[2] & 0xFF));
        }
        if (data.length == 6 && data[0] == CUSTOM) {
            int startKhz = ByteBuffer.wrap(data).getInt(2) & 0xFF_FFFF;
            return Optional.of(new Custom(data[1] & 0xFF, data[2] & 0xFF, startKhz));
        }
        return Optional.empty();
    }

    /** What {@link #decode} takes. */
    default byte[] data() {
        return switch (this) {
            case Standard r -> R2000Frame.bytes(r.region(), r.start(), r.end());
            case Custom r ->
                R2000Frame.bytes(
                        CUSTOM, r.spacing(), r.quantity(), r.startKhz() >> 16, r.startKhz() >> 8, r.startKhz());
        };
    }
}

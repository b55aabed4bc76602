package org.matgate.protocol.chafon;

import java.util.Optional;

/**
 * The bands that a reader's radio can be set to; channel N is at the base plus N steps.
 *
 * <p>Source: manual V1.14 of the 288's series, command 22. A UHFReader18 knows some of them only.
 */
public enum ChafonBand {
    /** 840 to 960 MHz: every channel, for the laboratory. */
    USER(0, 840_000, 2_000, 60),
    CHINA_UPPER(1, 920_125, 250, 19),
    US(2, 902_750, 500, 49),
    KOREA(3, 917_100, 200, 31),
    /** Every channel of the European lower band. */
    EU(4, 865_100, 200, 14),
    UKRAINE(6, 868_000, 100, 6),
    PERU(7, 916_200, 900, 11),
    CHINA_LOWER(8, 840_125, 250, 19),
    /** The four channels of the European lower band that allow 2 W. */
    EU3(9, 865_700, 600, 3),
    TAIWAN(10, 922_250, 500, 11),
    US3(12, 902_000, 500, 52);

    private final int code;
    private final int baseKilohertz;
    private final int stepKilohertz;
    private final int lastChannel;

    ChafonBand(int code, int baseKilohertz, int stepKilohertz, int lastChannel) {
        this.code = code;
        this.baseKilohertz = baseKilohertz;
        this.stepKilohertz = stepKilohertz;
        this.lastChannel = lastChannel;
    }

    /** The band with this number on the wire, 0 to 15, if it is known. */
    public static Optional<ChafonBand> of(int code) {
        for (ChafonBand band : values()) {
            if (band.code == code) {
                return Optional.of(band);
            }
        }
        return Optional.empty();
    }

    /** Its number on the wire. */
    public int code() {
        return code;
    }

    /** The number of its highest channel; the lowest is 0. */
    public int lastChannel() {
        return lastChannel;
    }

    /** The frequency of a channel, kHz. */
    public int kilohertz(int channel) {
        return baseKilohertz + channel * stepKilohertz;
    }
}

package org.matgate.protocol.llrp;

import java.util.List;

/** 1023 Custom: the vendors' own parameters. */
public sealed interface LlrpVendor extends LlrpParameter {
    /** IANA enterprise number of Impinj; also the manufacturer in its capabilities. */
    long IMPINJ = 25_882;

    /** IANA enterprise number of Motorola, now Zebra; also the manufacturer in its capabilities. */
    long ZEBRA = 161;

    /**
     * A parameter of any vendor that has no record here.
     *
     * @param vendor IANA enterprise number
     * @param data hexadecimal digits in upper case
     */
    record Custom(long vendor, long subtype, String data) implements LlrpVendor {
        public Custom {
            data = LlrpFrame.checkHex(data);
        }
    }

    /** An Impinj parameter that is one number. */
    record Impinj(Kind kind, long value) implements LlrpVendor {
        /** Switches something off. */
        public static final int OFF = 0;
        /** Switches something on; as a buffer mode, low latency. */
        public static final int ON = 1;

        /** What the number is. */
        public enum Kind {
            /** In GET_READER_CAPABILITIES and GET_READER_CONFIG: which of Impinj's parts; 2000 is all of the config. */
            REQUESTED_DATA(21, 4, false),
            SUB_REGULATORY_REGION(22, 2, false),
            /**
             * In C1G2InventoryCommand: 0 reader's choice, 1 single target, 2 dual target, 3 single target with
             * suppression, 5 single target B to A, 6 dual target with reset.
             */
            INVENTORY_SEARCH_MODE(23, 2, false),
            /** °C. */
            TEMPERATURE(37, 2, true),
            /** 0 normal, 1 low latency: reports are not gathered before they are sent. */
            REPORT_BUFFER_MODE(39, 2, false),
            ENABLE_SERIALIZED_TID(51, 2, false),
            ENABLE_RF_PHASE_ANGLE(52, 2, false),
            ENABLE_PEAK_RSSI(53, 2, false),
            ENABLE_GPS_COORDINATES(54, 2, false),
            /** 0 to 4095 for 0 to 2π. */
            RF_PHASE_ANGLE(56, 2, false),
            /** 1/100 dBm. */
            PEAK_RSSI(57, 2, true),
            ENABLE_OPTIMIZED_READ(65, 2, false),
            ENABLE_RF_DOPPLER(67, 2, false),
            /** 1/16 Hz. */
            RF_DOPPLER(68, 2, true);

            final int subtype;
            final int bytes;
            final boolean signed;

            Kind(int subtype, int bytes, boolean signed) {
                this.subtype = subtype;
                this.bytes = bytes;
                this.signed = signed;
            }
        }

        public Impinj {
            long span = 1L << (8 * kind.bytes);
            LlrpFrame.check(kind.name(), value, kind.signed ? -span / 2 : 0, kind.signed ? span / 2 - 1 : span - 1);
        }
    }

    /**
     * Impinj 38: the reader closes the connection when so many KEEPALIVEs in a row were not acknowledged.
     *
     * @param mode {@link Impinj#OFF} or {@link Impinj#ON}
     */
    record ImpinjLinkMonitor(int mode, int missedKeepalives) implements LlrpVendor {}

    /** Impinj 50, in ROReportSpec: which of Impinj's fields each sighting tells. */
    record ImpinjTagReportContentSelector(List<LlrpParameter> parameters) implements LlrpVendor, HasParameters {
        public ImpinjTagReportContentSelector {
            parameters = List.copyOf(parameters);
        }
    }
}

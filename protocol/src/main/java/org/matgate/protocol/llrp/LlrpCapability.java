package org.matgate.protocol.llrp;

import java.util.List;

/** What a reader can do: the parameters of GET_READER_CAPABILITIES_RESPONSE. Their numbers stand before each. */
public sealed interface LlrpCapability extends LlrpParameter {
    /**
     * 137 GeneralDeviceCapabilities.
     *
     * @param flags {@link #CAN_SET_ANTENNA_PROPERTIES}, {@link #HAS_UTC_CLOCK}
     * @param manufacturer the vendor's IANA enterprise number, see {@link LlrpVendor}
     * @param model the vendor's number of the model
     */
    record GeneralDevice(
            int maxAntennas, int flags, long manufacturer, long model, String firmware, List<LlrpParameter> parameters)
            implements LlrpCapability, HasParameters {
        public static final int CAN_SET_ANTENNA_PROPERTIES = 0x8000;
        /** Reports carry UTC; without it, the time since the reader's start. */
        public static final int HAS_UTC_CLOCK = 0x4000;

        public GeneralDevice {
            parameters = List.copyOf(parameters);
        }

        public boolean hasUtcClock() {
            return (flags & HAS_UTC_CLOCK) != 0;
        }
    }

    /** 139 ReceiveSensitivityTableEntry: an index and the sensitivity in dB below the best. */
    record ReceiveSensitivity(int index, int belowBestDb) implements LlrpCapability {}

    /** 149 PerAntennaReceiveSensitivityRange: which indices of the table an antenna may use. */
    record AntennaReceiveSensitivity(int antenna, int minIndex, int maxIndex) implements LlrpCapability {}

    /** 140 PerAntennaAirProtocol; 1 is Class 1 Gen 2. */
    record AntennaAirProtocols(int antenna, List<Integer> protocols) implements LlrpCapability {
        public AntennaAirProtocols {
            protocols = List.copyOf(protocols);
        }
    }

    /** 141 GPIOCapabilities: how many pins. */
    record Gpio(int inputs, int outputs) implements LlrpCapability {}

    /**
     * 142 LLRPCapabilities; a maximum of 0 means that there is none.
     *
     * @param flags {@link #SUPPORTS_HOLDING} and others
     */
    record Llrp(
            int flags,
            int priorityLevels,
            int opSpecTimeoutMillis,
            long maxRoSpecs,
            long maxSpecsPerRoSpec,
            long maxInventoryParameterSpecsPerAiSpec,
            long maxAccessSpecs,
            long maxOpSpecsPerAccessSpec)
            implements LlrpCapability {
        public static final int CAN_DO_RF_SURVEY = 0x80;
        public static final int CAN_REPORT_BUFFER_FILL = 0x40;
        public static final int SUPPORTS_CLIENT_REQUEST_OP = 0x20;
        public static final int CAN_DO_STATE_AWARE = 0x10;
        /** The reader can keep events and reports while nobody is connected. */
        public static final int SUPPORTS_HOLDING = 0x08;

        public boolean supportsHolding() {
            return (flags & SUPPORTS_HOLDING) != 0;
        }
    }

    /** 327 C1G2LLRPCapabilities; flags 80 block erase, 40 block write, in 1.1 20 and 10 more. */
    record C1g2(int flags, int maxSelectFilters) implements LlrpCapability {}

    /**
     * 143 RegulatoryCapabilities.
     *
     * @param country ISO 3166 numeric, 0 unspecified
     * @param standard 0 unspecified, 1 US FCC, 2 ETSI 302 208, 3 ETSI 300 220, 4 Australia 1 W, 5 Australia 4 W, …
     */
    record Regulatory(int country, int standard, List<LlrpParameter> parameters)
            implements LlrpCapability, HasParameters {
        public Regulatory {
            parameters = List.copyOf(parameters);
        }
    }

    /** 144 UHFBandCapabilities: power table, frequencies, radio modes. */
    record UhfBand(List<LlrpParameter> parameters) implements LlrpCapability, HasParameters {
        public UhfBand {
            parameters = List.copyOf(parameters);
        }
    }

    /** 145 TransmitPowerLevelTableEntry: the index that RFTransmitter wants, and the power in 1/100 dBm. */
    record TransmitPower(int index, int centiDbm) implements LlrpCapability {}

    /** 146 FrequencyInformation: {@link HopTable}s if it hops, else {@link FixedFrequencies}. */
    record FrequencyInformation(boolean hopping, List<LlrpParameter> parameters)
            implements LlrpCapability, HasParameters {
        public FrequencyInformation {
            parameters = List.copyOf(parameters);
        }
    }

    /** 147 FrequencyHopTable: frequencies in kHz. */
    record HopTable(int id, List<Long> kiloHertz) implements LlrpCapability {
        public HopTable {
            kiloHertz = List.copyOf(kiloHertz);
        }
    }

    /** 148 FixedFrequencyTable: frequencies in kHz; a channel index counts from 1. */
    record FixedFrequencies(List<Long> kiloHertz) implements LlrpCapability {
        public FixedFrequencies {
            kiloHertz = List.copyOf(kiloHertz);
        }
    }

    /** 328 C1G2UHFRFModeTable: {@link RfMode}s. */
    record RfModes(List<LlrpParameter> parameters) implements LlrpCapability, HasParameters {
        public RfModes {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * 329 UHFC1G2RFModeTableEntry.
     *
     * @param id what C1G2RFControl wants; Impinj: 1000 and above choose by themselves
     * @param flags 80 divide ratio 64/3 (else 8), 40 conforms to EPC HAG
     * @param miller 0 FM0, 1 Miller 2, 2 Miller 4, 3 Miller 8
     * @param modulation 0 PR-ASK, 1 SSB-ASK, 2 DSB-ASK
     * @param spectralMask 0 unknown, 1 single, 2 multi, 3 dense interrogator
     * @param bitsPerSecond backscatter data rate
     * @param pie 1000 times the length of data-1 over data-0
     */
    record RfMode(
            long id,
            int flags,
            int miller,
            int modulation,
            int spectralMask,
            long bitsPerSecond,
            long pie,
            long minTariNanos,
            long maxTariNanos,
            long stepTariNanos)
            implements LlrpCapability {}
}

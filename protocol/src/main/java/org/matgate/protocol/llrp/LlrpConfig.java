package org.matgate.protocol.llrp;

import java.util.List;

/** How a reader is set: the parameters of SET_READER_CONFIG and of GET_READER_CONFIG_RESPONSE. */
public sealed interface LlrpConfig extends LlrpParameter {
    /** 217 LLRPConfigurationStateValue: changes whenever anything in the reader's set-up does. */
    record StateValue(long value) implements LlrpConfig {}

    /**
     * 218 Identification.
     *
     * @param type 0 MAC address (EUI-64), 1 EPC
     * @param id hexadecimal digits in upper case
     */
    record Identification(int type, String id) implements LlrpConfig {
        public Identification {
            id = LlrpFrame.checkHex(id);
        }
    }

    /** 219 GPOWriteData: an output pin, 1, 2, …. */
    record GpoWriteData(int port, boolean high) implements LlrpConfig {}

    /** 220 KeepaliveSpec. */
    record KeepaliveSpec(int trigger, long periodMillis) implements LlrpConfig {
        public static final int NONE = 0;
        public static final int PERIODIC = 1;

        /** A KEEPALIVE every so many milliseconds. */
        public static KeepaliveSpec every(long periodMillis) {
            return new KeepaliveSpec(PERIODIC, periodMillis);
        }
    }

    /** 221 AntennaProperties: antenna 1, 2, …; gain in 1/100 dBi. */
    record AntennaProperties(boolean connected, int antenna, int gainCentiDbi) implements LlrpConfig {}

    /** 222 AntennaConfiguration: how an antenna is to be used; antenna 0 means all. */
    record AntennaConfiguration(int antenna, List<LlrpParameter> parameters) implements LlrpConfig, HasParameters {
        public AntennaConfiguration {
            parameters = List.copyOf(parameters);
        }
    }

    /** 223 RFReceiver: an index of the table of sensitivities; 1 is the best of most readers. */
    record RfReceiver(int sensitivityIndex) implements LlrpConfig {}

    /**
     * 224 RFTransmitter.
     *
     * @param hopTable where the region hops, else 0
     * @param channel where it does not, from 1 on, else 0
     * @param powerIndex of {@link LlrpCapability.TransmitPower}
     */
    record RfTransmitter(int hopTable, int channel, int powerIndex) implements LlrpConfig {}

    /** 225 GPIPortCurrentState: state 0 low, 1 high, 2 unknown. */
    record GpiPortState(int port, boolean enabled, int state) implements LlrpConfig {}

    /** 226 EventsAndReports: after a reconnection both are held until ENABLE_EVENTS_AND_REPORTS. */
    record EventsAndReports(boolean holdUponReconnect) implements LlrpConfig {}

    /**
     * 237 ROReportSpec.
     *
     * @param trigger when to report, {@link #NONE} to {@link #N_TAGS_OR_END_OF_ROSPEC}
     * @param n how many sightings make a report, 0 no limit; 1 reports each
     */
    record RoReportSpec(int trigger, int n, List<LlrpParameter> parameters) implements LlrpConfig, HasParameters {
        public static final int NONE = 0;
        public static final int N_TAGS_OR_END_OF_AISPEC = 1;
        public static final int N_TAGS_OR_END_OF_ROSPEC = 2;

        public RoReportSpec {
            parameters = List.copyOf(parameters);
        }
    }

    /** 238 TagReportContentSelector: what each sighting tells, one bit a field. */
    record TagReportContentSelector(int fields, List<LlrpParameter> parameters) implements LlrpConfig, HasParameters {
        public static final int ROSPEC_ID = 0x8000;
        public static final int SPEC_INDEX = 0x4000;
        public static final int INVENTORY_PARAMETER_SPEC_ID = 0x2000;
        public static final int ANTENNA_ID = 0x1000;
        public static final int CHANNEL_INDEX = 0x0800;
        public static final int PEAK_RSSI = 0x0400;
        public static final int FIRST_SEEN = 0x0200;
        public static final int LAST_SEEN = 0x0100;
        public static final int SEEN_COUNT = 0x0080;
        public static final int ACCESS_SPEC_ID = 0x0040;

        public TagReportContentSelector {
            parameters = List.copyOf(parameters);
        }

        /** Whether the field with this bit is to be told. */
        public boolean has(int field) {
            return (fields & field) != 0;
        }
    }

    /** 239 AccessReportSpec. */
    record AccessReportSpec(int trigger) implements LlrpConfig {}

    /** 244 ReaderEventNotificationSpec: {@link EventNotificationState}s. */
    record ReaderEventNotificationSpec(List<LlrpParameter> parameters) implements LlrpConfig, HasParameters {
        public ReaderEventNotificationSpec {
            parameters = List.copyOf(parameters);
        }
    }

    /** 245 EventNotificationState: whether events of a type are wanted. */
    record EventNotificationState(int event, boolean wanted) implements LlrpConfig {
        public static final int HOPPING = 0;
        public static final int GPI = 1;
        public static final int ROSPEC = 2;
        public static final int REPORT_BUFFER_FILL = 3;
        public static final int READER_EXCEPTION = 4;
        public static final int RF_SURVEY = 5;
        public static final int AISPEC = 6;
        public static final int AISPEC_WITH_DETAILS = 7;
        public static final int ANTENNA = 8;
    }

    /** What is said to Class 1 Gen 2 tags, within other settings. */
    sealed interface Air extends LlrpConfig {}

    /** 330 C1G2InventoryCommand. */
    record InventoryCommand(boolean stateAware, List<LlrpParameter> parameters) implements Air, HasParameters {
        public InventoryCommand {
            parameters = List.copyOf(parameters);
        }
    }

    /** 335 C1G2RFControl: a {@link LlrpCapability.RfMode}, and the Tari in ns, 0 for the mode's own. */
    record RfControl(int mode, int tariNanos) implements Air {}

    /**
     * 336 C1G2SingulationControl.
     *
     * @param session 0 to 3
     * @param population how many tags are expected
     */
    record SingulationControl(int session, int population, long transitMillis, List<LlrpParameter> parameters)
            implements Air, HasParameters {
        public SingulationControl {
            parameters = List.copyOf(parameters);
        }
    }

    /** 337 C1G2TagInventoryStateAwareSingulationAction: 80 state B (else A), 40 not SL (else SL), in 1.1 20 all. */
    record SingulationAction(int flags) implements Air {}

    /** 348 C1G2EPCMemorySelector: 80 tell the tag's CRC, 40 its PC bits, in 1.1 20 its XPC words. */
    record EpcMemorySelector(int flags) implements Air {}
}

package org.matgate.protocol.llrp;

import java.util.List;

/**
 * What a client says to an LLRP reader. Bytes that are not taken apart are hexadecimal digits in upper case. The
 * version in the head is not kept: it is 1 in what is encoded.
 */
public sealed interface LlrpCommand {
    /** All ROSpecs, or all AccessSpecs. */
    long ALL = 0;

    /** Comes back in the reply; 0 to 4,294,967,295. */
    long id();

    /**
     * The command, ready for the wire.
     *
     * @throws IllegalArgumentException if a number does not fit its field, or the message is larger than 256 KiB
     */
    default byte[] encode() {
        return LlrpCommands.encode(this);
    }

    /** 1 GET_READER_CAPABILITIES. */
    record GetReaderCapabilities(long id, int requested, List<LlrpParameter> parameters)
            implements LlrpCommand, HasParameters {
        public static final int EVERYTHING = 0;
        public static final int GENERAL_DEVICE = 1;
        public static final int LLRP = 2;
        public static final int REGULATORY = 3;
        public static final int AIR_PROTOCOL = 4;

        public GetReaderCapabilities {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * 2 GET_READER_CONFIG.
     *
     * @param antenna which antenna's, 0 for all
     * @param gpiPort which input's, 0 for all
     * @param gpoPort which output's, 0 for all
     * @param parameters vendors' requests
     */
    record GetReaderConfig(
            long id, int antenna, int requested, int gpiPort, int gpoPort, List<LlrpParameter> parameters)
            implements LlrpCommand, HasParameters {
        public static final int EVERYTHING = 0;
        public static final int IDENTIFICATION = 1;
        public static final int ANTENNA_PROPERTIES = 2;
        public static final int ANTENNA_CONFIGURATION = 3;
        public static final int RO_REPORT_SPEC = 4;
        public static final int READER_EVENT_NOTIFICATION_SPEC = 5;
        public static final int ACCESS_REPORT_SPEC = 6;
        public static final int STATE_VALUE = 7;
        public static final int KEEPALIVE_SPEC = 8;
        public static final int GPI_PORT_STATE = 9;
        public static final int GPO_PORT_STATE = 10;
        public static final int EVENTS_AND_REPORTS = 11;

        public GetReaderConfig {
            parameters = List.copyOf(parameters);
        }

        /** Asks for one part (or {@link #EVERYTHING}), of all antennas and pins. */
        public static GetReaderConfig of(long id, int requested, LlrpParameter... vendorRequests) {
            return new GetReaderConfig(id, 0, requested, 0, 0, List.of(vendorRequests));
        }
    }

    /** 3 SET_READER_CONFIG: first back to how the reader left its factory, if so wished, then the parameters. */
    record SetReaderConfig(long id, boolean resetToFactory, List<LlrpParameter> parameters)
            implements LlrpCommand, HasParameters {
        public SetReaderConfig {
            parameters = List.copyOf(parameters);
        }
    }

    /** 14 CLOSE_CONNECTION. */
    record CloseConnection(long id) implements LlrpCommand {}

    /** 20 ADD_ROSPEC. */
    record AddRoSpec(long id, LlrpSpec.RoSpec roSpec) implements LlrpCommand {}

    /** 21 DELETE_ROSPEC, or {@link #ALL}. */
    record DeleteRoSpec(long id, long roSpec) implements LlrpCommand {}

    /** 22 START_ROSPEC. */
    record StartRoSpec(long id, long roSpec) implements LlrpCommand {}

    /** 23 STOP_ROSPEC. */
    record StopRoSpec(long id, long roSpec) implements LlrpCommand {}

    /** 24 ENABLE_ROSPEC, or {@link #ALL}. */
    record EnableRoSpec(long id, long roSpec) implements LlrpCommand {}

    /** 25 DISABLE_ROSPEC, or {@link #ALL}. */
    record DisableRoSpec(long id, long roSpec) implements LlrpCommand {}

    /** 26 GET_ROSPECS. */
    record GetRoSpecs(long id) implements LlrpCommand {}

    /** 41 DELETE_ACCESSSPEC, or {@link #ALL}. */
    record DeleteAccessSpec(long id, long accessSpec) implements LlrpCommand {}

    /** 60 GET_REPORT: has no reply but a report. */
    record GetReport(long id) implements LlrpCommand {}

    /** 64 ENABLE_EVENTS_AND_REPORTS: lets go what was held; has no reply. */
    record EnableEventsAndReports(long id) implements LlrpCommand {}

    /** 72 KEEPALIVE_ACK. */
    record KeepaliveAck(long id) implements LlrpCommand {}

    /**
     * 1023 CUSTOM_MESSAGE.
     *
     * @param vendor IANA enterprise number, see {@link LlrpVendor}
     * @param subtype 0 to 255
     */
    record Custom(long id, long vendor, int subtype, String data) implements LlrpCommand {
        public static final int IMPINJ_ENABLE_EXTENSIONS = 21;
        public static final int ZEBRA_PURGE_TAGS = 3;

        public Custom {
            data = LlrpFrame.checkHex(data);
        }

        /** Without it an Impinj reader refuses Impinj's parameters. */
        public static Custom impinjEnableExtensions(long id) {
            return new Custom(id, LlrpVendor.IMPINJ, IMPINJ_ENABLE_EXTENSIONS, "00000000");
        }

        /** Has a Zebra reader forget all tags that it keeps count of; its memory for them is finite. */
        public static Custom zebraPurgeTags(long id) {
            return new Custom(id, LlrpVendor.ZEBRA, ZEBRA_PURGE_TAGS, "00");
        }
    }

    /**
     * Any other message.
     *
     * @param type 0 to 1023
     * @param data what follows the message's head
     */
    record Other(long id, int type, String data) implements LlrpCommand {
        public Other {
            LlrpFrame.check("message type", type, 0, LlrpFrame.MAX_TYPE);
            data = LlrpFrame.checkHex(data);
        }
    }
}

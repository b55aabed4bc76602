package org.matgate.protocol.llrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.TagReport;

/**
 * What an LLRP reader says. Bytes that are not taken apart are hexadecimal digits in upper case. The version in the
 * head is not kept: it is 1 in what is encoded.
 */
public sealed interface LlrpMessage extends FamilyMessage {
    /** In a reply the command's id, else the reader's own; 0 to 4,294,967,295. */
    long id();

    /**
     * The message, as the reader puts it on the wire.
     *
     * @throws IllegalArgumentException if a number does not fit its field, or the message is larger than 256 KiB
     */
    default byte[] encode() {
        return LlrpMessages.encode(this);
    }

    /**
     * A reply to a command, or ERROR_MESSAGE.
     *
     * @param parameters what it tells besides its status
     */
    record Reply(long id, To to, LlrpStatus status, List<LlrpParameter> parameters)
            implements LlrpMessage, HasParameters {
        /** What it replies to. */
        public enum To {
            CLOSE_CONNECTION(4),
            GET_READER_CAPABILITIES(11),
            GET_READER_CONFIG(12),
            SET_READER_CONFIG(13),
            ADD_ROSPEC(30),
            DELETE_ROSPEC(31),
            START_ROSPEC(32),
            STOP_ROSPEC(33),
            ENABLE_ROSPEC(34),
            DISABLE_ROSPEC(35),
            GET_ROSPECS(36),
            ADD_ACCESSSPEC(50),
            DELETE_ACCESSSPEC(51),
            ENABLE_ACCESSSPEC(52),
            DISABLE_ACCESSSPEC(53),
            GET_ACCESSSPECS(54),
            SET_PROTOCOL_VERSION(57),
            /** ERROR_MESSAGE: to what the reader could not make out; the id may be that of the command. */
            UNINTELLIGIBLE(100);

            final int type;

            To(int type) {
                this.type = type;
            }
        }

        public Reply {
            parameters = List.copyOf(parameters);
        }

        /** A reply that tells its status alone. */
        public static Reply of(long id, To to, LlrpStatus status) {
            return new Reply(id, to, status, List.of());
        }
    }

    /** 61 RO_ACCESS_REPORT: sightings, mostly several at once. */
    record RoAccessReport(long id, List<LlrpParameter> parameters) implements LlrpMessage, HasParameters {
        public RoAccessReport {
            parameters = List.copyOf(parameters);
        }

        /** The sightings with all that the reader tells of them, in its order. */
        public List<LlrpTag.TagReportData> tags() {
            List<LlrpTag.TagReportData> tags = new ArrayList<>(parameters.size());
            for (LlrpParameter parameter : parameters) {
                if (parameter instanceof LlrpTag.TagReportData tag) {
                    tags.add(tag);
                }
            }
            return tags;
        }

        /** One for each of {@link #tags} that has an EPC of 1 bit to 62 bytes. */
        @Override
        public List<TagReport> reports() {
            List<TagReport> reports = new ArrayList<>(parameters.size());
            for (LlrpParameter parameter : parameters) {
                if (parameter instanceof LlrpTag.TagReportData tag) {
                    Optional<TagReport> report = tag.report();
                    report.ifPresent(reports::add);
                }
            }
            return reports;
        }
    }

    /** 62: to be answered with {@link LlrpCommand.KeepaliveAck}. */
    record Keepalive(long id) implements LlrpMessage {}

    /** 63 READER_EVENT_NOTIFICATION. */
    record ReaderEvent(long id, LlrpEvent.Data data) implements LlrpMessage, HasParameters {
        @Override
        public List<LlrpParameter> parameters() {
            return data.parameters();
        }
    }

    /** 1023: a vendor's reply that is known to begin with a status, such as that to an extension being enabled. */
    record VendorReply(long id, long vendor, int subtype, LlrpStatus status, List<LlrpParameter> parameters)
            implements LlrpMessage, HasParameters {
        public static final int IMPINJ_ENABLE_EXTENSIONS = 22;
        public static final int ZEBRA_PURGE_TAGS = 4;

        public VendorReply {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * 1023 CUSTOM_MESSAGE: any other message of a vendor's.
     *
     * @param vendor IANA enterprise number, see {@link LlrpVendor}
     * @param subtype 0 to 255
     */
    record Custom(long id, long vendor, int subtype, String data) implements LlrpMessage {
        public Custom {
            data = LlrpFrame.checkHex(data);
        }
    }

    /**
     * Any other message.
     *
     * @param type 0 to 1023
     * @param data what follows the message's head
     */
    record Other(long id, int type, String data) implements LlrpMessage {
        public Other {
            LlrpFrame.check("message type", type, 0, LlrpFrame.MAX_TYPE);
            data = LlrpFrame.checkHex(data);
        }
    }
}

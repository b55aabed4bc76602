package org.matgate.protocol.chafon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.TagReport;

/**
 * What a Chafon reader says. A frame of an inventory tells of several tags; they are the message's
 * {@link #reports()}. Bytes that are not taken apart are hexadecimal digits in upper case; antennas are one bit each,
 * the lowest for antenna 1.
 */
public sealed interface ChafonMessage extends FamilyMessage {
    /** The reader's address, 0 to 254. */
    int address();

    /** The command that it answers, 0 to 255; EE where the reader speaks by itself, 00 to a command that it does not know. */
    default int command() {
        return ChafonMessages.command(this);
    }

    /** The message's frame, as the reader puts it on the wire. */
    default byte[] encode() {
        return ChafonMessages.encode(this);
    }

    /**
     * Reply to 21: what the reader is and is set to.
     *
     * @param version two bytes, version and sub-version
     * @param protocols bit 1: 18000-6C (Gen2), bit 0: 18000-6B
     * @param maxFrequency bits 6 and 7: the upper two of the band, bits 0 to 5: the highest channel
     * @param minFrequency bits 6 and 7: the lower two of the band, bits 0 to 5: the lowest channel
     * @param power in dBm, FF where it is not known
     * @param scanTime how long an inventory may last, in 100 ms
     * @param more what only the 288's series says: antennas in use, beeper, reserved, antenna check
     */
    record ReaderInformation(
            int address,
            int version,
            int type,
            int protocols,
            int maxFrequency,
            int minFrequency,
            int power,
            int scanTime,
            String more)
            implements ChafonMessage {
        public ReaderInformation {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.check("version", version, 0, 0xFFFF);
            ChafonFrame.checkByte("type", type);
            ChafonFrame.checkByte("protocols", protocols);
            ChafonFrame.checkByte("highest frequency", maxFrequency);
            ChafonFrame.checkByte("lowest frequency", minFrequency);
            ChafonFrame.checkByte("power", power);
            ChafonFrame.checkByte("scan time", scanTime);
            more = ChafonFrame.checkHex(
                    "rest of the reader information", more, ChafonFrame.MAX_REPLY_DATA - ChafonMessages.INFORMATION);
        }

        /** How this reader puts the tags of its inventories: a reader that tells of antennas here does so there. */
        public ChafonLayout layout() {
            return ChafonType.of(type)
                    .map(ChafonType::layout)
                    .orElse(more.isEmpty() ? ChafonLayout.READER18 : ChafonLayout.READER288);
        }

        /** The reader's model, for people. */
        public String model() {
            return ChafonType.of(type)
                    .map(ChafonType::model)
                    .orElseGet(() -> "Chafon reader of unknown type %02X".formatted(type));
        }

        /** The firmware's version, for people. */
        public String firmwareText() {
            return "%d.%02d".formatted(version >> 8, version & 0xFF);
        }

        /** The band of its radio on the wire, 0 to 15; see {@link ChafonBand}. */
        public int band() {
            return (maxFrequency >> 4 & 0xC) | minFrequency >> 6;
        }

        /** The frequency in the middle of its channels, kHz, where its band is known. */
        public OptionalInt middleKilohertz() {
            int channel = ((maxFrequency & 63) + (minFrequency & 63)) / 2;
            return ChafonBand.of(band())
                    .map(known -> OptionalInt.of(known.kilohertz(channel)))
                    .orElse(OptionalInt.empty());
        }
    }

    /**
     * A frame in reply to an inventory.
     *
     * @param status {@link ChafonStatus#MORE} if further frames of the same inventory follow, else its last
     * @param antennas on which the tags were seen; 0 where the reader has but one and does not say
     */
    record Inventory(int address, ChafonLayout layout, int status, int antennas, List<ChafonTag> tags)
            implements ChafonMessage {
        public Inventory {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("status", status);
            ChafonFrame.checkByte("antennas", antennas);
            ChafonFrame.checkByte("number of tags", tags.size());
            tags = List.copyOf(tags);
            boolean plain = layout == ChafonLayout.READER18;
            if (plain && antennas != 0) {
                throw new IllegalArgumentException("antennas " + antennas + " from a reader that has one");
            }
            if (tags.stream().anyMatch(tag -> tag.rssi().isPresent() == plain)) {
                throw new IllegalArgumentException(tags + " do not fit " + layout);
            }
        }

        @Override
        public List<TagReport> reports() {
            return tags.stream().map(tag -> tag.report(antennas)).toList();
        }

        /** Whether it is the last of its inventory. */
        public boolean last() {
            return status != ChafonStatus.MORE;
        }

        /**
         * The same bytes as a reader of this layout means them; empty if it does not put such. The parser knows the
         * bytes only, and takes what fits both layouts for a 288's; who knows the reader, asks for its layout.
         */
        public Optional<Inventory> in(ChafonLayout wanted) {
            return wanted == layout
                    ? Optional.of(this)
                    : ChafonMessages.inventory(address, status, ChafonMessages.data(this), wanted);
        }
    }

    /**
     * Behind an inventory that asked for it.
     *
     * @param rate tags a second
     * @param total sightings in all, 0 to 4,294,967,295
     */
    record Statistics(int address, int antennas, int rate, long total) implements ChafonMessage {
        public Statistics {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("antennas", antennas);
            ChafonFrame.check("rate", rate, 0, 0xFFFF);
            ChafonMessages.checkU32("total", total);
        }
    }

    /** A tag from a 288 in real-time mode, at once. */
    record RealTimeTag(int address, int antennas, ChafonTag tag) implements ChafonMessage {
        public RealTimeTag {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("antennas", antennas);
            if (tag.rssi().isEmpty() || !(tag.tid() + tag.phase()).isEmpty()) {
                throw new IllegalArgumentException(tag + " is none of real-time mode");
            }
        }

        @Override
        public List<TagReport> reports() {
            return List.of(tag.report(antennas));
        }
    }

    /**
     * From a 288 in real-time mode that has seen no tag for some time.
     *
     * @param packet number of this heartbeat, 0 to 4,294,967,295
     * @param antennaStatus 1, 4, 8 or 16 bytes
     * @param total tags in all, 0 to 4,294,967,295
     */
    record Heartbeat(int address, long packet, String antennaStatus, long total) implements ChafonMessage {
        public Heartbeat {
            ChafonFrame.checkByte("address", address);
            ChafonMessages.checkU32("packet", packet);
            ChafonMessages.checkU32("total", total);
            antennaStatus = ChafonFrame.checkHex(
                    "antenna status", antennaStatus, ChafonFrame.MAX_REPLY_DATA - ChafonMessages.HEARTBEAT);
        }
    }

    /** Reply to 92, on the wire as sign (0: below zero) and amount. */
    record Temperature(int address, int celsius) implements ChafonMessage {
        public Temperature {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.check("degrees Celsius", celsius, -255, 255);
        }
    }

    /** Reply to 91: what the antenna sends back, in dB below what went out; the more, the better the antenna. */
    record ReturnLoss(int address, int decibels) implements ChafonMessage {
        public ReturnLoss {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("return loss in dB", decibels);
        }
    }

    /** Reply to 6E: from which return loss on, in dB, an antenna counts as there. */
    record ReturnLossLimit(int address, int decibels) implements ChafonMessage {
        public ReturnLossLimit {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("return loss in dB", decibels);
        }
    }

    /** Reply to 47: bit 0 is the input pin, bits 4 and 5 are output pins 1 and 2. */
    record Pins(int address, int levels) implements ChafonMessage {
        public Pins {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("levels", levels);
        }
    }

    /**
     * Any other reply.
     *
     * @param command that of the command, or 00 if the reader did not know it
     * @param status see {@link ChafonStatus}
     */
    record Reply(int address, int command, int status, String data) implements ChafonMessage {
        public Reply {
            ChafonFrame.checkByte("address", address);
            ChafonFrame.checkByte("command", command);
            ChafonFrame.checkByte("status", status);
            data = ChafonFrame.checkHex("data", data, ChafonFrame.MAX_REPLY_DATA);
        }
    }
}

package org.matgate.protocol.mercury;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/**
 * A tag record as it is on the wire, so that it can be put there again byte for byte.
 *
 * <table>
 * <caption>Data of op 22, status 0000; a metadata field is there if its flag is set</caption>
 * <tr><td>{@code [88] 10}</td><td>88 in the multi-select layout</td></tr>
 * <tr><td>u16 u16 u8</td><td>search flags, metadata flags, type (01 tag, 02 status, 00 end of a cycle)</td></tr>
 * <tr><td>0001 u8</td><td>read count</td></tr>
 * <tr><td>0002 i8</td><td>RSSI, dBm</td></tr>
 * <tr><td>0004 u8</td><td>antenna: transmit &lt;&lt; 4 | receive, 0 means 16</td></tr>
 * <tr><td>0008 u24</td><td>frequency, kHz</td></tr>
 * <tr><td>0010 u32</td><td>time since the cycle began, ms</td></tr>
 * <tr><td>0020 u16</td><td>phase</td></tr>
 * <tr><td>0040 u8</td><td>tag protocol</td></tr>
 * <tr><td>0080 u16 bytes</td><td>tag data: length in bits, data</td></tr>
 * <tr><td>0100 0200 0400 0800 u8</td><td>GPIO, Q, link frequency, target</td></tr>
 * <tr><td>u16</td><td>bits in what follows</td></tr>
 * <tr><td>u16 [u16 [u16]] bytes u16</td><td>PC, XPC words, EPC, tag CRC</td></tr>
 * </table>
 *
 * @param metadata the metadata fields in hexadecimal
 * @param pc PC and XPC words in hexadecimal
 * @param tagCrc CRC of PC, XPC and EPC as the module sent it; it has checked it against the tag
 */
record MercuryTagRecord(
        boolean multiSelect, int searchFlags, int metadataFlags, String metadata, String pc, Chip epc, int tagCrc) {
    /** Bytes of the metadata if every field is there and the tag data is empty. */
    static final int MAX_METADATA = 19;

    private static final int TYPE_TAG = 1;
    private static final int HEADER = 6;
    private static final int CRC_BYTES = 2;

    /** Whether the data of an op 22 has the header of a record of this type. */
    static boolean isType(byte[] data, int type) {
        int at = header(data);
        return data.length >= at + HEADER && data[at] == 0x10 && data[at + HEADER - 1] == type;
    }

    static boolean isTag(byte[] data) {
        return isType(data, TYPE_TAG);
    }

    /** Where the header begins, behind the 88 of the multi-select layout. */
    private static int header(byte[] data) {
        return data.length > 0 && (data[0] & 0xFF) == 0x88 ? 1 : 0;
    }

    /** The record in data for which {@link #isTag} holds; empty if its lengths are at odds. */
    static Optional<MercuryTagRecord> decode(byte[] data) {
        int header = header(data);
        int searchFlags = MercuryFrame.unsigned16(data, header + 1);
        int flags = MercuryFrame.unsigned16(data, header + 3);
        int metadataStart = header + HEADER;
        int bits = offset(data, metadataStart, flags, MercuryTag.ALL + 1);
        if ((flags & ~MercuryTag.ALL) != 0 || bits + 2 > data.length) {
            return Optional.empty();
        }
        int pc = bits + 2;
        int bitLength = MercuryFrame.unsigned16(data, bits);
        if (bitLength % 8 != 0 || pc + bitLength / 8 != data.length) {
            return Optional.empty();
        }
        int epc = pc + pcLength(data, pc);
        int epcLength = data.length - CRC_BYTES - epc;
        if (epcLength < 1 || epcLength > Chip.MAX_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new MercuryTagRecord(
                header == 1,
                searchFlags,
                flags,
                MercuryFrame.hex(Arrays.copyOfRange(data, metadataStart, bits)),
                MercuryFrame.hex(Arrays.copyOfRange(data, pc, epc)),
                Chip.of(data, epc, epcLength),
                MercuryFrame.unsigned16(data, data.length - CRC_BYTES)));
    }

    /** PC, and the words of extended PC that it and they announce. */
    private static int pcLength(byte[] data, int pc) {
        if (pc + 2 > data.length || (data[pc] & 0x02) == 0) {
            return 2;
        }
        return pc + 4 <= data.length && (data[pc + 2] & 0x80) != 0 ? 6 : 4;
    }

    /** Where the metadata field with this flag begins, or would; beyond the data if that is too short. */
    private static int offset(byte[] data, int start, int flags, int wanted) {
        int offset = start;
        for (int flag = 1; flag < wanted; flag <<= 1) {
            if ((flags & flag) != 0) {
                offset += fieldLength(flag, data, offset);
            }
        }
        return offset;
    }

    private static int fieldLength(int flag, byte[] data, int offset) {
        return switch (flag) {
            case MercuryTag.TIMESTAMP -> 4;
            case MercuryTag.FREQUENCY -> 3;
            case MercuryTag.PHASE -> 2;
            case MercuryTag.TAG_DATA ->
                offset + 2 > data.length ? 2 : 2 + (MercuryFrame.unsigned16(data, offset) + 7) / 8;
            default -> 1;
        };
    }

    TagReport report() {
        byte[] fields = MercuryFrame.bytes(metadata);
        int antenna = 0;
        OptionalInt rssi = OptionalInt.empty();
        ReaderTime time = ReaderTime.NONE;
        int sightings = 1;
        if ((metadataFlags & MercuryTag.READ_COUNT) != 0) {
            sightings = Math.max(1, fields[0] & 0xFF);
        }
        if ((metadataFlags & MercuryTag.RSSI) != 0) {
            rssi = OptionalInt.of(100 * fields[offset(fields, 0, metadataFlags, MercuryTag.RSSI)]);
        }
        if ((metadataFlags & MercuryTag.ANTENNA) != 0) {
            int tx = (fields[offset(fields, 0, metadataFlags, MercuryTag.ANTENNA)] & 0xF0) >> 4;
            antenna = tx == 0 ? 16 : tx;
        }
        if ((metadataFlags & MercuryTag.TIMESTAMP) != 0) {
            int at = offset(fields, 0, metadataFlags, MercuryTag.TIMESTAMP);
            long millis = Integer.toUnsignedLong(ByteBuffer.wrap(fields).getInt(at));
            time = new ReaderTime(ReaderTime.Base.CYCLE, 1000 * millis);
        }
        return new TagReport(epc, antenna, rssi, time, sightings);
    }

    byte[] encode() {
        byte[] fields = MercuryFrame.bytes(metadata);
        byte[] pcBytes = MercuryFrame.bytes(pc);
        byte[] epcBytes = epc.bytes();
        int epcField = pcBytes.length + epcBytes.length + CRC_BYTES;
        int header = multiSelect ? 1 : 0;
        ByteBuffer data = ByteBuffer.allocate(header + HEADER + fields.length + 2 + epcField);
        if (multiSelect) {
            data.put((byte) 0x88);
        }
        data.put((byte) 0x10)
                .putShort((short) searchFlags)
                .putShort((short) metadataFlags)
                .put((byte) TYPE_TAG);
        data.put(fields).putShort((short) (8 * epcField));
        data.put(pcBytes).put(epcBytes).putShort((short) tagCrc);
        return MercuryFrame.reply(0x22, MercuryStatus.OK, data.array());
    }

    /** The CRC that a Gen2 tag sends behind its PC and EPC: CCITT, initially FFFF, inverted. */
    static int tagCrc(byte[] pc, byte[] epc) {
        int crc = 0xFFFF;
        for (byte[] part : new byte[][] {pc, epc}) {
            for (byte b : part) {
                crc ^= (b & 0xFF) << 8;
                for (int bit = 0; bit < 8; bit++) {
                    crc = ((crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021) & 0xFFFF;
                }
            }
        }
        return ~crc & 0xFFFF;
    }
}

package org.matgate.protocol.mercury;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The frame of the Mercury protocol, numbers big-endian.
 *
 * <table>
 * <caption>Frames</caption>
 * <tr><td>host to reader</td><td>{@code FF LEN OP data[LEN] CRC(2)}</td></tr>
 * <tr><td>reader to host</td><td>{@code FF LEN OP STATUS(2) data[LEN] CRC(2)}</td></tr>
 * </table>
 *
 * The CRC covers LEN through the last byte of data.
 */
final class MercuryFrame {
    static final int START = 0xFF;
    static final int MAX_DATA = 0xF8;
    /** Bytes of a command around its data. */
    static final int COMMAND_OVERHEAD = 5;
    /** Bytes of a reply around its data. */
    static final int REPLY_OVERHEAD = 7;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int[] CRC_TABLE = crcTable();

    private MercuryFrame() {}

    static byte[] command(int op, byte[] data) {
        byte[] frame = new byte[COMMAND_OVERHEAD + data.length];
        begin(frame, op, data.length).put(data);
        return finish(frame);
    }

    static byte[] reply(int op, int status, byte[] data) {
        byte[] frame = new byte[REPLY_OVERHEAD + data.length];
        begin(frame, op, data.length).putShort((short) status).put(data);
        return finish(frame);
    }

    private static ByteBuffer begin(byte[] frame, int op, int dataLength) {
        if (dataLength > MAX_DATA) {
            throw new IllegalArgumentException(
                    "op " + HEX.toHexDigits((byte) op) + " with " + dataLength + " bytes; want at most " + MAX_DATA);
        }
        return ByteBuffer.wrap(frame).put((byte) START).put((byte) dataLength).put((byte) op);
    }

    private static byte[] finish(byte[] frame) {
        int crc = crc(frame, 1, frame.length - 3);
        frame[frame.length - 2] = (byte) (crc >> 8);
        frame[frame.length - 1] = (byte) crc;
        return frame;
    }

    /** Whether the last two bytes are the CRC of the others, without the first. */
    static boolean crcHolds(byte[] bytes, int offset, int length) {
        return crc(bytes, offset + 1, length - 3) == unsigned16(bytes, offset + length - 2);
    }

    /** Polynomial 0x1021, initially FFFF, message bits shifted into the register (not CCITT-FALSE). */
    static int crc(byte[] bytes, int offset, int length) {
        int crc = 0xFFFF;
        for (int i = offset; i < offset + length; i++) {
            crc = ((crc << 4 | (bytes[i] >> 4 & 0xF)) & 0xFFFF) ^ CRC_TABLE[crc >> 12];
            crc = ((crc << 4 | (bytes[i] & 0xF)) & 0xFFFF) ^ CRC_TABLE[crc >> 12];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[16];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 12;
            for (int bit = 0; bit < 4; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            table[i] = crc & 0xFFFF;
        }
        return table;
    }

    static int unsigned16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** The bytes of a frame's data; checks that they fit into one. */
    static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    static int check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " " + value + "; want " + min + " to " + max);
        }
        return value;
    }

    /** Checks bytes given in hexadecimal and brings their digits to upper case, so that equal bytes are equal. */
    static String checkHex(String what, String hex) {
        byte[] bytes = HEX.parseHex(hex);
        if (bytes.length > MAX_DATA) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes; want at most " + MAX_DATA);
        }
        return HEX.formatHex(bytes);
    }
}

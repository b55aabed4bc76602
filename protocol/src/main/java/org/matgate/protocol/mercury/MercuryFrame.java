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
        ByteBuffer frame = begin(op, data, COMMAND_OVERHEAD);
        return finish(frame.put(data));
    }

    static byte[] reply(int op, int status, byte[] data) {
        ByteBuffer frame = begin(op, data, REPLY_OVERHEAD);
        return finish(frame.putShort((short) status).put(data));
    }

    private static ByteBuffer begin(int op, byte[] data, int overhead) {
        if (data.length > MAX_DATA) {
            throw new IllegalArgumentException(
                    "op " + HEX.toHexDigits((byte) op) + " with " + data.length + " bytes; want at most " + MAX_DATA);
        }
        return ByteBuffer.allocate(data.length + overhead)
                .put((byte) START)
                .put((byte) data.length)
                .put((byte) op);
    }

    private static byte[] finish(ByteBuffer frame) {
        byte[] bytes = frame.array();
        frame.putShort((short) crc(bytes, 1, bytes.length - 3));
        return bytes;
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

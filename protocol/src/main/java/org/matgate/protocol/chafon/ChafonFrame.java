package org.matgate.protocol.chafon;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The frame of the Chafon protocol. It has no start byte: a frame is what the checksum says is one.
 *
 * <table>
 * <caption>Frames</caption>
 * <tr><td>host to reader</td><td>{@code LEN ADR CMD data CRC(2)}</td></tr>
 * <tr><td>reader to host</td><td>{@code LEN ADR CMD STATUS data CRC(2)}</td></tr>
 * </table>
 *
 * LEN counts what follows it. The CRC covers LEN through the last byte of data and is little-endian; numbers within the
 * data are big-endian. Sources: UHFReader18 user's manual V2.0, chapter 3; manual of the 288's series, V1.14 and V2.20.
 */
final class ChafonFrame {
    static final int MAX_FRAME = 256;
    /** Bytes of a command around its data. */
    static final int COMMAND_OVERHEAD = 5;
    /** Bytes of a reply around its data. */
    static final int REPLY_OVERHEAD = 6;

    static final int MAX_COMMAND_DATA = MAX_FRAME - COMMAND_OVERHEAD;
    static final int MAX_REPLY_DATA = MAX_FRAME - REPLY_OVERHEAD;

    private static final int CRC_BYTES = 2;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ChafonFrame() {}

    static byte[] command(int address, int command, byte[] data) {
        return frame(new byte[] {(byte) address, (byte) command}, data);
    }

    static byte[] reply(int address, int command, int status, byte[] data) {
        return frame(new byte[] {(byte) address, (byte) command, (byte) status}, data);
    }

    private static byte[] frame(byte[] head, byte[] data) {
        int length = head.length + data.length + CRC_BYTES;
        check("frame of a length", length, 0, MAX_FRAME - 1);
        byte[] frame = ByteBuffer.allocate(1 + length)
                .put((byte) length)
                .put(head)
                .put(data)
                .array();
        int crc = crc(frame, 0, frame.length - CRC_BYTES);
        frame[frame.length - 2] = (byte) crc;
        frame[frame.length - 1] = (byte) (crc >> 8);
        return frame;
    }

    /** Whether the last two bytes are the CRC of the others. */
    static boolean crcHolds(byte[] bytes, int offset, int length) {
        int sent = (bytes[offset + length - 1] & 0xFF) << 8 | (bytes[offset + length - 2] & 0xFF);
        return crc(bytes, offset, length - CRC_BYTES) == sent;
    }

    /** Polynomial 0x1021 reflected, initially FFFF, not inverted at the end. */
    static int crc(byte[] bytes, int offset, int length) {
        int crc = 0xFFFF;
        for (int i = offset; i < offset + length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
        }
        return crc;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static String hex(byte[] bytes, int from, int to) {
        return HEX.formatHex(bytes, from, to);
    }

    static int check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " " + value + "; want " + min + " to " + max);
        }
        return value;
    }

    static int checkByte(String what, int value) {
        return check(what, value, 0, 0xFF);
    }

    /** Checks bytes given in hexadecimal and brings their digits to upper case, so that equal bytes are equal. */
    static String checkHex(String what, String hex, int maxBytes) {
        byte[] bytes = HEX.parseHex(hex);
        if (bytes.length > maxBytes) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes; want at most " + maxBytes);
        }
        return HEX.formatHex(bytes);
    }
}

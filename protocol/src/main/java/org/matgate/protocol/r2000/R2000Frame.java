package org.matgate.protocol.r2000;

import java.util.HexFormat;
import java.util.List;

/**
 * The frame of the A0 protocol, alike in both directions, numbers big-endian.
 *
 * <table>
 * <caption>{@code A0 LEN ADDRESS COMMAND data CHECK}</caption>
 * <tr><td>LEN</td><td>bytes from ADDRESS through CHECK, 3 to 255</td></tr>
 * <tr><td>ADDRESS</td><td>of the reader that is spoken to or speaks</td></tr>
 * <tr><td>CHECK</td><td>what makes the sum of all bytes 0 modulo 256</td></tr>
 * </table>
 *
 * Source: "UHF RFID Reader Serial Interface Protocol" V3.7 of the modules' vendors.
 */
final class R2000Frame {
    static final int START = 0xA0;
    /** Bytes of a frame around its data. */
    static final int OVERHEAD = 5;
    /** The least LEN: a frame without data. */
    static final int MIN_LEN = 3;

    static final int MAX_DATA = 0xFF - MIN_LEN;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private R2000Frame() {}

    static byte[] encode(int address, int command, byte... data) {
        check("address", address, 0, 0xFF);
        byte[] frame = new byte[OVERHEAD + check("bytes of data", data.length, 0, MAX_DATA)];
        frame[0] = (byte) START;
        frame[1] = (byte) (MIN_LEN + data.length);
        frame[2] = (byte) address;
        frame[3] = (byte) command;
        System.arraycopy(data, 0, frame, 4, data.length);
        frame[frame.length - 1] = (byte) -sum(frame, 0, frame.length - 1);
        return frame;
    }

    /** Whether the bytes of a whole frame add up. */
    static boolean checksumHolds(byte[] bytes, int offset, int length) {
        return (sum(bytes, offset, length) & 0xFF) == 0;
    }

    private static int sum(byte[] bytes, int offset, int length) {
        int sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += bytes[i];
        }
        return sum;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] bytes(List<Integer> values) {
        return bytes(values.stream().mapToInt(Integer::intValue).toArray());
    }

    static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static int unsigned16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
    }

    static int check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " " + value + "; want " + min + " to " + max);
        }
        return value;
    }

    /** Checks bytes given in hexadecimal and brings their digits to upper case, so that equal bytes are equal. */
    static String checkHex(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        check("bytes of data", bytes.length, 0, MAX_DATA);
        return HEX.formatHex(bytes);
    }

    static int checkAntenna(int antenna) {
        return check("antenna", antenna, 1, R2000Tag.MAX_ANTENNA);
    }

    /** Checks power for all antennas (one value) or for each of four or eight. */
    static List<Integer> checkPower(List<Integer> dbm) {
        if (!isPowerCount(dbm.size())) {
            throw new IllegalArgumentException(dbm.size() + " powers; want 1, 4 or 8");
        }
        dbm.forEach(power -> check("power in dBm", power, 0, 0xFF));
        return List.copyOf(dbm);
    }

    static boolean isPowerCount(int count) {
        return count == 1 || count == 4 || count == 8;
    }
}

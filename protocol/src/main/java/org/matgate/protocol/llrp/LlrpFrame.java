package org.matgate.protocol.llrp;

import java.util.HexFormat;

/**
 * The heads of messages and parameters, numbers big-endian (LLRP 1.0.1 and 1.1, binary encoding).
 *
 * <table>
 * <caption>Message</caption>
 * <tr><td>3 bits</td><td>0</td></tr>
 * <tr><td>3 bits</td><td>version: 1 for 1.0.1, 2 for 1.1</td></tr>
 * <tr><td>10 bits</td><td>type</td></tr>
 * <tr><td>u32</td><td>bytes in the whole message</td></tr>
 * <tr><td>u32</td><td>message id: a reply has its command's</td></tr>
 * </table>
 *
 * <table>
 * <caption>Parameter</caption>
 * <tr><td>TV</td><td>1 bit 1, 7 bits type, then as many bytes as the type has</td></tr>
 * <tr><td>TLV</td><td>6 bits 0, 10 bits type from 128 on, u16 bytes in the whole parameter</td></tr>
 * </table>
 */
final class LlrpFrame {
    static final int HEADER = 10;
    static final int MAX_TYPE = 1023;
    static final int CUSTOM = 1023;

    /**
     * Bytes in the largest message that is taken. A report that gathers 1,000 sightings with all that can be told of
     * them has about 150 KiB; readers break their reports well before. The standard's 4 GiB would let a damaged head
     * hold back hours of reads.
     */
    static final int LARGEST = 256 * 1024;

    static final int TLV_HEADER = 4;
    static final int FIRST_TLV = 128;
    /** What {@link #parameterLength} says where there is no parameter. */
    static final int BROKEN = -1;
    /** What {@link #parameterLength} says where more bytes must come. */
    static final int UNKNOWN = 0;

    private static final int EPC_96 = 13;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final LlrpTag.Field.Kind[] KINDS = new LlrpTag.Field.Kind[FIRST_TLV];
    /** Bytes of each TV parameter with its head, 0 where there is none. */
    private static final int[] TV_LENGTHS = new int[FIRST_TLV];

    static {
        for (LlrpTag.Field.Kind kind : LlrpTag.Field.Kind.values()) {
            KINDS[kind.type] = kind;
            TV_LENGTHS[kind.type] = 1 + kind.bytes;
        }
        TV_LENGTHS[EPC_96] = 1 + LlrpTag.Epc96.BYTES;
    }

    private LlrpFrame() {}

    /** The kind of a TV parameter other than EPC-96 that has a length. */
    static LlrpTag.Field.Kind kind(int type) {
        return KINDS[type];
    }

    /**
     * Bytes of the parameter at {@code at}, with its head; {@link #UNKNOWN} if too few are there to tell.
     *
     * @param there end of the bytes that are there, above {@code at}
     * @param end end of what encloses the parameter
     */
    static int parameterLength(byte[] bytes, int at, int there, int end) {
        if (bytes[at] < 0) {
            int length = TV_LENGTHS[bytes[at] & 0x7F];
            return length == 0 || length > end - at ? BROKEN : length;
        }
        if ((bytes[at] & 0xFC) != 0 || end - at < TLV_HEADER) {
            return BROKEN;
        }
        if (there - at < TLV_HEADER) {
            return UNKNOWN;
        }
        int length = unsigned16(bytes, at + 2);
        boolean good = parameterType(bytes, at) >= FIRST_TLV && length >= TLV_HEADER && length <= end - at;
        return good ? length : BROKEN;
    }

    /** Type of the parameter whose head is at {@code at}. */
    static int parameterType(byte[] bytes, int at) {
        return bytes[at] < 0 ? bytes[at] & 0x7F : unsigned16(bytes, at) & MAX_TYPE;
    }

    static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    static long unsigned32(byte[] bytes, int at) {
        return (long) unsigned16(bytes, at) << 16 | unsigned16(bytes, at + 2);
    }

    static String hex(byte[] bytes, int from, int to) {
        return HEX.formatHex(bytes, from, to);
    }

    static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    /** Checks bytes given in hexadecimal and brings their digits to upper case, so that equal bytes are equal. */
    static String checkHex(String hex) {
        return HEX.formatHex(HEX.parseHex(hex));
    }

    static long check(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " " + value + "; want " + min + " to " + max);
        }
        return value;
    }
}

package org.matgate.protocol.llrp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Puts one message together. A number that does not fit its field is refused. */
final class LlrpOutput {
    private byte[] bytes = new byte[64];
    private int at;

    /** Begins a message in version 1, which every reader speaks. */
    LlrpOutput(int type, long id) {
        LlrpFrame.check("message type", type, 0, LlrpFrame.MAX_TYPE);
        u16(1 << 10 | type).u32(0).u32(id);
    }

    /** The message, with its length. */
    byte[] message() {
        LlrpFrame.check("bytes of a message", at, LlrpFrame.HEADER, LlrpFrame.LARGEST);
        int length = at;
        at = 2;
        u32(length);
        return Arrays.copyOf(bytes, length);
    }

    private LlrpOutput put(long value, int size) {
        if (bytes.length - at < size) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            bytes[at++] = (byte) (value >> shift);
        }
        return this;
    }

    LlrpOutput u8(int value) {
        return put(LlrpFrame.check("field of 8 bits", value, 0, 0xFF), 1);
    }

    LlrpOutput u16(int value) {
        return put(LlrpFrame.check("field of 16 bits", value, 0, 0xFFFF), 2);
    }

    LlrpOutput s16(int value) {
        return put(LlrpFrame.check("signed field of 16 bits", value, Short.MIN_VALUE, Short.MAX_VALUE), 2);
    }

    LlrpOutput u32(long value) {
        return put(LlrpFrame.check("field of 32 bits", value, 0, 0xFFFF_FFFFL), 4);
    }

    LlrpOutput u64(long value) {
        return put(value, 8);
    }

    /** The low bytes of a number that was checked before. */
    LlrpOutput number(long value, int size) {
        return put(value, size);
    }

    /** One bit, and seven that are reserved. */
    LlrpOutput flag(boolean value) {
        return put(value ? 0x80 : 0, 1);
    }

    LlrpOutput hex(String hex) {
        return raw(LlrpFrame.bytes(hex));
    }

    private LlrpOutput raw(byte[] data) {
        if (bytes.length - at < data.length) {
            bytes = Arrays.copyOf(bytes, at + Math.max(at, data.length));
        }
        System.arraycopy(data, 0, bytes, at, data.length);
        at += data.length;
        return this;
    }

    /** u16 bytes, then UTF-8. */
    LlrpOutput text(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return u16(data.length).raw(data);
    }

    /** u16 numbers, then each of so many bytes. */
    LlrpOutput numbers(List<? extends Number> numbers, int size) {
        u16(numbers.size());
        for (Number number : numbers) {
            put(LlrpFrame.check("one of several numbers", number.longValue(), 0, (1L << (8 * size)) - 1), size);
        }
        return this;
    }

    LlrpOutput parameters(List<LlrpParameter> parameters) {
        parameters.forEach(this::parameter);
        return this;
    }

    LlrpOutput parameter(LlrpParameter parameter) {
        int start = at;
        LlrpParameters.write(parameter, this);
        if (bytes[start] >= 0) {
            int end = at;
            at = start + 2;
            u16(end - start);
            at = end;
        }
        return this;
    }

    /** The head of a TLV parameter; its length is filled in at its end. */
    LlrpOutput tlv(int type) {
        return u16(type).u16(0);
    }

    /** The head of a TV parameter. */
    LlrpOutput tv(int type) {
        return put(0x80 | type, 1);
    }

    /** The head of a vendor's parameter. */
    LlrpOutput custom(long vendor, long subtype) {
        return tlv(LlrpFrame.CUSTOM).u32(vendor).u32(subtype);
    }
}

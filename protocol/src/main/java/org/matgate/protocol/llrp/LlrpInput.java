package org.matgate.protocol.llrp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.Chip;

/**
 * Takes the body of one message apart. It never reads beyond what encloses the field: a parameter that is not of its
 * known form is told as {@link LlrpParameter.Other}, one whose head contradicts what encloses it makes the message
 * {@link #broken}.
 */
final class LlrpInput {
    /** The deepest that the standard nests is 7; only ParameterError can nest without end. */
    static final int MAX_DEPTH = 16;

    private final byte[] bytes;
    private int at;
    private int end;
    private int depth;
    private boolean broken;
    /** What is being read is not of its known form. */
    private boolean odd;

    LlrpInput(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Whether the heads of parameters contradict each other: this is no message. */
    boolean broken() {
        return broken;
    }

    /** The message cannot be what it claims to be. */
    void breakOff() {
        broken = true;
    }

    /** Whether everything was read, and was of its known form. */
    boolean complete() {
        return !odd && at == end;
    }

    /** Bytes left of what is being read. */
    int remaining() {
        return end - at;
    }

    private boolean lacks(int count) {
        if (end - at >= count) {
            return false;
        }
        odd = true;
        at = end;
        return true;
    }

    int u8() {
        return lacks(1) ? 0 : bytes[at++] & 0xFF;
    }

    int s8() {
        return (byte) u8();
    }

    int u16() {
        if (lacks(2)) {
            return 0;
        }
        at += 2;
        return LlrpFrame.unsigned16(bytes, at - 2);
    }

    int s16() {
        return (short) u16();
    }

    long u32() {
        if (lacks(4)) {
            return 0;
        }
        at += 4;
        return LlrpFrame.unsigned32(bytes, at - 4);
    }

    /** 64 bits; what is above {@link Long#MAX_VALUE} comes out negative. */
    long u64() {
        return u32() << 32 | u32();
    }

    /** A number of so many bytes: 1, 2, 4 or 8. */
    long number(int size, boolean signed) {
        return switch (size) {
            case 1 -> signed ? s8() : u8();
            case 2 -> signed ? s16() : u16();
            case 4 -> u32();
            default -> u64();
        };
    }

    /** The upper bits of a byte whose others are reserved and 0. */
    int upperBits(int count) {
        int value = u8();
        int others = (1 << (8 - count)) - 1;
        odd |= (value & others) != 0;
        return value >> (8 - count);
    }

    /** One bit, and seven that are reserved. */
    boolean flag() {
        return upperBits(1) != 0;
    }

    /** A byte that is reserved and 0, before a value that is told. */
    LlrpInput reserved8() {
        odd |= u8() != 0;
        return this;
    }

    /** The next bytes in hexadecimal. */
    String hex(int count) {
        if (lacks(count)) {
            return "";
        }
        at += count;
        return LlrpFrame.hex(bytes, at - count, at);
    }

    /** All that is left, in hexadecimal. */
    String rest() {
        return hex(end - at);
    }

    /** u16 bytes, then UTF-8. */
    String text() {
        int count = u16();
        if (lacks(count)) {
            return "";
        }
        at += count;
        return new String(bytes, at - count, count, StandardCharsets.UTF_8);
    }

    /** u16 numbers, then each of so many bytes. */
    List<Long> numbers(int size) {
        int count = u16();
        if (end - at < count * size) {
            odd = true;
            return List.of();
        }
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(number(size, false));
        }
        return List.copyOf(numbers);
    }

    List<Integer> smallNumbers(int size) {
        return numbers(size).stream().map(Long::intValue).toList();
    }

    /** The 12 bytes of an EPC-96. */
    LlrpTag epc96() {
        at += LlrpTag.Epc96.BYTES;
        return new LlrpTag.Epc96(Chip.of(bytes, at - LlrpTag.Epc96.BYTES, LlrpTag.Epc96.BYTES));
    }

    /** All parameters that are left; none if what is before them is not of its known form. */
    List<LlrpParameter> parameters() {
        if (odd) {
            return List.of();
        }
        List<LlrpParameter> parameters = new ArrayList<>();
        while (at < end && !broken) {
            LlrpParameter parameter = parameter();
            if (parameter != null) {
                parameters.add(parameter);
            }
        }
        return List.copyOf(parameters);
    }

    private @Nullable LlrpParameter parameter() {
        int start = at;
        int length = LlrpFrame.parameterLength(bytes, start, end, end);
        if (length == LlrpFrame.BROKEN || depth == MAX_DEPTH) {
            broken = true;
            return null;
        }
        int type = LlrpFrame.parameterType(bytes, start);
        int data = start + (bytes[start] < 0 ? 1 : LlrpFrame.TLV_HEADER);
        int enclosing = end;
        at = data;
        end = start + length;
        depth++;
        LlrpParameter parameter = LlrpParameters.read(type, this);
        if (parameter == null || !complete()) {
            parameter = new LlrpParameter.Other(type, LlrpFrame.hex(bytes, data, end));
        }
        depth--;
        odd = false;
        at = end;
        end = enclosing;
        return parameter;
    }
}

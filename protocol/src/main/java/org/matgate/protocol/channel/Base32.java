package org.matgate.protocol.channel;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Crockford's base 32: digits and letters without I, L, O and U, in which case does not matter and what is easily mistaken
 * is taken for what it was. A number of as many bits as five times the characters.
 */
final class Base32 {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        BigInteger number = new BigInteger(1, bytes);
        StringBuilder text = new StringBuilder();
        for (int shift = (characters(bytes.length) - 1) * BITS; shift >= 0; shift -= BITS) {
            text.append(ALPHABET.charAt(number.shiftRight(shift).intValue() & 31));
        }
        return text.toString();
    }

    /** Empty if the text is not {@code length} bytes written so. */
    static Optional<byte[]> decode(String text, int length) {
        if (text.length() != characters(length)) {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.shiftLeft(BITS).or(BigInteger.valueOf(digit));
        }
        if (number.bitLength() > 8 * length) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[length - 1 - i] = number.shiftRight(8 * i).byteValue();
        }
        return Optional.of(bytes);
    }

    private static int characters(int bytes) {
        return (8 * bytes + BITS - 1) / BITS;
    }

    private static int digit(char character) {
        char lower = Character.toLowerCase(character);
        return switch (lower) {
            case 'o' -> 0;
            case 'i', 'l' -> 1;
            default -> ALPHABET.indexOf(lower);
        };
    }
}

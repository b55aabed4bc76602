package org.matgate.protocol;

import java.util.HexFormat;

/**
 * A chip's identity as its reader sends it: the EPC of a UHF tag, or the tag number of an IPICO chip.
 *
 * @param hex 2 to 124 hexadecimal digits, an even number of them, in upper case; leading zeros count
 */
public record Chip(String hex) {
    /** The longest EPC that a Gen2 protocol-control word can announce: 31 words of 16 bits. */
    public static final int MAX_BYTES = 62;

    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    /** @throws IllegalArgumentException if {@code hex} is not of the form above */
    public Chip {
        if (hex.isEmpty() || hex.length() > 2 * MAX_BYTES || hex.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "chip of " + hex.length() + " hex digits; want an even number from 2 to " + 2 * MAX_BYTES);
        }
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'F')) {
                throw new IllegalArgumentException("chip '" + hex + "' has '" + c + "' at " + i + "; want 0-9, A-F");
            }
        }
    }

    /** The chip whose identity is these bytes: 1 to {@value #MAX_BYTES} of them. */
    public static Chip of(byte[] bytes, int offset, int length) {
        return new Chip(UPPER.formatHex(bytes, offset, offset + length));
    }

    /** The chip whose identity is these bytes: 1 to {@value #MAX_BYTES} of them. */
    public static Chip of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** A new array of the identity's bytes. */
    public byte[] bytes() {
        return UPPER.parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}

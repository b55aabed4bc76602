package org.matgate.protocol.stream;

import java.util.HexFormat;

/**
 * 128 random bits that name a journal for ever; with a seq they name an event.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record JournalId(long high, long low) implements Comparable<JournalId> {
    /** Reads the 32 hexadecimal digits that {@link #toString} writes. */
    public static JournalId parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("journal id '" + hex + "'; want 32 hexadecimal digits");
        }
        return new JournalId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    @Override
    public int compareTo(JournalId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}

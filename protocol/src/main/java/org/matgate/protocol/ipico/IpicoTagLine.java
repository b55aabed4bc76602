package org.matgate.protocol.ipico;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/**
 * A tag line as it is on the wire, so that it can be put there again character for character.
 *
 * <table>
 * <caption>Layout, in characters, 36, 38, 42 or 44 in all; hexadecimal digits in lower case unless told
 * otherwise</caption>
 * <tr><td>0</td><td>{@code aa}</td></tr>
 * <tr><td>2</td><td>reader</td></tr>
 * <tr><td>4</td><td>tag, 12 digits</td></tr>
 * <tr><td>16</td><td>counters of the I and the Q channel</td></tr>
 * <tr><td>20</td><td>YYMMDDHHMMSS, decimal, then hundredths of a second, hexadecimal (00 to 63)</td></tr>
 * <tr><td>34</td><td>with the option of tag totals: index, page, status</td></tr>
 * <tr><td>34 or 40</td><td>checksum</td></tr>
 * <tr><td>36 or 42</td><td>at most {@code FS} (first seen) or {@code LS} (last seen)</td></tr>
 * </table>
 *
 * @param channels the I and Q counters, four digits
 * @param stamp the reader's time, fourteen digits
 * @param totals six digits or none
 * @param suffix {@code FS}, {@code LS} or empty
 */
record IpicoTagLine(int reader, Chip tag, String channels, String stamp, String totals, String suffix) {
    private static final int TAG = 4;
    private static final int CHANNELS = 16;
    private static final int STAMP = 20;
    private static final int TOTALS = 34;
    private static final int TOTALS_LENGTH = 6;
    private static final long MICROS_PER_HUNDREDTH = 10_000;

    /** Where the checksum of a tag line of this length begins, or -1 if there is no such length. */
    static int checksumAt(int length) {
        return switch (length) {
            case 36, 38 -> TOTALS;
            case 42, 44 -> TOTALS + TOTALS_LENGTH;
            default -> -1;
        };
    }

    /** The parts of a line of such a length that begins with {@code aa} and whose checksum holds; empty if malformed. */
    static Optional<IpicoTagLine> decode(String line) {
        int end = checksumAt(line.length());
        String suffix = line.substring(end + 2);
        if (!IpicoText.isHex(line, 2, end) || !(suffix.isEmpty() || suffix.equals("FS") || suffix.equals("LS"))) {
            return Optional.empty();
        }
        return Optional.of(new IpicoTagLine(
                IpicoText.hexByte(line, 2),
                new Chip(line.substring(TAG, CHANNELS).toUpperCase(Locale.ROOT)),
                line.substring(CHANNELS, STAMP),
                line.substring(STAMP, TOTALS),
                line.substring(TOTALS, end),
                suffix));
    }

    TagReport report() {
        return new TagReport(tag, 0, OptionalInt.empty(), time(), 1);
    }

    /** The reader's time; none if its clock says one that there is not: that is no reason to lose a read. */
    private ReaderTime time() {
        int hundredths = IpicoText.hexByte(stamp, 12);
        if (hundredths >= 100) {
            return ReaderTime.NONE;
        }
        try {
            return ReaderTime.civil(IpicoText.dateTime(stamp.substring(0, 6), stamp.substring(6, 12))
                    .plus(Duration.ofMillis(10L * hundredths)));
        } catch (NumberFormatException | DateTimeException e) {
            return ReaderTime.NONE;
        }
    }

    /** The fourteen digits of a time, without what is finer than a hundredth of a second. */
    static String stamp(ReaderTime time) {
        if (time.base() != ReaderTime.Base.CIVIL) {
            throw new IllegalArgumentException(time + "; want a civil time");
        }
        LocalDateTime civil = LocalDateTime.ofEpochSecond(Math.floorDiv(time.micros(), 1_000_000L), 0, ZoneOffset.UTC);
        IpicoText.checkYear(civil);
        long hundredths = Math.floorMod(time.micros(), 1_000_000L) / MICROS_PER_HUNDREDTH;
        return IpicoText.date(civil) + IpicoText.timeOfDay(civil) + IpicoText.hex((int) hundredths);
    }

    byte[] encode() {
        String line = "aa" + IpicoText.hex(reader) + tag.hex().toLowerCase(Locale.ROOT) + channels + stamp + totals;
        return IpicoText.bytes(IpicoText.withChecksum(line) + suffix);
    }
}

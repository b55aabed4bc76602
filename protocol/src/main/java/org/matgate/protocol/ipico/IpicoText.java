package org.matgate.protocol.ipico;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Locale;

/** What tag lines and control lines have in common: hexadecimal digits, and a checksum of them as characters. */
final class IpicoText {
    private static final HexFormat HEX = HexFormat.of();
    private static final int CENTURY = 2000;

    private IpicoText() {}

    /** The line with its end. */
    static byte[] bytes(String line) {
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The line with its checksum: the low byte of the sum of all characters behind the first two. */
    static String withChecksum(String line) {
        return line + hex(sum(line, line.length()));
    }

    /** Whether the two characters at {@code end} are the checksum of those before them. */
    static boolean checksumHolds(String line, int end) {
        return line.regionMatches(true, end, hex(sum(line, end)), 0, 2);
    }

    private static int sum(String line, int end) {
        int sum = 0;
        for (int i = 2; i < end; i++) {
            sum += line.charAt(i);
        }
        return sum & 0xFF;
    }

    static boolean isHex(String line, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!HexFormat.isHexDigit(line.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The byte that two hexadecimal digits stand for. */
    static int hexByte(String line, int start) {
        return HexFormat.fromHexDigits(line, start, start + 2);
    }

    static String hex(int value) {
        return HEX.toHexDigits((byte) value);
    }

    static void checkByte(String what, int value) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException(what + " " + value + "; want 0 to 255");
        }
    }

    /** Checks data of a control line and brings its digits to lower case, so that equal data are equal. */
    static String checkHex(String data) {
        if (data.length() > 2 * IpicoControl.MAX_DATA || data.length() % 2 != 0 || !isHex(data, 0, data.length())) {
            throw new IllegalArgumentException(
                    "data '" + data + "'; want an even number of hex digits, at most " + 2 * IpicoControl.MAX_DATA);
        }
        return data.toLowerCase(Locale.ROOT);
    }

    static void checkYear(LocalDateTime time) {
        if (time.getYear() < CENTURY || time.getYear() >= CENTURY + 100) {
            throw new IllegalArgumentException(time + "; want a year from 2000 to 2099");
        }
    }

    /** YYMMDD and HHMMSS of a time whose year {@link #checkYear} allows. */
    static String date(LocalDateTime time) {
        return "%02d%02d%02d".formatted(time.getYear() - CENTURY, time.getMonthValue(), time.getDayOfMonth());
    }

    static String timeOfDay(LocalDateTime time) {
        return "%02d%02d%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
    }

    /**
     * The time that YYMMDD and HHMMSS say.
     *
     * @throws NumberFormatException if they are not decimal
     * @throws java.time.DateTimeException if there is no such time
     */
    static LocalDateTime dateTime(String date, String timeOfDay) {
        return LocalDateTime.of(
                CENTURY + decimal(date, 0),
                decimal(date, 2),
                decimal(date, 4),
                decimal(timeOfDay, 0),
                decimal(timeOfDay, 2),
                decimal(timeOfDay, 4));
    }

    private static int decimal(String digits, int start) {
        return Integer.parseInt(digits, start, start + 2, 10);
    }
}

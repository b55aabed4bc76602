package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A capture of a line in both directions or one. Each line of it:
 *
 * <table>
 * <tr><td>time</td><td>seconds, or any other time that has no blank in it; never before that of the line above</td></tr>
 * <tr><td>{@code <} or {@code >}</td><td>said by the reader, or by the host; the reader if left out</td></tr>
 * <tr><td>bytes</td><td>hexadecimal, blanks between them as wanted</td></tr>
 * </table>
 *
 * Empty lines count for nothing, nor does what follows a {@code #}.
 */
final class TimedCapture implements Capture {
    private final Lines lines;
    private final Mistakes mistakes;
    private final Times times = new Times();
    private long lastNanos = Long.MIN_VALUE;

    TimedCapture(Path file, Mistakes mistakes) throws IOException {
        this.lines = new Lines(file);
        this.mistakes = mistakes;
    }

    @Override
    public Optional<CapturedBytes> next() throws IOException {
        while (true) {
            try {
                Optional<String> line = lines.text();
                if (line.isEmpty()) {
                    return Optional.empty();
                }
                Optional<CapturedBytes> said = said(withoutRemark(line.get()));
                if (said.isPresent()) {
                    return said;
                }
            } catch (BadRowException e) {
                e.tell(mistakes);
            }
        }
    }

    private static String withoutRemark(String line) {
        int remark = line.indexOf('#');
        return (remark < 0 ? line : line.substring(0, remark)).stripTrailing();
    }

    /** Nothing if nobody said anything, or it was the host who did. */
    private Optional<CapturedBytes> said(String line) throws BadRowException {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        int time = skipped(line, 0, true);
        int afterTime = skipped(line, time, false);
        int side = skipped(line, afterTime, true);
        char mark = side < line.length() ? line.charAt(side) : ' ';
        boolean marked = mark == '<' || mark == '>';
        long nanos = nanos(new Value(line.substring(time, afterTime), place(time)));
        byte[] bytes = bytes(line, marked ? side + 1 : side);
        lastNanos = nanos;
        return mark == '>' ? Optional.empty() : Optional.of(CapturedBytes.at(nanos, bytes));
    }

    private long nanos(Value time) throws BadRowException {
        long nanos = time.as(times::nanos);
        if (nanos < lastNanos) {
            throw new BadRowException(
                    time.place(),
                    "the time " + time.text()
                            + " is before that of a line above: bytes have an order, want times that never go back");
        }
        return nanos;
    }

    private byte[] bytes(String line, int start) throws BadRowException {
        StringBuilder hex = new StringBuilder(line.length() - start);
        for (int at = start; at < line.length(); at++) {
            char c = line.charAt(at);
            if (HexFormat.isHexDigit(c)) {
                hex.append(c);
            } else if ((c != ' ' && c != '\t') || hex.length() % 2 != 0) {
                throw notBytes(at);
            }
        }
        if (hex.isEmpty() || hex.length() % 2 != 0) {
            throw notBytes(line.length());
        }
        return HexFormat.of().parseHex(hex);
    }

    private BadRowException notBytes(int at) {
        return new BadRowException(
                place(at),
                "want a time, < or nothing for what the reader said (> for the host), and whole bytes in hexadecimal,"
                        + " such as: 12.25 < FF1400");
    }

    /** Where the blanks from there on end, or what is none. */
    private static int skipped(String line, int from, boolean blanks) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t') == blanks) {
            at++;
        }
        return at;
    }

    private Place place(int at) {
        return new Place(lines.number(), at + 1);
    }

    @Override
    public TimeForm form() {
        return times.form();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

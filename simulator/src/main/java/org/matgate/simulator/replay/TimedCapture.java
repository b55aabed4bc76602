package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(?:([<>])\\s*)?((?:[0-9a-fA-F]{2}\\s*)+)");

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
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            try {
                String text = Lines.text(line.get()).replaceFirst("#.*", "").strip();
                Optional<CapturedBytes> said = text.isEmpty() ? Optional.empty() : said(text);
                if (said.isPresent()) {
                    return said;
                }
            } catch (IllegalArgumentException e) {
                mistakes.add(lines.number(), String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** Nothing if it was the host who said it. */
    private Optional<CapturedBytes> said(String text) {
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "want seconds, < or nothing for what the reader said (> for the host), and bytes in hexadecimal:"
                            + " 12.25 < FF1400");
        }
        long nanos = times.nanos(parts.group(1));
        if (nanos < lastNanos) {
            throw new IllegalArgumentException("the time " + parts.group(1)
                    + " is before that of a line above: bytes have an order, want times that never go back");
        }
        lastNanos = nanos;
        String hex = parts.group(3).replaceAll("\\s", "");
        return ">".equals(parts.group(2))
                ? Optional.empty()
                : Optional.of(CapturedBytes.at(nanos, HexFormat.of().parseHex(hex)));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

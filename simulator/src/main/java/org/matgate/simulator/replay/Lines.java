package org.matgate.simulator.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a file, each with its end; together they are its bytes. Not thread-safe. */
final class Lines implements AutoCloseable {
    /** A line that is longer comes in pieces of so many bytes, so that no file takes more memory. */
    static final int LONGEST = 65_536;

    private static final String MARK = "\uFEFF";

    private final InputStream in;
    private final byte[] buffer = new byte[2 * LONGEST];
    private int from;
    private int until;
    private int number;

    Lines(Path file) throws IOException {
        this.in = Files.newInputStream(file);
    }

    Optional<byte[]> next() throws IOException {
        int scanned = 0;
        while (true) {
            for (int i = from + scanned; i < until; i++) {
                if (buffer[i] == '\n' || i - from == LONGEST - 1) {
                    return Optional.of(take(i + 1 - from));
                }
            }
            scanned = until - from;
            System.arraycopy(buffer, from, buffer, 0, scanned);
            from = 0;
            until = scanned;
            int n = in.read(buffer, until, buffer.length - until);
            if (n < 0) {
                return scanned == 0 ? Optional.empty() : Optional.of(take(scanned));
            }
            until += n;
        }
    }

    private byte[] take(int length) {
        byte[] line = Arrays.copyOfRange(buffer, from, from + length);
        from += length;
        number++;
        return line;
    }

    /** That of the line that was taken last, from 1. */
    int number() {
        return number;
    }

    /**
     * What a line says, without its end and the mark that some programs put before the first.
     *
     * @throws IllegalArgumentException if it is not UTF-8, or only a piece of a line
     */
    static String text(byte[] line) {
        if (line.length == LONGEST && line[LONGEST - 1] != '\n') {
            throw new IllegalArgumentException("a line of more than " + LONGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            int end = text.length();
            while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
                end--;
            }
            return text.substring(text.startsWith(MARK) ? 1 : 0, end);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("bytes that are not UTF-8", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

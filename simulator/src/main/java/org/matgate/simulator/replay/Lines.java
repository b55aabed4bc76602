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

/** The lines of a file, one by one. Not thread-safe. */
final class Lines implements AutoCloseable {
    /** No more of a line is held at once, so that no file takes more memory. */
    static final int LONGEST = 65_536;

    private static final String MARK = "\uFEFF";

    private final InputStream in;
    private final byte[] buffer = new byte[2 * LONGEST];
    private int from;
    private int until;
    private int number;
    private boolean within;

    /** @throws IOException if it is not there, or can only be read once */
    Lines(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + ": is no regular file; it is read more than once, so that no other will do");
        }
        this.in = Files.newInputStream(file);
    }

    /** The next with its end, or the next piece of one that is too long; together they are the file's bytes. */
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
        number += within ? 0 : 1;
        within = line[length - 1] != '\n';
        return line;
    }

    /** That of the line that was taken last, from 1. */
    int number() {
        return number;
    }

    /**
     * What the next line says, without its end and the mark that some programs put before the first.
     *
     * @throws BadRowException if it is not UTF-8, or too long; the next call goes on behind it
     */
    Optional<String> text() throws IOException, BadRowException {
        Optional<byte[]> line = next();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        if (within && line.get().length == LONGEST) {
            while (within && next().isPresent()) {
                // The rest of it says nothing by itself.
            }
            throw new BadRowException(
                    new Place(number, LONGEST), "a line of more than " + LONGEST + " bytes: want shorter ones");
        }
        ByteBuffer bytes = ByteBuffer.wrap(line.get());
        try {
            return Optional.of(
                    plain(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString()));
        } catch (CharacterCodingException e) {
            // Each byte before the bad one is taken for a character: near enough to find it.
            throw new BadRowException(
                    new Place(number, bytes.position() + 1), "bytes that are not UTF-8: want a file saved as UTF-8");
        }
    }

    private static String plain(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(text.startsWith(MARK) ? 1 : 0, end);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

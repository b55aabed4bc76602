package org.matgate.protocol.reader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A line of a golden file, {@code name | input | expected}; a line that begins with # is a comment.
 *
 * @param input hexadecimal digits and blanks, or characters with {@code \r} and {@code \n}
 * @param expected what a parser tells of it, as {@link Heard#text()} puts it
 */
public record Golden(String name, String input, String expected) {
    /** The vectors of a resource beside the given class. */
    public static List<Golden> load(Class<?> beside, String file) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Golden::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Golden of(String line) {
        List<String> parts = List.of(line.split("\\|", -1));
        if (parts.size() != 3) {
            throw new IllegalArgumentException("want name | input | expected: " + line);
        }
        return new Golden(
                parts.get(0).strip(), parts.get(1).strip(), parts.get(2).strip());
    }

    /** The input of a binary protocol. */
    public byte[] hexBytes() {
        return HexFormat.of().parseHex(input.replace(" ", ""));
    }

    /** The input of a protocol of lines. */
    public byte[] textBytes() {
        return input.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}

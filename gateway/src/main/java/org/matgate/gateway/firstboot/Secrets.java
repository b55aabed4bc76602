package org.matgate.gateway.firstboot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a dropped code needs beyond other files. */
final class Secrets {
    /** No code is as long. */
    private static final long MOST_BYTES = 1 << 16;

    private Secrets() {}

    /**
     * Removes the file, written over before: what is deleted of a FAT partition anybody can bring back.
     *
     * @return why it is still there, if it is
     */
    static Optional<String> remove(Path file) {
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(channel.size()));
                while (zeros.hasRemaining()) {
                    channel.write(zeros, zeros.position());
                }
                channel.force(true);
            }
            Files.delete(file);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    /** Deletes what was written over and could not be deleted any more, as the power was gone. */
    static void removeSpent(List<Path> files) throws IOException {
        for (Path file : files) {
            long size = Files.size(file);
            if (size > 0 && size <= MOST_BYTES && isZero(Files.readAllBytes(file))) {
                Files.delete(file);
            }
        }
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    /** Without lines that are for people. */
    static String withoutRemarks(String text) {
        return text.lines().filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n"));
    }

    /** Where the code begins, as {@code file:line:column: }. */
    static String place(Drop code) {
        String[] lines = code.text().text().split("\n", -1);
        for (int line = 0; line < lines.length; line++) {
            if (!lines[line].isBlank() && !lines[line].strip().startsWith("#")) {
                int column = lines[line].indexOf(lines[line].strip()) + 1;
                return code.name() + ":" + (line + 1) + ":" + column + ": ";
            }
        }
        return code.name() + ":1:1: ";
    }
}

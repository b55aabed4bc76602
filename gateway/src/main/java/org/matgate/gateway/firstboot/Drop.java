package org.matgate.gateway.firstboot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file on the partition.
 *
 * @param text what is in it
 * @param digest of what is in it, byte for byte
 */
record Drop(Path file, DropText text, String digest) {
    /** The names that are looked for, in whatever case; Windows hides a second ending and Notepad adds one. */
    static final String CONFIG = "matgate.toml";

    static final String CODE = "matgate-code.txt";

    private static final String ADDED = ".txt";

    /** A thousand times what a configuration has. */
    private static final int MOST_BYTES = 1 << 20;

    /** A file that cannot be taken as it is; the message says why, and what to do. */
    static final class UnfitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfitException(String why) {
            super(why);
        }
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    /**
     * The file of this name.
     *
     * @throws UnfitException if there are two, or it is no text
     */
    static Optional<Drop> find(Path directory, String name) throws IOException, UnfitException {
        List<Path> found = list(directory, name);
        if (found.size() > 1) {
            throw new UnfitException("there are " + String.join(" and ", names(found))
                    + ", and which one is meant cannot be told: leave one of them");
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(found.getFirst())) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new UnfitException(
                    found.getFirst().getFileName() + " has more than " + MOST_BYTES + " bytes; that is another file");
        }
        return Optional.of(new Drop(found.getFirst(), DropText.of(names(found).getFirst(), bytes), digest(bytes)));
    }

    /** All files that may be meant by this name. */
    static List<Path> list(Path directory, String name) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> plain(file).equals(name) || plain(file).equals(name + ADDED))
                    .sorted()
                    .toList();
        }
    }

    /** Names that somebody may have meant for one of the two. */
    static List<String> similar(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return names(all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> plain(file).matches("matgate.*\\.(toml|tml|txt)|enrol.*\\.txt"))
                    .filter(file -> Stream.of(CONFIG, CODE, Answer.FILE)
                            .noneMatch(name ->
                                    plain(file).equals(name) || plain(file).equals(name + ADDED)))
                    .sorted()
                    .toList());
        }
    }

    private static String plain(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).strip();
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> String.valueOf(file.getFileName())).toList();
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}

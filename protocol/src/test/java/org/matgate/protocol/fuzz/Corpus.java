package org.matgate.protocol.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Inputs that were of interest once, a line of hexadecimal digits each, the shortest first. */
final class Corpus {
    /** Longer ones are of no use in a build. */
    private static final int LONGEST = 600;

    private Corpus() {}

    /** Those that are kept with the project; none if there is no file. */
    static List<byte[]> kept(FuzzTarget target) throws IOException {
        try (InputStream in = Corpus.class.getResourceAsStream(target.word() + ".hex")) {
            if (in == null) {
                return List.of();
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> HexFormat.of().parseHex(line))
                    .toList();
        }
    }

    /**
     * {@code unpack TARGET DIRECTORY} writes the kept inputs and the golden vectors as files for the fuzzer; {@code pack DIRECTORY FILE} makes
     * a file to be kept of its.
     */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "unpack" -> unpack(FuzzTarget.of(arguments[1]), Path.of(arguments[2]));
            case "pack" -> pack(Path.of(arguments[1]), Path.of(arguments[2]));
            default -> throw new IllegalArgumentException("want unpack or pack");
        }
    }

    private static void unpack(FuzzTarget target, Path directory) throws IOException {
        Files.createDirectories(directory);
        int number = 0;
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(kept(target));
        for (byte[] input : inputs) {
            Files.write(directory.resolve("kept-" + number++), input);
        }
    }

    private static void pack(Path directory, Path file) throws IOException {
        SortedSet<String> lines =
                new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        List<Path> inputs = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(inputs::add);
        }
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            if (bytes.length <= LONGEST) {
                lines.add(HexFormat.of().formatHex(bytes));
            }
        }
        Files.write(file, lines);
    }
}

package org.matgate.gateway.firstboot;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the files on the partition, for a person.
 *
 * @param parts one for each file that there was something to say of; empty if there was nothing new
 */
public record Answer(List<Part> parts) {
    /** Where it is written, beside the files. */
    public static final String FILE = "matgate-answer.txt";

    /** With it, every editor on Windows shows letters beyond ASCII as they are. */
    private static final String MARK = "\uFEFF";

    private static final String END = "\r\n";

    /** What became of one. */
    public enum Outcome {
        TAKEN("TAKEN"),
        /** It is wrong. */
        REFUSED("NOT TAKEN"),
        /** It may be right; the disk or the partition stood in the way. */
        FAILED("FAILED"),
        /** Not looked at. */
        PASSED("NOT LOOKED AT");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /**
     * What became of one file.
     *
     * @param lines what it is now, or what is wrong with it, and what to do
     */
    public record Part(String file, Outcome outcome, List<String> lines) {
        public Part {
            lines = List.copyOf(lines);
        }
    }

    public Answer {
        parts = List.copyOf(parts);
    }

    /** Whether any part ended so. */
    public boolean has(Outcome outcome) {
        return parts.stream().anyMatch(part -> part.outcome() == outcome);
    }

    /** Line by line: for a log. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            lines.add(part.file() + ": " + part.outcome().words);
            part.lines().forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** The whole file: it tells no time, as the box may not know it, and so is the same as long as what it says is. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("What the box made of the files on this partition");
        lines.add("");
        lines.addAll(lines());
        return MARK + String.join(END, lines) + END;
    }
}

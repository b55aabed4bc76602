package org.matgate.simulator.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mistakes counted, the first of them with their words. Not thread-safe. */
final class MistakeList implements Mistakes {
    /** Who has more has one reason for most. */
    private static final int MOST_TOLD = 10;

    private final Path file;
    private final List<String> told = new ArrayList<>();
    private long count;

    MistakeList(Path file) {
        this.file = file;
    }

    @Override
    public void add(Place place, String what) {
        count++;
        if (told.size() < MOST_TOLD) {
            told.add(place.in(file) + ": " + Shown.text(what));
        }
    }

    long count() {
        return count;
    }

    /** A line each, and one that counts those beyond. */
    private List<String> told() {
        List<String> lines = new ArrayList<>(told);
        if (count > told.size()) {
            lines.add("and " + (count - told.size()) + " more");
        }
        return lines;
    }

    /** @throws MistakesException if there is any and they are not to be left out */
    void refuseUnless(boolean skipBad) throws MistakesException {
        if (count > 0 && !skipBad) {
            throw new MistakesException(
                    String.join("\n", told()) + "\nnothing was started; --skip-bad leaves such rows out");
        }
    }

    /** What a person should know of what is left out; nothing if nothing is. */
    List<String> notes() {
        List<String> notes = told();
        if (count > 0) {
            notes.add(file + ": rows left out: " + count);
        }
        return notes;
    }
}

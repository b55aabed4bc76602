package org.matgate.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.matgate.gateway.journal.JournalRow;

/** A journal that the crew names by its id, or by the beginning of it. */
final class JournalChoice {
    private JournalChoice() {}

    /**
     * The one whose id begins so.
     *
     * @throws IOException if there is none, or more than one; the text names those that there are
     */
    static JournalRow find(List<JournalRow> journals, String beginning) throws IOException {
        String wanted = beginning.strip().toLowerCase(Locale.ROOT);
        List<JournalRow> found = journals.stream()
                .filter(journal -> !wanted.isEmpty() && journal.id().toString().startsWith(wanted))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new IOException(
                found.isEmpty()
                        ? "no journal's id begins with '" + beginning + "'; there are: " + names(journals)
                        : "'" + beginning + "' is the beginning of " + found.size() + " journals: " + names(found));
    }

    private static String names(List<JournalRow> journals) {
        return journals.isEmpty()
                ? "none"
                : journals.stream().map(journal -> journal.id().toString()).collect(Collectors.joining(", "));
    }
}

package org.matgate.gateway.journal;

import java.util.Optional;
import org.matgate.protocol.stream.JournalId;

/**
 * How far a journal was told of: what lies before is on disk as far as that keeps its word, what lies behind is nobody's.
 *
 * @param seq the last seq that was told; 0: none
 */
record Told(JournalId journal, long seq) {
    /** The other way of {@link #parse}. */
    String text() {
        return journal + " " + seq;
    }

    /** Empty if it is none. */
    static Optional<Told> parse(String text) {
        String[] words = text.split(" ", -1);
        try {
            return words.length == 2
                    ? Optional.of(new Told(JournalId.parse(words[0]), Long.parseLong(words[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

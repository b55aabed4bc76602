package org.matgate.gateway.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;

/**
 * What the small numbers in rows of events may stand for, as the damaged tables and their spare rows say: where these
 * differ an event's checksum tells which is right. Not thread-safe.
 */
final class RawNames {
    /** A damaged table may hold nonsense without end. */
    private static final int MOST = 64;

    private final TreeMap<Long, Set<JournalId>> journals = new TreeMap<>();
    private final Map<Long, Set<UUID>> boots = new HashMap<>();
    private final Map<Long, Set<Source>> sources = new HashMap<>();
    private final Map<JournalId, About> about = new HashMap<>();
    private OptionalLong lastUnchecked = OptionalLong.empty();

    /** Whose a journal is. */
    record About(String box, String machine, String boot, long createdUtcNanos) {}

    /** Takes what the row says, if it is of one of these tables. */
    void add(RawPages.Row row) {
        List<@Nullable Object> values = row.values();
        try {
            switch (values.size()) {
                case 2 -> boot(row.id(), values.get(1));
                case 4 -> source(row.id(), values.get(1), values.get(2), values.get(3));
                case 6 -> spare(values);
                case 7 ->
                    journal(
                            row.id(),
                            text(values.get(1)),
                            new About(
                                    text(values.get(2)),
                                    text(values.get(3)),
                                    text(values.get(4)),
                                    number(values.get(5))));
                default -> {}
            }
        } catch (IllegalArgumentException e) {
            // Not of these tables, or not as it was written.
        }
    }

    private void spare(List<@Nullable Object> values) {
        long row = number(values.get(2));
        switch (text(values.get(1))) {
            case "boot" -> boot(row, values.get(3));
            case "source" -> source(row, values.get(3), values.get(4), values.get(5));
            case "journal" ->
                journal(
                        row,
                        text(values.get(3)),
                        new About(text(values.get(4)), text(values.get(5)), new UUID(0, 0).toString(), 0));
            case "unchecked" -> {
                if (text(values.get(3)).equals(Long.toString(row))) {
                    lastUnchecked = OptionalLong.of(Math.max(row, lastUnchecked.orElse(0)));
                }
            }
            default -> {}
        }
    }

    /** The last event that may lack a checksum; empty in a file of an older version, or if the note of it is lost. */
    OptionalLong lastUnchecked() {
        return lastUnchecked;
    }

    private void boot(long number, @Nullable Object id) {
        add(boots, number, UUID.fromString(text(id)));
    }

    private void source(long number, @Nullable Object reader, @Nullable Object timingPoint, @Nullable Object line) {
        add(sources, number, new Source(text(reader), text(timingPoint), Source.Line.valueOf(text(line))));
    }

    private void journal(long number, String id, About whose) {
        JournalId journal = JournalId.parse(id);
        add(journals, number, journal);
        // The table's own row comes with more than the spare one.
        about.merge(journal, whose, (one, other) -> one.createdUtcNanos == 0 ? other : one);
    }

    private static <T> void add(Map<Long, Set<T>> names, long number, T name) {
        if (names.size() < MOST * MOST) {
            Set<T> all = names.computeIfAbsent(number, unused -> new LinkedHashSet<>());
            if (all.size() < MOST) {
                all.add(name);
            }
        }
    }

    /** All journals, the oldest first. */
    List<JournalId> journals() {
        return journals.values().stream().flatMap(Set::stream).distinct().toList();
    }

    About about(JournalId journal) {
        return about.getOrDefault(journal, new About("", "", "", 0));
    }

    /** What may have been meant, the likeliest first. */
    Collection<JournalId> journals(long number) {
        return candidates(journals, number);
    }

    Collection<UUID> boots(long number) {
        return candidates(boots, number);
    }

    Collection<Source> sources(long number) {
        return candidates(sources, number);
    }

    private static <T> Collection<T> candidates(Map<Long, Set<T>> names, long number) {
        Set<T> own = names.get(number);
        if (own != null) {
            return own;
        }
        List<T> all = new ArrayList<>();
        names.values().forEach(all::addAll);
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("want text");
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("want a number");
    }
}

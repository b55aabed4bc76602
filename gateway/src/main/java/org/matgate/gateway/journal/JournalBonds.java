package org.matgate.gateway.journal;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which journals of a file want which others, to tell the times of their events. Not thread-safe.
 *
 * @param census of the same file
 */
public record JournalBonds(JournalFile file, Census census) {
    /**
     * The journals that would lose by the deletion of one: they hold events of a boot of whose clock that one alone tells
     * something. A journal that {@code journal new} begins repeats what was told before, so the older ones can go first.
     *
     * @param going what is deleted with it, which neither loses nor helps
     * @throws IOException if the file cannot be read
     */
    public List<JournalRow> losers(JournalRow journal, List<JournalRow> going) throws IOException {
        Set<Long> gone = going.stream().map(JournalRow::number).collect(Collectors.toSet());
        Set<UUID> told = bootsToldOnlyIn(journal, gone);
        return file.journals().stream()
                .filter(other -> other.number() != journal.number() && !gone.contains(other.number()))
                .filter(other -> !Collections.disjoint(told, census.boots().getOrDefault(other.number(), Set.of())))
                .toList();
    }

    private Set<UUID> bootsToldOnlyIn(JournalRow journal, Set<Long> gone) throws IOException {
        String numbers = gone.stream().map(String::valueOf).collect(Collectors.joining(", "));
        Set<UUID> told = new HashSet<>();
        try (PreparedStatement select = file.connection()
                .prepareStatement("SELECT DISTINCT boot FROM clock_piece AS own WHERE event BETWEEN ? AND ?"
                        + " AND NOT EXISTS (SELECT 1 FROM clock_piece AS twin WHERE twin.boot = own.boot"
                        + " AND twin.edition = own.edition AND twin.from_monotonic_nanos = own.from_monotonic_nanos"
                        + " AND twin.until_monotonic_nanos = own.until_monotonic_nanos"
                        + " AND twin.anchor_monotonic_nanos = own.anchor_monotonic_nanos"
                        + " AND twin.anchor_utc_nanos = own.anchor_utc_nanos AND twin.event <> own.event"
                        + " AND twin.event >> " + Schema.SEQ_BITS + " NOT IN (" + numbers + "))")) {
            select.setLong(1, Schema.id(journal.number(), 1));
            select.setLong(2, Schema.id(journal.number(), Schema.MAX_SEQ));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    told.add(file.names().boot(row.getInt(1)));
                }
            }
        } catch (SQLException e) {
            throw file.failed("the boots of journal " + journal.id(), e);
        }
        return told;
    }

    /**
     * In which order several are deleted: wherever that is broken off, none is left whose times one that is gone told.
     * Where two tell each other's times no order helps.
     *
     * @throws IOException if the file cannot be read
     */
    public List<JournalRow> inOrder(List<JournalRow> going) throws IOException {
        List<JournalRow> ordered = new ArrayList<>();
        List<JournalRow> left = new ArrayList<>(going);
        while (!left.isEmpty()) {
            JournalRow next = left.getFirst();
            for (JournalRow one : left) {
                ordered.add(one);
                boolean free = losers(one, ordered).isEmpty();
                ordered.removeLast();
                if (free) {
                    next = one;
                    break;
                }
            }
            ordered.add(next);
            left.remove(next);
        }
        return ordered;
    }
}

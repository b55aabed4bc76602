package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * What all tables of a file share while it is read: above all what is wrong with it. Of each key only what is found first
 * is told, as all else about it may follow from that. Not thread-safe.
 */
final class ScenarioFile {
    private final String name;
    private final RaceMoments moments = new RaceMoments();
    private final List<Problem> problems = new ArrayList<>();
    private final IdentityHashMap<TomlTable, Set<String>> unsound = new IdentityHashMap<>();

    private record Problem(int line, int column, String text) {}

    /** @param name what to call it in messages */
    ScenarioFile(String name) {
        this.name = name;
    }

    /** What is wrong with the file as a whole. */
    void problem(TomlPosition at, String text) {
        problems.add(new Problem(at.line(), at.column(), text));
    }

    /** What is wrong with a key of a table; nothing if something was before. */
    void problem(TomlTable table, String key, TomlPosition at, String text) {
        if (doubt(table, key)) {
            problem(at, text);
        }
    }

    /**
     * Nothing is to be told of this key any more: what is wrong with it follows from something else.
     *
     * @return whether nothing had been wrong with it
     */
    boolean doubt(TomlTable table, String key) {
        return unsound.computeIfAbsent(table, any -> new HashSet<>()).add(key);
    }

    /** Whether nothing is wrong with a key, as far as is known by now. */
    boolean sound(TomlTable table, String key) {
        return !unsound.getOrDefault(table, Set.of()).contains(key);
    }

    /** @throws ScenarioException if anything is wrong, with all of it in the order of the file */
    void refuse() throws ScenarioException {
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                    .map(problem -> name + ":" + problem.line() + ":" + problem.column() + ": " + problem.text())
                    .toList());
        }
    }

    /** How moments of the race are written in it. */
    RaceMoments moments() {
        return moments;
    }
}

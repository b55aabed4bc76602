package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What all tables of a file share while it is read. Not thread-safe. */
final class ScenarioFile {
    private final String name;
    private final List<String> problems = new ArrayList<>();
    private OptionalLong clockZeroNanos = OptionalLong.empty();

    /** @param name what to call it in messages */
    ScenarioFile(String name) {
        this.name = name;
    }

    void problem(int line, int column, String text) {
        problems.add(name + ":" + line + ":" + column + ": " + text);
    }

    void refuse() throws ScenarioException {
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
    }

    /** Moments may be times of day from now on; the race clock is at 0 at this one, nanoseconds after midnight. */
    void clockZero(long nanosOfDay) {
        clockZeroNanos = OptionalLong.of(nanosOfDay);
    }

    /** The time of day at which the race clock is at 0, if that is known. */
    OptionalLong clockZeroNanos() {
        return clockZeroNanos;
    }
}

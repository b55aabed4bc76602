package org.matgate.simulator.race;

import java.util.List;
import java.util.stream.Collectors;

/** A text is not a scenario. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param problems each with file, line, column, what is wrong and what would be right */
    ScenarioException(List<String> problems) {
        super(problems.stream().distinct().collect(Collectors.joining("\n")));
    }
}

package org.matgate.simulator.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * One line of the table.
 *
 * @param what is measured
 * @param aim what was asked for, in words
 * @param measured what came out, in words
 * @param outcome how the two compare
 * @param figures the same as numbers, each named with its unit
 */
public record Row(String what, String aim, String measured, Outcome outcome, Map<String, Double> figures) {
    /** How what was measured compares with what was asked for. */
    public enum Outcome {
        PASS,
        /** Falls short of the aim. */
        SHORT,
        /** There is no aim. */
        STATED
    }

    public Row {
        figures = Map.copyOf(new TreeMap<>(figures));
    }

    static Outcome outcome(boolean pass) {
        return pass ? Outcome.PASS : Outcome.SHORT;
    }
}

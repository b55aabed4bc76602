package org.matgate.simulator.replay;

/** What stands in a file, for a person's screen: any length, and whatever a terminal would obey. */
final class Shown {
    private static final int LONGEST = 300;

    private Shown() {}

    static String text(String text) {
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}

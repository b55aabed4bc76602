package org.matgate.gateway.status;

/**
 * What is said of one part of the box. What came from outside (a reader's model, an engine's words) cannot break the line
 * or speak to the terminal: control characters become blanks.
 *
 * @param part what kind of part, such as {@code reader}; a word that programs may rely on
 * @param name which of them; empty where there is one only
 * @param text how it stands, for a person
 * @param todo what to do about it, for a person; empty exactly if all is well
 * @param facts the same and more, for programs
 */
public record Line(Level level, String part, String name, String text, String todo, Facts facts) {
    public Line {
        part = printable(part);
        name = printable(name);
        text = printable(text);
        todo = printable(todo);
        if ((level == Level.OK) != todo.isEmpty()) {
            throw new IllegalArgumentException(
                    level + " " + part + " " + name + ": to do '" + todo + "'; want one exactly if something is wrong");
        }
    }

    /** All is well. */
    public static Line ok(String part, String name, String text, Facts facts) {
        return new Line(Level.OK, part, name, text, "", facts);
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }
}

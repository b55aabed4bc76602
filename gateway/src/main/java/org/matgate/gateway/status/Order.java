package org.matgate.gateway.status;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a caller asks of the service through its socket: one line in UTF-8, words separated by tabs.
 *
 * <table>
 * <caption>Requests</caption>
 * <tr><td>{@code status}, or nothing at all</td><td>a report, as {@link ReportWire} has it</td></tr>
 * <tr><td>another verb and its arguments</td><td>{@code done} or {@code refused}, a tab, and why in words</td></tr>
 * </table>
 *
 * @param verb what to do
 * @param arguments none of them contains a control character
 */
public record Order(String verb, List<String> arguments) {
    /** The request of a report. */
    public static final String STATUS = "status";

    /** No request is longer. */
    static final int MOST_BYTES = 4_096;

    /** A service that knows no orders. */
    public static final Handler NO_ORDERS = order -> new Reply(false, "this service takes no orders");

    public Order {
        verb = clean(verb);
        arguments = arguments.stream().map(Order::clean).toList();
    }

    /** What came of it. */
    public record Reply(boolean done, String text) {
        String line() {
            return (done ? "done" : "refused") + "\t" + clean(text) + "\n";
        }

        static Optional<Reply> parse(String line) {
            String[] words = line.strip().split("\t", -1);
            return words.length == 2 && (words[0].equals("done") || words[0].equals("refused"))
                    ? Optional.of(new Reply(words[0].equals("done"), words[1]))
                    : Optional.empty();
        }
    }

    /** Does what is asked, within a few seconds; called by several threads. */
    @FunctionalInterface
    public interface Handler {
        /** Does it, or refuses with a reason for a person. */
        Reply perform(Order order);
    }

    String line() {
        StringBuilder line = new StringBuilder(verb);
        arguments.forEach(argument -> line.append('\t').append(argument));
        return line.append('\n').toString();
    }

    /** Of several lines the first counts: who asks is answered once. */
    static Order parse(String text) {
        String line = text.lines().findFirst().orElse("");
        List<String> words = Arrays.asList(line.strip().split("\t", -1));
        return new Order(words.getFirst(), words.subList(1, words.size()));
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}

package org.matgate.gateway.status;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.matgate.protocol.stream.JournalId;

/**
 * The order to delete a part of a journal; to be given again until nothing is left.
 *
 * @param force also where an engine lacks something of it
 */
public record JournalDeletion(JournalId journal, boolean force) {
    public static final String VERB = "journal-delete";

    /**
     * Has the service of a data directory do it.
     *
     * @return how many events are left
     * @throws IOException if it refuses, or cannot be asked; the text says why
     */
    public long order(Path dataDirectory) throws IOException {
        Order order = new Order(VERB, List.of(journal.toString(), Boolean.toString(force)));
        Order.Reply reply = StatusClient.order(dataDirectory, order);
        try {
            if (reply.done()) {
                return Long.parseLong(reply.text());
            }
        } catch (NumberFormatException e) {
            throw new IOException(
                    "the service answers '" + reply.text() + "'; is it of another version? Restart it", e);
        }
        throw new IOException(reply.text());
    }

    /** What the arguments of an order say; empty if they are none. */
    public static Optional<JournalDeletion> parse(List<String> arguments) {
        try {
            return arguments.size() == 2
                    ? Optional.of(new JournalDeletion(
                            JournalId.parse(arguments.getFirst()), Boolean.parseBoolean(arguments.getLast())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Why it is not done, by those engines that could not be told beforehand. */
    public static String mute(List<String> engines) {
        return String.join(", ", engines) + (engines.size() == 1 ? " is" : " are")
                + " not connected now, or too slow to"
                + " answer, and must know first: what is asked of the box again is given up there. Try again once"
                + " `matgate status` shows the connection; if what is held there may be lost: --force";
    }

    /** Why it is not done, by those engines that do not hold all of it. */
    public static String objection(List<EngineHolding> engines) {
        return engines.stream()
                        .map(engine -> engine.engine()
                                + (engine.asked()
                                        ? " lacks " + Words.count(engine.missing()) + " events of it"
                                        : " has not said since the service started what it holds of it"))
                        .collect(Collectors.joining(", "))
                + ". If they may be lost: --force";
    }
}

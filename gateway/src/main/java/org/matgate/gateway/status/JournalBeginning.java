package org.matgate.gateway.status;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.matgate.protocol.stream.JournalId;

/** The order to begin a new journal. */
public final class JournalBeginning {
    public static final String VERB = "journal-new";

    private JournalBeginning() {}

    /**
     * Has the service of a data directory do it.
     *
     * @return the journal that has begun
     * @throws IOException if it refuses, or cannot be asked; the text says why
     */
    public static JournalId order(Path dataDirectory) throws IOException {
        Order.Reply reply = StatusClient.order(dataDirectory, new Order(VERB, List.of()));
        try {
            if (reply.done()) {
                return JournalId.parse(reply.text());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the service answers '" + reply.text() + "'; is it of another version? Restart it", e);
        }
        throw new IOException(reply.text());
    }
}

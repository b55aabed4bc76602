package org.matgate.gateway.status;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.stream.JournalId;

/**
 * How much of a journal an engine holds, as the running service knows it.
 *
 * @param engine its name in the configuration
 * @param asked whether the engine has told the service since it started; without it nothing is known
 * @param held events that it holds
 * @param waived events that it does not want
 * @param missing events that it lacks, or has not confirmed yet
 */
public record EngineHolding(String engine, boolean asked, JournalId journal, long held, long waived, long missing) {
    /** The order that asks for it. */
    public static final String VERB = "journals-held";

    /** What a service says that has no engines. */
    private static final String NONE = "no-engines";

    private static final int WORDS = 6;

    /** Whether nothing of the journal has still to go there. */
    public boolean whole() {
        return asked && missing == 0;
    }

    /** A line for each engine and journal. */
    public static List<EngineHolding> of(List<UplinkStatus> engines) {
        List<EngineHolding> holdings = new ArrayList<>();
        for (UplinkStatus engine : engines) {
            for (UplinkStatus.Delivery journal : engine.journals()) {
                holdings.add(new EngineHolding(
                        engine.engine(),
                        !engine.engineSays().isEmpty(),
                        journal.journal(),
                        journal.acknowledged(),
                        journal.waived(),
                        journal.lacking() + journal.inFlight() + journal.undeliverable()));
            }
        }
        return holdings;
    }

    /** The same as the words of a reply. */
    public static String words(List<UplinkStatus> engines) {
        return engines.isEmpty()
                ? NONE
                : of(engines).stream().map(EngineHolding::words).collect(Collectors.joining(" "));
    }

    private String words() {
        return String.join(
                " ",
                URLEncoder.encode(engine, StandardCharsets.UTF_8),
                Boolean.toString(asked),
                journal.toString(),
                Long.toString(held),
                Long.toString(waived),
                Long.toString(missing));
    }

    /**
     * Asks the service of a data directory.
     *
     * @return a line for each engine and journal; empty if there is no service to ask, or it has not looked yet
     */
    public static Optional<List<EngineHolding>> ask(Path dataDirectory) {
        Order.Reply reply = StatusClient.order(dataDirectory, new Order(VERB, List.of()));
        return reply.done() ? parse(reply.text()) : Optional.empty();
    }

    /** The other way of {@link #words}. */
    static Optional<List<EngineHolding>> parse(String text) {
        if (text.equals(NONE)) {
            return Optional.of(List.of());
        }
        String[] words = text.strip().split(" ", -1);
        if (words.length % WORDS != 0) {
            return Optional.empty();
        }
        List<EngineHolding> holdings = new ArrayList<>();
        try {
            for (int i = 0; i < words.length; i += WORDS) {
                holdings.add(new EngineHolding(
                        URLDecoder.decode(words[i], StandardCharsets.UTF_8),
                        Boolean.parseBoolean(words[i + 1]),
                        JournalId.parse(words[i + 2]),
                        Long.parseLong(words[i + 3]),
                        Long.parseLong(words[i + 4]),
                        Long.parseLong(words[i + 5])));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(holdings);
    }
}

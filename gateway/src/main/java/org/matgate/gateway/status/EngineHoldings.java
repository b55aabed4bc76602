package org.matgate.gateway.status;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.uplink.UplinkStatus;
import org.matgate.protocol.stream.JournalId;

/**
 * How much of the journals each engine of the configuration holds, as the running service knows it.
 *
 * @param engines their names in the configuration, all of them
 * @param lines what is known; an engine that was not reached yet may have no line for a journal
 */
public record EngineHoldings(List<String> engines, List<EngineHolding> lines) {
    /** The order that asks for it. */
    public static final String VERB = "journals-held";

    /** In front of the engines' names, and then of the lines. */
    private static final String ENGINES = "engines";

    private static final String LINES = "lines";
    private static final int WORDS = 6;

    public EngineHoldings {
        engines = List.copyOf(engines);
        lines = List.copyOf(lines);
    }

    public static EngineHoldings of(List<UplinkStatus> engines) {
        List<EngineHolding> lines = new ArrayList<>();
        for (UplinkStatus engine : engines) {
            for (UplinkStatus.Delivery journal : engine.journals()) {
                lines.add(new EngineHolding(
                        engine.engine(),
                        !engine.engineSays().isEmpty(),
                        journal.journal(),
                        journal.acknowledged(),
                        journal.waived(),
                        journal.lacking() + journal.inFlight() + journal.undeliverable()));
            }
        }
        return new EngineHoldings(engines.stream().map(UplinkStatus::engine).toList(), lines);
    }

    /** What each engine holds of the journal: one for each engine, as what nobody told must not pass for all. */
    public List<EngineHolding> of(JournalId journal) {
        return engines.stream()
                .map(engine -> lines.stream()
                        .filter(line ->
                                line.engine().equals(engine) && line.journal().equals(journal))
                        .findFirst()
                        .orElse(new EngineHolding(engine, false, journal, 0, 0, 0)))
                .toList();
    }

    /** The engines that lack some of the journal, or may. */
    public List<EngineHolding> lacking(JournalId journal) {
        return of(journal).stream().filter(engine -> !engine.whole()).toList();
    }

    /** The same as the words of a reply. */
    public String words() {
        List<String> words = new ArrayList<>(List.of(ENGINES));
        engines.forEach(engine -> words.add(coded(engine)));
        words.add(LINES);
        for (EngineHolding line : lines) {
            words.addAll(List.of(
                    coded(line.engine()),
                    Boolean.toString(line.asked()),
                    line.journal().toString(),
                    Long.toString(line.held()),
                    Long.toString(line.waived()),
                    Long.toString(line.missing())));
        }
        return String.join(" ", words);
    }

    /** Never the same as {@link #LINES}, nor with a blank. */
    private static String coded(String engine) {
        return "=" + URLEncoder.encode(engine, StandardCharsets.UTF_8);
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word.substring(1), StandardCharsets.UTF_8);
    }

    /**
     * Asks the service of a data directory.
     *
     * @return empty if there is no service that answers, or it speaks otherwise
     */
    public static Optional<EngineHoldings> ask(Path dataDirectory) {
        Order.Reply reply = StatusClient.order(dataDirectory, new Order(VERB, List.of()));
        return reply.done() ? parse(reply.text()) : Optional.empty();
    }

    /** The other way of {@link #words}. */
    static Optional<EngineHoldings> parse(String text) {
        List<String> words = List.of(text.strip().split(" ", -1));
        int lines = words.indexOf(LINES);
        if (!words.getFirst().equals(ENGINES) || lines < 0 || (words.size() - lines - 1) % WORDS != 0) {
            return Optional.empty();
        }
        List<EngineHolding> holdings = new ArrayList<>();
        try {
            for (int i = lines + 1; i < words.size(); i += WORDS) {
                holdings.add(new EngineHolding(
                        decoded(words.get(i)),
                        Boolean.parseBoolean(words.get(i + 1)),
                        JournalId.parse(words.get(i + 2)),
                        Long.parseLong(words.get(i + 3)),
                        Long.parseLong(words.get(i + 4)),
                        Long.parseLong(words.get(i + 5))));
            }
            return Optional.of(new EngineHoldings(
                    words.subList(1, lines).stream()
                            .map(EngineHoldings::decoded)
                            .toList(),
                    holdings));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}

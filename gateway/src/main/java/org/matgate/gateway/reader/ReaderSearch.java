package org.matgate.gateway.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.ReaderLink;

/**
 * Finds out what reader is at the end of a link. A reader that streams is only listened to; one that is silent is asked
 * who it is, family by family, with questions that change nothing. Each search takes a bounded time. Thread-safe.
 */
public final class ReaderSearch {
    /** A Mercury module that reads ends a cycle every second. */
    private static final long LISTEN_NANOS = 1_200_000_000L;

    /** For a line on which nothing was heard in the first while, at whatever speed: a stream is noise at another one. */
    private static final long GLANCE_NANOS = 250_000_000L;

    /** A reader answers within some 100 ms, and at 9,600 baud a reply takes 40 ms. */
    private static final long ANSWER_NANOS = 350_000_000L;

    /** A modem or a radio link may be in between. */
    private static final long TCP_ANSWER_NANOS = 1_500_000_000L;

    private final BoxClock clock;

    public ReaderSearch(BoxClock clock) {
        this.clock = clock;
    }

    /** What is there. */
    public sealed interface Result {}

    /**
     * A reader.
     *
     * @param baud its speed, on a serial line
     * @param who the reader as it says or as its stream shows, for a person
     * @param streaming whether it talked without being asked
     */
    public record Found(Config.Family family, OptionalInt baud, String who, boolean streaming) implements Result {}

    /** Something talks, and no family understands it; it was not asked. */
    public record Babble(long bytes) implements Result {}

    /** Nobody talks, and nobody answers. */
    public record Silence() implements Result {}

    /** The link could not be used. */
    public record Unusable(String why) implements Result {}

    /** The families that can be found on a TCP port: those that usually listen there, else all that have a network. */
    public static List<Config.Family> familiesOn(int port) {
        List<Config.Family> usual = Arrays.stream(Config.Family.values())
                .filter(family -> family.tcpPort().orElse(0) == port)
                .toList();
        return usual.isEmpty()
                ? Arrays.stream(Config.Family.values())
                        .filter(family -> family.tcpPort().isPresent())
                        .toList()
                : usual;
    }

    /** The TCP ports on which readers usually listen. */
    public static List<Integer> usualTcpPorts() {
        return Arrays.stream(Config.Family.values())
                .flatMapToInt(family -> family.tcpPort().stream())
                .distinct()
                .boxed()
                .toList();
    }

    /**
     * Searches a serial port at all speeds that are usual.
     *
     * @param opener opens the port at any speed
     * @param progress told what is being done
     */
    public Result serial(ReaderLink.Opener opener, Consumer<String> progress) {
        List<Attempt> attempts = attempts();
        List<Integer> bauds = attempts.stream().map(Attempt::baud).distinct().toList();
        try {
            long most = 0;
            for (int baud : bauds) {
                progress.accept("listening at " + baud);
                List<Config.Family> families = attempts.stream()
                        .filter(attempt -> attempt.baud == baud)
                        .map(Attempt::family)
                        .toList();
                boolean glance = most == 0 && baud != bauds.getFirst();
                try (ReaderLink link = opener.at(baud).open()) {
                    Conversation talk = new Conversation(link, families, clock);
                    talk.listen(glance ? GLANCE_NANOS : LISTEN_NANOS, LISTEN_NANOS);
                    most = Math.max(most, talk.bytes());
                    Optional<Conversation.Recognised> heard = talk.recognised();
                    if (heard.isPresent()) {
                        return found(heard.get(), OptionalInt.of(baud), true);
                    }
                }
            }
            return most > 0 ? new Babble(most) : ask(opener, attempts, progress);
        } catch (IOException e) {
            return new Unusable(String.valueOf(e.getMessage()));
        }
    }

    private Result ask(ReaderLink.Opener opener, List<Attempt> attempts, Consumer<String> progress) throws IOException {
        for (Attempt attempt : attempts) {
            progress.accept("asking for " + attempt.family.word() + " at " + attempt.baud);
            try (ReaderLink link = opener.at(attempt.baud).open()) {
                Conversation talk = new Conversation(link, List.of(attempt.family), clock);
                talk.ask(attempt.family, ANSWER_NANOS);
                Optional<Conversation.Recognised> answer = talk.recognised();
                if (answer.isPresent()) {
                    talk.leave(attempt.family);
                    return found(answer.get(), OptionalInt.of(attempt.baud), false);
                }
            }
        }
        return new Silence();
    }

    /** A family at one of its speeds. */
    private record Attempt(Config.Family family, int baud) {}

    /** Each family at each of its speeds, the usual ones first. */
    private static List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        for (Config.Family family : Config.Family.values()) {
            family.bauds().forEach(baud -> attempts.add(new Attempt(family, baud)));
        }
        attempts.sort(Comparator.comparingInt(attempt -> attempt.family.bauds().indexOf(attempt.baud)));
        return attempts;
    }

    /**
     * Searches a TCP port: listens, and asks these families if nothing is heard.
     *
     * @param opener connects to it
     */
    public Result tcp(ReaderLink.Opener opener, List<Config.Family> families) {
        try (ReaderLink link = opener.open()) {
            return converse(new Conversation(link, families, clock), families);
        } catch (IOException e) {
            return new Unusable(String.valueOf(e.getMessage()));
        }
    }

    private static Result converse(Conversation talk, List<Config.Family> families) throws IOException {
        boolean talks = false;
        try {
            talk.listen(LISTEN_NANOS, LISTEN_NANOS);
            Optional<FamilyQuestion.Kind> kind =
                    talk.recognised().map(heard -> heard.sign().kind());
            talks = kind.equals(Optional.of(FamilyQuestion.Kind.TALKS));
            if (kind.equals(Optional.of(FamilyQuestion.Kind.GREETS))) {
                talk.ask(talk.recognised().orElseThrow().family(), TCP_ANSWER_NANOS);
            } else if (talk.bytes() == 0) {
                askEach(talk, families);
            }
        } catch (IOException e) {
            // A reader that another client has says so and hangs up.
            if (talk.recognised().isEmpty()) {
                throw e;
            }
        }
        Optional<Conversation.Recognised> heard = talk.recognised();
        if (heard.isPresent()) {
            talk.leave(heard.get().family());
            return found(heard.get(), OptionalInt.empty(), talks);
        }
        return talk.bytes() > 0 ? new Babble(talk.bytes()) : new Silence();
    }

    private static void askEach(Conversation talk, List<Config.Family> families) throws IOException {
        for (Config.Family family : families) {
            talk.ask(family, TCP_ANSWER_NANOS);
            if (talk.recognised().isPresent()) {
                return;
            }
        }
    }

    private static Found found(Conversation.Recognised who, OptionalInt baud, boolean streaming) {
        return new Found(who.family(), baud, who.sign().who(), streaming);
    }
}

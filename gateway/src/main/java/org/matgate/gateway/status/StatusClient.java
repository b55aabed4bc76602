package org.matgate.gateway.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the service that runs on a data directory how it stands. */
public final class StatusClient {
    /** A report of hundred readers has some 100 kB. */
    private static final int MOST_BYTES = 1 << 20;

    private static final long CONNECT_MILLIS = 2_000;
    private static final long ANSWER_MILLIS = 5_000;

    /** What is ordered is on disk before the answer comes. */
    private static final long ORDER_MILLIS = 15_000;

    private static final Logger LOG = LoggerFactory.getLogger(StatusClient.class);

    private StatusClient() {}

    /** What came of asking. */
    public sealed interface Answer {}

    /** The service says this. */
    public record Said(Report report) implements Answer {}

    /**
     * No service runs there.
     *
     * @param killed whether one ran that did not end in order
     */
    public record NoService(boolean killed, String why) implements Answer {}

    /** Something is there, but it gave no answer that helps, or we may not ask it. */
    public record NoAnswer(String why) implements Answer {}

    /** Has the service do something, within a bounded time; where no service can be asked that is the refusal. */
    public static Order.Reply order(Path dataDirectory, Order order) {
        return exchange(dataDirectory, order, CONNECT_MILLIS, ORDER_MILLIS, Order.Reply::parse, StatusClient::refusal);
    }

    private static Order.Reply refusal(Answer answer) {
        String why = switch (answer) {
            case NoService none -> none.why() + "; start it: sudo systemctl start matgate";
            case NoAnswer mute -> mute.why();
            case Said said -> "it answered " + said.report();
        };
        return new Order.Reply(false, why);
    }

    /** Asks within a bounded time. */
    public static Answer ask(Path dataDirectory) {
        return ask(dataDirectory, CONNECT_MILLIS, ANSWER_MILLIS);
    }

    static Answer ask(Path dataDirectory, long connectMillis, long answerMillis) {
        return exchange(
                dataDirectory,
                new Order(Order.STATUS, List.of()),
                connectMillis,
                answerMillis,
                text -> ReportWire.decode(text).map(Said::new),
                answer -> answer);
    }

    /**
     * Asks.
     *
     * @param decode what an answer means; empty if it is none
     * @param otherwise what it means that there is none
     */
    private static <T> T exchange(
            Path dataDirectory,
            Order order,
            long connectMillis,
            long answerMillis,
            Function<String, Optional<? extends T>> decode,
            Function<Answer, T> otherwise) {
        Path socket;
        try {
            socket = StatusSocket.in(dataDirectory);
        } catch (IOException e) {
            return otherwise.apply(new NoAnswer(String.valueOf(e.getMessage())));
        }
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return otherwise.apply(absent(dataDirectory, socket));
        }
        try (SocketChannel channel = StatusSocket.connect(socket, connectMillis)) {
            String text = readAll(channel, order, answerMillis);
            Optional<? extends T> answer = decode.apply(text);
            if (answer.isPresent()) {
                return answer.get();
            }
            return otherwise.apply(new NoAnswer(
                    text.isEmpty()
                            ? socket + " hung up without a word: too many ask at once, or the service is stopping"
                            : socket + " answers something else; is the service of another version? Restart it"));
        } catch (ConnectException e) {
            return otherwise.apply(
                    new NoService(true, "the service in " + dataDirectory + " was killed or lost power"));
        } catch (IOException e) {
            return otherwise.apply(failure(socket, e));
        }
    }

    private static Answer absent(Path dataDirectory, Path socket) {
        if (Files.isDirectory(dataDirectory) && !Files.isExecutable(dataDirectory)) {
            return new NoAnswer(denied(socket));
        }
        return new NoService(false, "no service runs in " + dataDirectory);
    }

    private static Answer failure(Path socket, IOException e) {
        boolean denied = e instanceof AccessDeniedException
                || (e instanceof SocketException
                        && String.valueOf(e.getMessage()).contains("ermission denied"));
        return new NoAnswer(denied ? denied(socket) : socket + ": " + e.getMessage());
    }

    private static String denied(Path socket) {
        return socket + " may not be asked by user " + System.getProperty("user.name")
                + "; use sudo, or join the service's group";
    }

    private static String readAll(SocketChannel channel, Order order, long millis) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        StatusSocket.bounded(channel, millis, () -> {
            tell(channel, order);
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            try {
                while (all.size() < MOST_BYTES && channel.read(buffer) >= 0) {
                    all.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
            } catch (IOException e) {
                // Whoever hangs up without having heard us breaks the connection behind his answer.
                if (all.size() == 0) {
                    throw e;
                }
            }
        });
        return all.toString(StandardCharsets.UTF_8);
    }

    private static void tell(SocketChannel channel, Order order) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(order.line().getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            // One that hears nothing, such as a service of an older version, may have answered all the same.
            LOG.debug("the service did not hear {}", order, e);
        }
    }
}

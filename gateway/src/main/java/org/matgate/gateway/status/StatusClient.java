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
import java.util.Optional;

/** Asks the service that runs on a data directory how it stands. */
public final class StatusClient {
    /** A report of hundred readers has some 100 kB. */
    private static final int MOST_BYTES = 1 << 20;

    private static final long CONNECT_MILLIS = 2_000;
    private static final long ANSWER_MILLIS = 5_000;

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

    /** Asks within a bounded time. */
    public static Answer ask(Path dataDirectory) {
        return ask(dataDirectory, CONNECT_MILLIS, ANSWER_MILLIS);
    }

    static Answer ask(Path dataDirectory, long connectMillis, long answerMillis) {
        Path socket;
        try {
            socket = StatusSocket.in(dataDirectory);
        } catch (IOException e) {
            return new NoAnswer(String.valueOf(e.getMessage()));
        }
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return absent(dataDirectory, socket);
        }
        try (SocketChannel channel = StatusSocket.connect(socket, connectMillis)) {
            String text = readAll(channel, answerMillis);
            Optional<Report> report = ReportWire.decode(text);
            if (report.isPresent()) {
                return new Said(report.get());
            }
            return new NoAnswer(
                    text.isEmpty()
                            ? socket + " hung up without a word: too many ask at once, or the service is stopping"
                            : socket + " answers something else; is the service of another version? Restart it");
        } catch (ConnectException e) {
            return new NoService(true, "the service in " + dataDirectory + " was killed or lost power");
        } catch (IOException e) {
            return failure(socket, e);
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

    private static String readAll(SocketChannel channel, long millis) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        StatusSocket.bounded(channel, millis, () -> {
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (all.size() < MOST_BYTES && channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        });
        return all.toString(StandardCharsets.UTF_8);
    }
}

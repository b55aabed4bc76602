package org.matgate.gateway.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The socket in a box's data directory: where it is, and how to reach whoever listens there. */
final class StatusSocket {
    /** Its file in the data directory. */
    static final String NAME = "status.sock";

    /** Its name until its permissions are set; no longer than the other, so that there is room for it. */
    static final String UNREADY_NAME = "status.new";

    /** What the JDK takes: one less than the 107 that {@code sockaddr_un} has room for (unix(7)), as tried. */
    static final int MOST_PATH_BYTES = 106;

    private StatusSocket() {}

    /**
     * Where the socket of a data directory is.
     *
     * @throws IOException if the path is too long for a socket; the text says so
     */
    static Path in(Path dataDirectory) throws IOException {
        Path path = dataDirectory.toAbsolutePath().normalize().resolve(NAME);
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_PATH_BYTES) {
            throw new IOException(path + " has " + bytes + " bytes; the name of a local socket has at most "
                    + MOST_PATH_BYTES + ": give the box a data directory with a shorter path");
        }
        return path;
    }

    /**
     * Connects within a bounded time: a listener that takes no one makes a caller wait for ever.
     *
     * @throws IOException if nobody listens, or takes the connection in time
     */
    static SocketChannel connect(Path socket, long millis) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bounded(channel, millis, () -> channel.connect(UnixDomainSocketAddress.of(socket)));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Something done with a channel that may wait. */
    interface Step {
        void run() throws IOException;
    }

    /** Takes too long. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException(long millis) {
            super("no answer within " + millis + " ms");
        }
    }

    /** Does it; after so long closes the channel, which ends it. */
    static void bounded(SocketChannel channel, long millis, Step step) throws IOException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            step.run();
            return null;
        });
        Thread.ofPlatform().daemon().name("status-socket").start(task);
        try {
            task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            channel.close();
            throw new TooSlowException(millis);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        }
    }
}

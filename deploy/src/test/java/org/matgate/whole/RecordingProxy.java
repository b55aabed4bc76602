package org.matgate.whole;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stands between a client and a server on this machine, hands on what they say and keeps it. Serves one client. */
final class RecordingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Socket server;
    private final List<Piece> pieces = new ArrayList<>();
    private volatile boolean closed;

    /** Bytes that came at once. */
    static final class Piece {
        final boolean fromClient;
        final byte[] bytes;
        final long nanos;

        Piece(boolean fromClient, byte[] bytes, long nanos) {
            this.fromClient = fromClient;
            this.bytes = bytes;
            this.nanos = nanos;
        }
    }

    /** @param address of the server, such as {@code 127.0.0.1:5084} */
    RecordingProxy(String address) throws IOException {
        String[] parts = address.split(":", -1);
        server = new Socket();
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> serve(parts[0], Integer.parseInt(parts[1])));
    }

    private void serve(String host, int port) {
        try (Socket client = listener.accept()) {
            server.connect(new java.net.InetSocketAddress(host, port));
            Thread back = Thread.ofPlatform().daemon().start(() -> handOn(server, client, false));
            handOn(client, server, true);
            back.join();
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[1400];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (pieces) {
                    pieces.add(new Piece(fromClient, Arrays.copyOf(buffer, n), System.nanoTime()));
                }
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them has gone: the conversation is over.
        }
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** What was said so far, in order. */
    List<Piece> pieces() {
        synchronized (pieces) {
            return List.copyOf(pieces);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        server.close();
    }
}

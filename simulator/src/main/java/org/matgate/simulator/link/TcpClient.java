package org.matgate.simulator.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One client of a {@link TcpLink}. A thread of its own reads what it sends, so that its going is known at once, also
 * while nothing is sent to it.
 */
final class TcpClient {
    /** A client sends short commands; one that sends more without a pause waits. */
    private static final int QUEUED_PIECES = 64;

    private static final int PIECE_BYTES = 512;

    private final Socket socket;
    private final int number;
    private final Consumer<TcpClient> gone;
    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUED_PIECES);
    private byte[] surplus = {};

    /**
     * @param number which client of its link it is, from 1
     * @param gone hears, from any thread, that it has gone
     */
    TcpClient(Socket socket, int number, Consumer<TcpClient> gone) {
        this.socket = socket;
        this.number = number;
        this.gone = gone;
    }

    int number() {
        return number;
    }

    void start() throws IOException {
        // A reader's fragments go out one by one, as the real ones do.
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().name("client-" + number).start(this::receive);
    }

    private void receive() {
        byte[] piece = new byte[PIECE_BYTES];
        try (socket) {
            InputStream in = socket.getInputStream();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                incoming.put(Arrays.copyOf(piece, n));
            }
        } catch (IOException e) {
            // A client that goes without a goodbye has gone all the same.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.accept(this);
        }
    }

    int read(byte[] buffer, long waitNanos) {
        try {
            if (surplus.length == 0) {
                byte[] piece = incoming.poll(waitNanos, TimeUnit.NANOSECONDS);
                if (piece == null) {
                    return 0;
                }
                surplus = piece;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
        int n = Math.min(buffer.length, surplus.length);
        System.arraycopy(surplus, 0, buffer, 0, n);
        surplus = Arrays.copyOfRange(surplus, n, surplus.length);
        return n;
    }

    /** Gives whether the bytes are on their way to the client. */
    boolean write(byte[] bytes, int offset, int length) {
        try {
            socket.getOutputStream().write(bytes, offset, length);
            return true;
        } catch (IOException e) {
            close();
            return false;
        }
    }

    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    void close() {
        gone.accept(this);
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be done about a socket that cannot be closed.
        }
    }
}

package org.matgate.gateway.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** A connection to a reader that is a TCP server. */
final class TcpLink implements ReaderLink {
    private final String name;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean closed;
    private int timeoutMillis;

    TcpLink(String name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        try {
            int millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(waitNanos), 1, Integer.MAX_VALUE);
            if (millis != timeoutMillis) {
                socket.setSoTimeout(millis);
                timeoutMillis = millis;
            }
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("the reader closed the connection");
            }
            return count;
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        try {
            BoundedWrite.run(name, bytes.length, BoundedWrite.LIMIT, () -> out.write(bytes));
        } catch (IOException e) {
            IOException failure = failure(e);
            close(); // half a command may be out; this also ends a write that hangs
            throw failure;
        }
    }

    @Override
    public long nanosPerByte() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // gone all the same
        }
    }

    private IOException failure(IOException e) {
        return closed ? new IOException(name + " was closed", e) : new IOException(name + ": " + e.getMessage(), e);
    }

    @Override
    public String toString() {
        return name;
    }
}

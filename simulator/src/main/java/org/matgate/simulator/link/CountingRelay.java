package org.matgate.simulator.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server on the loopback, and counts the bytes. Thread-safe. */
public final class CountingRelay implements AutoCloseable {
    private final ServerSocket server;
    private final int targetPort;
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong bytesBack = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private CountingRelay(ServerSocket server, int targetPort) {
        this.server = server;
        this.targetPort = targetPort;
    }

    /**
     * Listens on a free port.
     *
     * @param address where on the loopback the server is, such as {@code 127.0.0.1:40113}
     */
    public static CountingRelay to(String address) throws IOException {
        ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        CountingRelay relay =
                new CountingRelay(server, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        Thread.ofVirtual().name("relay").start(relay::serve);
        return relay;
    }

    /** What the client connects to. */
    public String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    /** From clients to the server. */
    public long bytesOut() {
        return bytesOut.get();
    }

    /** From the server to clients. */
    public long bytesBack() {
        return bytesBack.get();
    }

    private void serve() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                open.add(client);
                open.add(target);
                Thread.ofVirtual().start(() -> carry(client, target, bytesOut));
                Thread.ofVirtual().start(() -> carry(target, client, bytesBack));
            }
        } catch (IOException e) {
            // Closed, or the server has gone: the client will try again, and meet nobody.
            close();
        }
    }

    private void carry(Socket from, Socket to, AtomicLong count) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                count.addAndGet(n);
            }
        } catch (IOException e) {
            // Either end has gone; the other is told by the close.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            // Closed is closed.
        }
    }
}

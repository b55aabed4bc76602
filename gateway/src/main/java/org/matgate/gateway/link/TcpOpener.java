package org.matgate.gateway.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** Connects to a reader that is a TCP server. */
record TcpOpener(String host, int port) implements ReaderLink.Opener {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** The system asks three name servers twice, 5 s each (resolv.conf(5)), for the name as it is and in six domains. */
    private static final Duration NAME_LIMIT = Duration.ofMinutes(4);

    /** A peer that is gone without a word is found out after IDLE + COUNT * INTERVAL seconds of silence. */
    private static final int KEEPALIVE_IDLE_SECONDS = 10;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 5;
    private static final int KEEPALIVE_COUNT = 3;

    @Override
    public ReaderLink open() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException(this + ": no such host is known; check the name, or use the reader's IP address");
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            keepAlive(socket);
            socket.connect(address, Math.toIntExact(CONNECT_LIMIT.toMillis()));
            return new TcpLink(toString(), socket);
        } catch (IOException e) {
            socket.close();
            throw new IOException(this + ": " + explain(e), e);
        }
    }

    @Override
    public Duration longest() {
        boolean isAddress = host.contains(":") || host.matches("[0-9.]+");
        return isAddress ? CONNECT_LIMIT : CONNECT_LIMIT.plus(NAME_LIMIT);
    }

    private static void keepAlive(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_COUNT);
        }
    }

    private static String explain(IOException e) {
        return switch (e) {
            case SocketTimeoutException timeout ->
                "no answer within " + CONNECT_LIMIT.toSeconds()
                        + " s; is the reader on, its cable in and the address right?";
            case NoRouteToHostException noRoute ->
                "no way there (" + noRoute.getMessage() + "); is the box in the reader's network?";
            case ConnectException refused ->
                refused.getMessage()
                        + "; the host is there but nothing listens on that port, or the reader is still starting";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

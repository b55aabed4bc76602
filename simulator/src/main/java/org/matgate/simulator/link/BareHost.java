package org.matgate.simulator.link;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A reader's far end that understands nothing: it takes bytes, and can have a byte carried to a neighbour on the loopback
 * and back. For one thread.
 */
public final class BareHost implements AutoCloseable {
    private final InputStream in;
    private final Socket here;
    private final Socket neighbour;

    private BareHost(InputStream in, Socket here, Socket neighbour) {
        this.in = in;
        this.here = here;
        this.neighbour = neighbour;
    }

    /** A free port of the loopback. */
    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Opens what a reader listens on.
     *
     * @param address as {@link ReaderEnd#address} gives it
     * @param tcp whether it is host and port, else a terminal
     */
    @SuppressWarnings("AddressSelection") // an address in digits, which is not looked up
    public static BareHost open(String address, boolean tcp) throws IOException {
        InputStream in;
        if (tcp) {
            int colon = address.lastIndexOf(':');
            Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        } else {
            in = new FileInputStream(address);
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket here = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
            Socket neighbour = server.accept();
            here.setTcpNoDelay(true);
            neighbour.setTcpNoDelay(true);
            BareHost host = new BareHost(in, here, neighbour);
            Thread.ofPlatform().daemon().name("echo").start(host::carryBack);
            return host;
        }
    }

    private void carryBack() {
        try (neighbour) {
            InputStream from = neighbour.getInputStream();
            for (int b = from.read(); b >= 0; b = from.read()) {
                neighbour.getOutputStream().write(b);
            }
        } catch (IOException e) {
            // The other end has gone: that is how it ends.
        }
    }

    /** Waits for bytes; there is at least one. */
    public int read(byte[] buffer) throws IOException {
        int n = in.read(buffer);
        if (n <= 0) {
            throw new IOException("the reader has gone");
        }
        return n;
    }

    /** Sends a byte to the neighbour and waits until it is back. */
    public void echo() throws IOException {
        here.getOutputStream().write(1);
        if (here.getInputStream().read() < 0) {
            throw new IOException("the neighbour has gone");
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
        in.close();
    }
}

package org.matgate.gateway.uplink;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ping;

/** An engine on a plain blocking socket, which the test plays by hand. */
final class RudeEngine implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket server;

    RudeEngine() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    int port() {
        return server.getLocalPort();
    }

    Call accept() throws IOException {
        return new Call(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One connection of the box. */
    static final class Call implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        private Call(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        void send(StreamMessage message) throws IOException {
            byte[] bytes = StreamCodec.encode(message);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        void sendRaw(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        /** A message of a megabyte, byte by byte until the box hangs up, which it must. */
        void dribble() throws IOException, InterruptedException {
            out.writeInt(1 << 20);
            try {
                for (int sent = 0; sent < 1 << 20; sent++) {
                    out.write(0);
                    Thread.sleep(10);
                }
            } catch (SocketException expected) {
                return;
            }
            throw new AssertionError("a megabyte was taken, byte by byte");
        }

        /** The next message that is no Ping, which must be of this kind. */
        <T extends StreamMessage> T expect(Class<T> kind) throws IOException, StreamFormatException {
            StreamMessage message = receive();
            while (message instanceof Ping) {
                message = receive();
            }
            if (!kind.isInstance(message)) {
                throw new AssertionError("got " + message + "; want " + kind.getSimpleName());
            }
            return kind.cast(message);
        }

        private StreamMessage receive() throws IOException, StreamFormatException {
            return StreamCodec.decode(receiveBytes());
        }

        /** The next message's bytes, whatever it is. */
        byte[] receiveBytes() throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        }

        /** Reads on until the box hangs up, which it must. */
        void expectHangUp() throws IOException, StreamFormatException {
            try {
                while (true) {
                    receive();
                }
            } catch (EOFException | SocketException expected) {
                // ended or reset
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

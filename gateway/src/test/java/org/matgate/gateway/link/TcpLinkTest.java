package org.matgate.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.config.Config;

class TcpLinkTest extends ReaderLinkContract {
    @Override
    FarEnd farEnd() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ReaderLink.Opener opener = LinkOpeners.of(new Config.Link.Tcp("127.0.0.1", server.getLocalPort()));
        return new FarEnd() {
            private Socket socket = new Socket();

            @Override
            public ReaderLink.Opener opener() {
                return opener;
            }

            @Override
            public void connected() throws IOException {
                socket = server.accept();
            }

            @Override
            public void send(byte[] bytes) throws IOException {
                socket.getOutputStream().write(bytes);
            }

            @Override
            public byte[] receive(int most) throws IOException {
                byte[] buffer = new byte[most];
                int count = socket.getInputStream().read(buffer);
                return Arrays.copyOf(buffer, count);
            }

            @Override
            public void hangUp() throws IOException {
                socket.close();
            }

            @Override
            public void close() throws IOException {
                socket.close();
                server.close();
            }
        };
    }

    @Test
    void endOfTheStreamIsToldAsSuch() throws Exception {
        try (FarEnd far = farEnd();
                ReaderLink link = far.opener().open()) {
            far.connected();
            far.hangUp();
            assertThatThrownBy(() -> link.read(new byte[1], 10_000_000_000L))
                    .isInstanceOf(IOException.class)
                    .hasMessage(far.opener() + ": the reader closed the connection");
        }
    }

    @Test
    void bytesTakeNoTimeOnTheWire() {
        assertThat(link().nanosPerByte()).isZero();
    }

    @Test
    void refusedConnectionNamesWhereAndWhatToDo() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThatThrownBy(() ->
                        LinkOpeners.of(new Config.Link.Tcp("127.0.0.1", port)).open())
                .isInstanceOf(IOException.class)
                .satisfies(thrown ->
                        assertThat(LinkOpeners.refused((IOException) thrown)).isTrue())
                .hasMessageStartingWith("127.0.0.1:" + port + ": Connection refused")
                .hasMessageContaining("nothing listens");
    }

    @Test
    void unknownHostNamesIt() {
        assertThatThrownBy(() -> LinkOpeners.of(new Config.Link.Tcp("no-such.invalid", 10_000))
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no-such.invalid:10000: no such host is known");
    }
}

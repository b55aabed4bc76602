package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.fault.Fault;

class EngineLinesTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Fault.OfEngineLine cut = new Fault.EngineLineCut("turn", 0, 1);
    private final Fault.OfEngineLine dead = new Fault.EngineLineDead("turn", 0, 1);

    private static Socket dial(EngineAccess access) throws IOException {
        int colon = access.address().lastIndexOf(':');
        Socket socket = new Socket(
                access.address().substring(0, colon),
                Integer.parseInt(access.address().substring(colon + 1)));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Answers one byte of each of its clients, one after another. */
    private static ServerSocket echo() throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (true) {
                try (Socket client = server.accept()) {
                    for (int said = client.getInputStream().read();
                            said >= 0;
                            said = client.getInputStream().read()) {
                        client.getOutputStream().write(said);
                    }
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
        return server;
    }

    private static boolean answers(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(7);
            return socket.getInputStream().read() == 7;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void onlyLinesThatAreToGoWrongLeadOverAProxyAndEachIsCutAndMended() throws Exception {
        try (ServerSocket engine = echo();
                EngineLines lines = new EngineLines(List.of(cut, dead))) {
            InetSocketAddress address = (InetSocketAddress) engine.getLocalSocketAddress();
            EngineAccess direct = new EngineAccess("127.0.0.1:" + address.getPort(), Optional.empty(), "token");
            assertThat(lines.to(direct, address, "finish")).isEqualTo(direct);
            EngineAccess access = lines.to(direct, address, "turn");
            assertThat(access.address()).isNotEqualTo(direct.address());
            assertThat(access.token()).isEqualTo("token");
            try (Socket box = dial(access)) {
                assertThat(answers(box)).isTrue();
                assertThat(lines.well()).isTrue();
                lines.trouble(cut, true);
                assertThat(lines.well()).isFalse();
                // Closed, however that shows.
                assertThat(ended(box)).isTrue();
            }
            try (Socket again = dial(access)) {
                assertThat(ended(again)).isTrue();
            }
            lines.trouble(cut, false);
            assertThat(lines.well()).isTrue();
            try (Socket again = dial(access)) {
                assertThat(answers(again)).isTrue();
                lines.trouble(dead, true);
                again.setSoTimeout(200);
                assertThat(answers(again)).isFalse();
                assertThat(again.isClosed()).isFalse();
            }
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    @Test
    void aLineThatWasNotToGoWrongCannot() {
        try (EngineLines lines = new EngineLines(List.of())) {
            assertThatThrownBy(() -> lines.trouble(cut, true)).hasMessageContaining("turn");
        }
    }
}

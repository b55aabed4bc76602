package org.matgate.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpLinkTest {
    private TcpLink link;

    @BeforeEach
    void listen() throws IOException {
        link = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        link.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), link.port());
    }

    private void awaitListener(int number) throws InterruptedException {
        while (link.listener() != number) {
            Thread.sleep(1);
        }
    }

    @Test
    void carriesBytesBothWays() throws Exception {
        assertThat(link.address()).isEqualTo("127.0.0.1:" + link.port());
        try (Socket client = connect()) {
            awaitListener(1);
            client.getOutputStream().write(new byte[] {1, 2, 3});
            byte[] buffer = new byte[2];
            assertThat(readSome(buffer)).isEqualTo(2);
            assertThat(buffer).containsExactly(1, 2);
            assertThat(readSome(buffer)).isEqualTo(1);
            assertThat(link.write(new byte[] {9, 8, 7}, 1, 2)).isEqualTo(1);
            assertThat(client.getInputStream().readNBytes(2)).containsExactly(8, 7);
        }
        awaitListener(0);
    }

    /** Who is not there takes nobody, from the moment on at which it is closed. */
    @Test
    void aClosedOneTakesNobody() throws Exception {
        int taken = 0;
        for (int i = 0; i < 200; i++) {
            TcpLink closed = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = closed.port();
            closed.close();
            try (Socket socket = new Socket()) {
                // Not the port itself, which a loopback's own client may otherwise be given, and then meets itself.
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                taken++;
            } catch (IOException e) {
                assertThat(e).isInstanceOf(ConnectException.class);
            }
        }
        assertThat(taken).isZero();
    }

    private int readSome(byte[] buffer) throws IOException {
        int n = 0;
        while (n == 0) {
            n = link.read(buffer, 1_000_000);
        }
        return n;
    }

    @Test
    void losesWhatNobodyHears() throws Exception {
        assertThat(link.connected()).isFalse();
        assertThat(link.write(new byte[] {1}, 0, 1)).isZero();
        assertThat(link.read(new byte[1], 1000)).isZero();
        try (Socket client = connect()) {
            awaitListener(1);
            link.write(new byte[] {2}, 0, 1);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void replacesAnOlderClientByANewer() throws Exception {
        try (Socket older = connect()) {
            awaitListener(1);
            try (Socket newer = connect()) {
                awaitListener(2);
                assertThat(older.getInputStream().read()).as("the end").isEqualTo(-1);
                link.write(new byte[] {5}, 0, 1);
                assertThat(newer.getInputStream().read()).isEqualTo(5);
            }
        }
        awaitListener(0);
    }

    @Test
    void aWriterHeldUpByAClientThatDoesNotReadIsFreedByTheNext() throws Exception {
        byte[] much = new byte[1 << 20];
        try (Socket deaf = connect()) {
            awaitListener(1);
            Thread writer = Thread.ofPlatform().start(() -> writeUntilUnheard(much));
            try (Socket newer = connect()) {
                awaitListener(2);
                newer.shutdownOutput();
                writer.join();
            }
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    private void writeUntilUnheard(byte[] much) {
        try {
            int heard = link.write(much, 0, much.length);
            while (heard != 0) {
                heard = link.write(much, 0, much.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void finishingWaitsUntilTheClientHasReadToTheEnd() throws Exception {
        byte[] much = new byte[100_000];
        try (Socket client = connect()) {
            awaitListener(1);
            Thread reader = Thread.ofVirtual().start(() -> readToTheEnd(client, much.length));
            link.write(much, 0, much.length);
            link.finish(Duration.ofSeconds(20));
            assertThat(link.connected()).isFalse();
            reader.join();
        }
    }

    private static void readToTheEnd(Socket client, int want) {
        try (client) {
            assertThat(client.getInputStream().readAllBytes()).hasSize(want);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keepTheFirst(byte[] refusal) throws IOException {
        link.close();
        link = TcpLink.listenForOne(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), refusal::clone);
    }

    @Test
    void theFirstClientKeepsTheLinkAndOthersAreToldSo() throws Exception {
        keepTheFirst(new byte[] {4, 2});
        try (Socket first = connect()) {
            awaitAdmission(1);
            for (int i = 1; i <= 2; i++) {
                try (Socket late = connect()) {
                    assertThat(late.getInputStream().readAllBytes()).containsExactly(4, 2);
                }
                assertThat(link.turnedAway()).isEqualTo(i);
            }
            assertThat(link.write(new byte[] {7}, 0, 1)).isEqualTo(1);
            assertThat(first.getInputStream().read()).isEqualTo(7);
            first.getOutputStream().write(8);
            byte[] buffer = new byte[1];
            assertThat(readSome(buffer)).isEqualTo(1);
            assertThat(buffer).containsExactly(8);
        }
        awaitListener(0);
        try (Socket next = connect()) {
            awaitAdmission(4);
            link.write(new byte[] {9}, 0, 1);
            assertThat(next.getInputStream().read()).isEqualTo(9);
        }
    }

    /** What was meant for one who has gone does not reach the next before anybody knows of it. */
    @Test
    void nobodyIsListenedToOrToldAnythingBeforeBeingAdmitted() throws Exception {
        keepTheFirst(new byte[] {0});
        try (Socket client = connect()) {
            client.getOutputStream().write(5);
            Thread.sleep(20);
            assertThat(link.listener()).isZero();
            assertThat(link.write(new byte[] {1}, 0, 1)).isZero();
            byte[] buffer = new byte[1];
            awaitAdmission(1);
            assertThat(readSome(buffer)).isEqualTo(1);
            assertThat(buffer).containsExactly(5);
        }
    }

    private void awaitAdmission(int number) throws IOException {
        while (link.listener() != number) {
            assertThat(link.read(new byte[1], 1_000_000)).isZero();
        }
    }

    @Test
    void hangsUpOnTheListenerThatIsMeantAndOnNoOther() throws Exception {
        try (Socket client = connect()) {
            awaitListener(1);
            link.hangUp(2);
            assertThat(link.listener()).isEqualTo(1);
            link.write(new byte[] {3}, 0, 1);
            link.hangUp(1);
            assertThat(client.getInputStream().readAllBytes()).containsExactly(3);
            assertThat(link.listener()).isZero();
        }
    }

    @Test
    void saysWhenItCannotListen() {
        assertThatThrownBy(() -> TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining(String.valueOf(link.port()));
    }

    @Test
    void listensAgainAtOnceWhereItHasJustClosed() throws Exception {
        TcpLink link = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port());
        for (int i = 0; i < 200; i++) {
            link.close();
            link = TcpLink.listen(address);
        }
        link.close();
    }
}

package org.matgate.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.simulator.link.FailingLine.State;

@Timeout(30)
class FailingLineTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 150;

    private ServerSocket server;
    private FailingLine line;
    private Socket near;
    private Socket far;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        line = new FailingLine(() -> new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        near = dial();
        far = server.accept();
        far.setSoTimeout(PATIENCE_MILLIS);
        // From now on the line knows of both ends.
        pass(near, far, 1);
    }

    private Socket dial() throws IOException {
        String address = line.address();
        int colon = address.lastIndexOf(':');
        Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        server.close();
        line.close();
    }

    private static void pass(Socket from, Socket to, int length) throws IOException {
        from.getOutputStream().write(new byte[length]);
        assertThat(to.getInputStream().readNBytes(length)).hasSize(length);
    }

    private static void nothingReaches(Socket socket) throws IOException {
        socket.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    @Test
    void aLineThatIsWellPassesBothWaysAndTheEnd() throws Exception {
        pass(near, far, 100_000);
        pass(far, near, 5);
        near.close();
        assertThat(ended(far)).isTrue();
    }

    /** By an end or a reset. */
    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aClosedLineCutsAndRefuses() throws Exception {
        line.is(State.CLOSED);
        assertThat(ended(near)).isTrue();
        assertThat(ended(far)).isTrue();
        try (Socket again = dial()) {
            assertThat(ended(again)).isTrue();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        line.is(State.WELL);
        try (Socket well = dial();
                Socket there = server.accept()) {
            pass(well, there, 3);
        }
    }

    @Test
    void whatIsHeldComesWhenTheLineIsWell() throws Exception {
        line.is(State.HELD);
        // What was being waited for already still passes.
        Thread.sleep(SHORT_MILLIS);
        near.getOutputStream().write(7);
        nothingReaches(far);
        line.is(State.WELL);
        assertThat(far.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void aDeadLineSwallowsForEverAndTellsNobody() throws Exception {
        line.is(State.DEAD);
        near.getOutputStream().write(7);
        nothingReaches(far);
        line.is(State.WELL);
        near.getOutputStream().write(8);
        near.close();
        nothingReaches(far);
    }

    @Test
    void aSlowLineIsSlowAndWhole() throws Exception {
        line.is(State.SLOW);
        pass(near, far, 2000);
    }

    @Test
    void aFrameIsCutInTheMiddle() throws Exception {
        line.cutInTheMiddle();
        near.getOutputStream().write(new byte[100]);
        int n = 0;
        while (n < 100 && !ended(far)) {
            n++;
        }
        assertThat(n).isLessThan(100);
    }
}

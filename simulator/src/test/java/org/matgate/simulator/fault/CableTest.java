package org.matgate.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.TcpLink;

@Timeout(30)
class CableTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void nobodyHearsWhileItIsOutAndTheSameAddressIsThereAgain() throws Exception {
        AtomicInteger port = new AtomicInteger();
        try (Cable cable = new Cable(() -> {
            TcpLink end = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()));
            port.set(end.port());
            return end;
        })) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get());
            int before;
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                before = heard(cable);
                cable.out();
                assertThat(cable.write(BYTES, 0, 3)).isZero();
                assertThat(cable.read(new byte[8], 1_000_000)).isZero();
                assertThat(cable.listener()).isZero();
                while (socket.getInputStream().read() >= 0) {
                    // What was heard before; then the end.
                }
            }
            assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
                    .isInstanceOf(IOException.class);
            cable.in();
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(heard(cable)).isNotEqualTo(before);
                assertThat(socket.getInputStream().read()).isEqualTo(1);
            }
        }
    }

    @Test
    void aPseudoTerminalKeepsItsName(@TempDir Path directory) throws Exception {
        Path link = directory.resolve("tty");
        try (Cable cable = new Cable(() -> Pty.open(Optional.of(link)))) {
            assertThat(link).exists();
            cable.out();
            assertThat(link).doesNotExist();
            cable.in();
            assertThat(link).exists();
            assertThat(cable.address()).isEqualTo(link.toString());
        }
        assertThat(link).doesNotExist();
    }

    @Test
    void aClosedCableFails() throws Exception {
        Cable cable = new Cable(Pty::open);
        cable.close();
        cable.in();
        assertThatThrownBy(() -> cable.write(BYTES, 0, 3)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> cable.read(new byte[8], 0)).isInstanceOf(IOException.class);
    }

    private static int heard(Cable cable) throws Exception {
        int listener = cable.write(BYTES, 0, 3);
        while (listener == 0) {
            Thread.sleep(5);
            listener = cable.write(BYTES, 0, 3);
        }
        return listener;
    }
}

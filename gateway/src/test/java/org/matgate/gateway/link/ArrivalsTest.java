package org.matgate.gateway.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that never returns is ended by nothing: hence on a thread that can be left behind. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrivalsTest {
    private static final long LONG_NANOS = 10_000_000_000L;

    private final PseudoTerminal terminal = PseudoTerminal.open();
    private final byte[] buffer = new byte[8_192];
    private JsscPort port;
    private Arrivals arrivals;

    @BeforeEach
    void open() throws Exception {
        JsscLibrary.prepare();
        port = JsscPort.open(terminal.port().toString());
        boolean unused = port.configure(115_200); // a pseudo-terminal has no modem lines
        arrivals = new Arrivals(port.fd());
    }

    @AfterEach
    void close() {
        boolean unused = port.close();
        terminal.close();
    }

    @Test
    void takesWhatIsThereAndNoMore() throws Exception {
        assertThat(arrivals.await(0)).isFalse();
        assertThat(arrivals.take(buffer)).isZero();
        terminal.write("abcdef".getBytes(US_ASCII));
        byte[] four = new byte[4];
        assertThat(arrivals.await(LONG_NANOS)).isTrue();
        assertThat(arrivals.take(four)).isEqualTo(4);
        assertThat(new String(four, US_ASCII)).isEqualTo("abcd");
        assertThat(arrivals.take(buffer)).isEqualTo(2);
        assertThat(new String(buffer, 0, 2, US_ASCII)).isEqualTo("ef");
        assertThat(arrivals.take(buffer)).isZero();
    }

    /** The adapter is pulled when bytes are there and before they are taken. */
    @Test
    void aPortThatGoesBetweenTheWaitAndTheReadEndsTheRead() {
        terminal.write(new byte[100]);
        assertThat(arrivals.await(LONG_NANOS)).isTrue();
        terminal.close();
        assertThatThrownBy(this::takeAll).isInstanceOf(IOException.class);
        assertThat(arrivals.await(LONG_NANOS)).isTrue();
        assertThatThrownBy(this::takeAll).isInstanceOf(IOException.class);
    }

    /** What was sent before may still come. */
    private void takeAll() throws IOException {
        for (int i = 0; i <= 100; i++) {
            int unused = arrivals.take(buffer);
        }
    }
}

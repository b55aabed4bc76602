package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.Scenario;

@Timeout(60)
class EngineLinesTest {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final FaultLog faults = new FaultLog();

    @Test
    void aLineIsCutAndMendedAndTheOthersAreTheEnginesOwn() throws Exception {
        Scenario scenario = Scenario.parse("x.toml", Scenario.load("quiet").text() + """
                [[fault]]
                kind = "engine-line-cut"
                box = "finish"
                from = 1
                until = 5
                """);
        Fault.OfEngineLine cut = (Fault.OfEngineLine) scenario.faults().getFirst();
        try (ServerSocket engine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            EngineAccess direct = new EngineAccess("127.0.0.1:" + engine.getLocalPort(), Optional.empty(), "token");
            try (EngineLines lines = EngineLines.open(scenario, direct.address(), SimClock.system(), faults)) {
                assertThat(lines.through("start", direct)).isEqualTo(direct);
                EngineAccess through = lines.through("finish", direct);
                assertThat(through.address()).isNotEqualTo(direct.address());
                assertThat(through.token()).isEqualTo("token");

                try (Socket box = dial(through);
                        Socket there = engine.accept()) {
                    pass(there, box);
                    lines.begin(cut);
                    assertThat(lines.well()).isFalse();
                    assertThat(ended(box)).isTrue();
                    assertThat(ended(dial(through))).isTrue();
                }
                lines.end(cut);
                assertThat(lines.well()).isTrue();
                try (Socket box = dial(through);
                        Socket there = engine.accept()) {
                    pass(there, box);
                }
            }
        }
        assertThat(faults.happenings())
                .extracting(Happening::kind)
                .containsExactly(Kind.ENGINE_LINE_TROUBLED, Kind.ENGINE_LINE_WELL);
        assertThat(faults.happenings()).extracting(Happening::subject).containsOnly("finish");
    }

    private static Socket dial(EngineAccess access) throws IOException {
        int port = Integer.parseInt(access.address().substring(access.address().indexOf(':') + 1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void pass(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(42);
        assertThat(to.getInputStream().read()).isEqualTo(42);
    }

    private static boolean ended(Socket socket) {
        try (socket) {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return !(e instanceof java.net.SocketTimeoutException);
        }
    }
}

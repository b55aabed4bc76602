package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.BoxInfo;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.receiver.SessionListener;

@Timeout(60)
class EngineCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger left = new AtomicInteger();

    private ReadStreamServer serve() throws Exception {
        return ReadStreamServer.builder(store, () -> 1L)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .engine("library")
                .admission(Admission.token("let me in"))
                .listener(new SessionListener() {
                    @Override
                    public void left(BoxInfo box, String why) {
                        left.incrementAndGet();
                    }
                })
                .start();
    }

    private static Config.Engine engine(int port, String token) {
        return new Config.Engine("central", "127.0.0.1", port, Optional.empty(), token, false);
    }

    private static EngineCheck.Result greet(int port, String token) throws InterruptedException {
        return EngineCheck.greet(engine(port, token), Fixture.IDENTITY, () -> 1L);
    }

    @Test
    void anEngineThatLetsTheBoxInSaysItsName() throws Exception {
        try (ReadStreamServer server = serve()) {
            assertThat(greet(server.address().getPort(), "let me in")).isEqualTo(new EngineCheck.LetIn("library"));
        }
    }

    @Test
    void aRefusalSaysWhy() throws Exception {
        try (ReadStreamServer server = serve()) {
            assertThat(greet(server.address().getPort(), "open sesame"))
                    .isInstanceOfSatisfying(
                            EngineCheck.NotLetIn.class,
                            not -> assertThat(not.why()).startsWith("refused: TOKEN, "));
        }
    }

    @Test
    void aDeliveryThatGoesOnIsNotDisturbed() throws Exception {
        FakeJournal journal = new FakeJournal();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (ReadStreamServer server = serve();
                Uplink uplink = new Uplink(
                        engine(server.address().getPort(), "let me in"),
                        new Uplink.Shared(Fixture.IDENTITY, journal, loops, Runnable::run, () -> 1L),
                        new Random(1),
                        UplinkListener.NONE)) {
            uplink.start();
            journal.commit(100);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertThat(uplink.status().sinceAckNanos()).isPresent();
            for (int i = 0; i < 5; i++) {
                assertThat(greet(server.address().getPort(), "let me in")).isEqualTo(new EngineCheck.LetIn("library"));
                journal.commit(10);
            }
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertThat(uplink.status().connected()).isTrue();
            assertThat(uplink.status().lastError()).isEmpty();
            assertThat(store.events(Fixture.NOW)).hasSize(150);
            assertThat(left.get()).isLessThanOrEqualTo(5);
        } finally {
            loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                    .syncUninterruptibly();
        }
    }

    @Test
    void nobodyThereIsSaidAtOnce() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(greet(port, ""))
                .isInstanceOfSatisfying(
                        EngineCheck.NotLetIn.class, not -> assertThat(not.why()).contains("refused"));
        assertThat(EngineCheck.greet(
                        new Config.Engine("central", "no-such-host.invalid", 7300, Optional.empty(), "", false),
                        Fixture.IDENTITY,
                        () -> 1L))
                .isInstanceOf(EngineCheck.NotLetIn.class);
    }

    @Test
    void whatHangsUpOrTalksNonsenseIsNoEngine() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket first = other.accept()) {
                    first.getInputStream().read();
                    first.shutdownOutput();
                    try (Socket second = other.accept()) {
                        second.getOutputStream()
                                .write("SSH-2.0-OpenSSH_9.9\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                        second.getInputStream().readAllBytes();
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            assertThat(greet(other.getLocalPort(), "")).isInstanceOf(EngineCheck.NotLetIn.class);
            assertThat(greet(other.getLocalPort(), "")).isInstanceOf(EngineCheck.NotLetIn.class);
        }
    }
}

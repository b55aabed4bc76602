package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.EngineKey;
import org.matgate.protocol.receiver.ReadStreamServer;

/** A box and its engine over TLS, each of them real. */
@Timeout(60)
class UplinkTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeJournal journal = new FakeJournal();
    private final MemoryStore store = new MemoryStore();
    private final EngineKey key = EngineKey.generate();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private ReadStreamServer serve(int port, Optional<EngineKey> own) throws IOException {
        ReadStreamServer.Builder builder = ReadStreamServer.builder(store, () -> 1L)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .engine("library")
                .admission(Admission.token("let me in"));
        own.ifPresent(builder::tls);
        return builder.start();
    }

    private Config.Engine engine(int port, boolean pinned) {
        return new Config.Engine(
                "e", "127.0.0.1", port, pinned ? Optional.of(key.pin()) : Optional.empty(), "let me in", false);
    }

    private Uplink uplink(Config.Engine engine, Duration handshake) {
        return new Uplink(
                engine,
                new Uplink.Shared(Fixture.IDENTITY, journal, loops, Runnable::run, () -> 1L),
                new Random(1),
                UplinkListener.NONE,
                new UplinkSettings(
                        8192,
                        handshake,
                        Duration.ofSeconds(60),
                        Liveness.DEFAULT,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1),
                        Duration.ofMillis(50)));
    }

    private static UplinkStatus await(Uplink uplink, Predicate<UplinkStatus> wanted) throws InterruptedException {
        while (!wanted.test(uplink.status())) {
            Thread.sleep(5);
        }
        return uplink.status();
    }

    private EngineCheck.Result greet(int port, boolean pinned) throws InterruptedException {
        return EngineCheck.greet(engine(port, pinned), Fixture.IDENTITY, () -> 1L);
    }

    @Test
    void anEngineReinstalledIsNotTrustedUntilItsOldKeyIsBack() throws Exception {
        ReadStreamServer server = serve(0, Optional.of(key));
        int port = server.address().getPort();
        try (Uplink uplink = uplink(engine(port, true), Duration.ofSeconds(10))) {
            uplink.start();
            journal.commit(5_000);
            assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
            assertThat(greet(port, true)).isEqualTo(new EngineCheck.LetIn("library"));
            server.close();
            EngineKey other = EngineKey.generate();
            try (ReadStreamServer reinstalled = serve(port, Optional.of(other))) {
                journal.commit(10);
                String why =
                        await(uplink, now -> now.lastError().contains("key")).lastError();
                assertThat(why)
                        .startsWith("the engine's key is " + other.pin() + ", the config says " + key.pin())
                        .contains("enroll again");
                assertThat(greet(port, true)).isEqualTo(new EngineCheck.NotLetIn(why));
                assertThat(reinstalled.counters().welcomes()).isZero();
            }
            try (ReadStreamServer back = serve(port, Optional.of(key))) {
                assertThat(uplink.awaitDelivered(PATIENCE)).isTrue();
                assertThat(back.counters().stored()).isEqualTo(10);
            }
        }
        assertThat(store.events(Fixture.NOW)).hasSize(5_010);
    }

    @Test
    void oneEndWithTlsAndOneWithoutAreToldWhatTheOtherIs() throws Exception {
        try (ReadStreamServer server = serve(0, Optional.of(key))) {
            assertThat(greet(server.address().getPort(), false))
                    .isInstanceOfSatisfying(
                            EngineCheck.NotLetIn.class,
                            not -> assertThat(not.why())
                                    .contains("refused: PROTOCOL, this engine speaks TLS only: enroll the box"));
        }
        try (ReadStreamServer plain = serve(0, Optional.empty())) {
            assertThat(greet(plain.address().getPort(), true))
                    .isEqualTo(new EngineCheck.NotLetIn("the other end does not speak TLS"));
        }
    }

    @Test
    void anEngineThatNeverFinishesItsHandshakeOrSendsGarbageIsLeft() throws Exception {
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine(engine.port(), true), Duration.ofMillis(300))) {
            uplink.start();
            try (RudeEngine.Call silent = engine.accept()) {
                silent.sendRaw(new byte[] {22});
                assertThat(await(uplink, now -> now.failures() >= 1).lastError())
                        .contains("no Welcome within");
            }
        }
        try (RudeEngine engine = new RudeEngine();
                Uplink uplink = uplink(engine(engine.port(), true), Duration.ofSeconds(10))) {
            uplink.start();
            try (RudeEngine.Call garbage = engine.accept()) {
                garbage.sendRaw(new byte[] {22, 3, 3, 0, 4, 1, 2, 3, 4});
                assertThat(await(uplink, now -> now.failures() >= 1).lastError())
                        .startsWith("TLS: ");
            }
        }
    }

    @Test
    void theConfigurationSaysHowAnEngineIsSpokenTo() {
        assertThat(engine(1, true).transport()).isEqualTo("tls");
        assertThat(engine(1, false).transport()).isEqualTo("plain");
        Config.Engine far = new Config.Engine("e", "10.0.0.9", 1, Optional.empty(), "secret", true);
        assertThat(far.transport()).isEqualTo("insecure");
        assertThat(far.exposed()).isTrue();
        assertThat(far.toString()).doesNotContain("secret");
    }
}

package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.uplink.Uplink;
import org.matgate.gateway.uplink.UplinkIdentity;
import org.matgate.gateway.uplink.UplinkListener;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.ReadStreamServer;

/** Real journals in a directory, delivered to the engines' library. */
abstract class EngineCase extends JournalCommandCase {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final HeldEvents store = new HeldEvents();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService disk = Executors.newSingleThreadExecutor();

    EngineCase() {}

    @AfterEach
    void end() {
        disk.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** @param port 0: a free one */
    final ReadStreamServer serve(int port) throws IOException {
        return ReadStreamServer.builder(store, System::nanoTime)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .engine("library")
                .admission(Admission.token("let me in"))
                .start();
    }

    final Uplink uplink(Journal journal, UUID boot, int port) {
        Config.Engine engine = new Config.Engine("central", "localhost", port, Optional.empty(), "let me in", true);
        UplinkIdentity identity = new UplinkIdentity("box", "matgate test", List.of("finish"), boot, false);
        Uplink.Shared shared = new Uplink.Shared(identity, journal, loops, disk, System::nanoTime);
        return new Uplink(engine, shared, new Random(), UplinkListener.NONE);
    }

    /** Guns at these moments, committed. */
    static void commit(Journal journal, UUID boot, int first, int last) throws Exception {
        CountDownLatch left = new CountDownLatch(last - first + 1);
        try (AutoCloseable subscription =
                journal.subscribe((id, entries) -> entries.forEach(one -> left.countDown()))) {
            for (int at = first; at <= last; at++) {
                assertThat(journal.offer(gun(boot, at))).as("%s", subscription).isTrue();
            }
            left.await();
        }
    }
}

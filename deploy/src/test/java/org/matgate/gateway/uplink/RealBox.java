package org.matgate.gateway.uplink;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.Journal;
import org.matgate.protocol.Chip;
import org.matgate.protocol.channel.Liveness;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** A box's journal and uplinks, as the service puts them together, on real files and sockets. */
final class RealBox implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Source SOURCE = new Source("mat", "finish", Source.Line.MAIN);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final Random random = new Random(7);
    private final UUID boot;
    private final Journal journal;
    private final Uplink.Shared shared;
    private long number;

    RealBox(Path directory, String name, UUID boot, String machine) throws IOException {
        this.boot = boot;
        journal = Journal.open(new Journal.Opening(directory, name, boot, machine, 1, Duration.ZERO));
        shared = new Uplink.Shared(
                new UplinkIdentity(name, "matgate test", List.of("finish"), boot, false),
                journal,
                loops,
                disk,
                System::nanoTime);
    }

    JournalId journal() {
        return journal.id();
    }

    /** An uplink that tries often, and notices soon that nothing is heard. */
    Uplink dial(String engine, InetSocketAddress address) {
        Config.Engine configured = new Config.Engine(
                engine, address.getAddress().getHostAddress(), address.getPort(), Optional.empty(), "", true);
        Uplink uplink = new Uplink(
                configured,
                shared,
                random,
                UplinkListener.NONE,
                new UplinkSettings(
                        8192,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        new Liveness(Duration.ofMillis(500), Duration.ofSeconds(3)),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(200)));
        uplink.start();
        return uplink;
    }

    /** So many reads, with times from this one on (UTC, nanoseconds), 20 ms apart. */
    void reads(int count, long utcNanos) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            long at = ++number * 20_000_000L;
            Stamp stamp = new Stamp(boot, at, utcNanos + i * 20_000_000L, 1_000_000, 500_000);
            Event read = new Event.TagRead(
                    stamp,
                    SOURCE,
                    1,
                    new Chip(String.format("E28011606000%012X", random.nextInt(2500))),
                    OptionalInt.of(-5500),
                    ReaderTime.NONE,
                    at + random.nextInt(3_000_000),
                    1);
            while (!journal.offer(read)) {
                Thread.sleep(1);
            }
        }
    }

    /** Waits until so much is on disk. */
    void awaitCommitted(long lastSeq) throws IOException, InterruptedException {
        while (journal.journals().getFirst().lastSeq() < lastSeq) {
            Thread.sleep(10);
        }
    }

    /** Waits until the status is so; the time-out of the test is the bound. */
    static UplinkStatus await(Uplink uplink, Predicate<UplinkStatus> wanted) throws InterruptedException {
        while (!wanted.test(uplink.status())) {
            Thread.sleep(10);
        }
        return uplink.status();
    }

    @Override
    public void close() {
        journal.close();
        disk.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

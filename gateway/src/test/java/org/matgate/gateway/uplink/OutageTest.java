package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.Journal;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.EventStore;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/**
 * An engine that was away for long costs the box no memory. The system property {@code outage} says how many events it
 * misses; a day's million, within the heap of a box: {@code gateway/outage}.
 */
@Timeout(500)
final class OutageTest {
    private static final int MISSED = Integer.getInteger("outage", 60_000);

    /** More than the journal keeps in memory for engines that lag by a moment. */
    private static final int WARM_UP = 20_000;

    /** A read that is kept takes some 250 bytes, and 60,000 of them over twice this; it allows for what is under way. */
    private static final long MOST_MORE_BYTES = 6 << 20;

    private static final int SAMPLES = 4;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final CountingStore store = new CountingStore();
    private long offered;

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        disk.shutdownNow();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void anOutageNeedsNoMoreMemoryThanNone() throws Exception {
        try (Journal journal =
                Journal.open(new Journal.Opening(directory, "box", Fixture.BOOT, "machine", 1, Duration.ZERO))) {
            int port;
            long before;
            Uplink uplink;
            try (ReadStreamServer first = serve(0)) {
                port = first.address().getPort();
                uplink = uplink(journal, port);
                uplink.start();
                offer(journal, WARM_UP);
                store.await(offered);
                before = heldBytes();
            }
            try (uplink) {
                missAndCatchUp(journal, port, before);
            }
        }
    }

    private void missAndCatchUp(Journal journal, int port, long before) throws Exception {
        offer(journal, MISSED);
        while (journal.status().lastSeq() < offered) {
            Thread.sleep(5);
        }
        long away = heldBytes() - before;
        assertThat(store.count()).as("the engine is away").isLessThan(MISSED);
        long delivering;
        try (ReadStreamServer back = serve(port)) {
            delivering = deliver(journal) - before;
            assertThat(back.counters()).isNotNull();
        }
        System.out.printf(
                "FIGURE %d events missed: held more than before %d KB while the engine is away, at most %d KB while they are delivered%n",
                MISSED, away >> 10, delivering >> 10);
        assertThat(away).as("bytes more while the engine is away").isLessThan(MOST_MORE_BYTES);
        assertThat(delivering).as("bytes more while it gets them").isLessThan(MOST_MORE_BYTES);
        assertThat(store.held(journal.id())).isEqualTo(SeqRanges.of(1, offered));
    }

    /** Until the engine has all, what is read meanwhile as well; gives the most that was held on the way. */
    private long deliver(Journal journal) throws InterruptedException {
        long most = 0;
        int samples = 0;
        long next = store.count();
        while (store.count() < offered) {
            offer(journal, 10);
            if (samples < SAMPLES && store.count() > next) {
                most = Math.max(most, heldBytes());
                next += MISSED / (SAMPLES + 1);
                samples++;
            }
            Thread.sleep(2);
        }
        assertThat(samples).as("looks while it was delivered").isGreaterThan(1);
        return most;
    }

    private void offer(Journal journal, int reads) throws InterruptedException {
        for (long end = offered + reads; offered < end; ) {
            if (journal.fillLevel() < 0.2) {
                assertThat(journal.offer(Fixture.entry(NOW, ++offered).event())).isTrue();
            } else {
                Thread.sleep(1);
            }
        }
    }

    /** What is held after a look at what is not: the heap, and buffers beside it. */
    private static long heldBytes() {
        System.gc();
        long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return bytes;
    }

    private ReadStreamServer serve(int port) throws IOException {
        return ReadStreamServer.builder(store, System::nanoTime)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .engine("library")
                .admission(Admission.token("let me in"))
                .start();
    }

    private Uplink uplink(Journal journal, int port) {
        Config.Engine engine = new Config.Engine("e", "localhost", port, Optional.empty(), "let me in", true);
        return new Uplink(
                engine,
                new Uplink.Shared(Fixture.IDENTITY, journal, loops, disk, System::nanoTime),
                new Random(Fixture.seed()),
                UplinkListener.NONE);
    }

    /** Keeps nothing but which it got, each once. */
    private static final class CountingStore implements EventStore {
        private SeqRanges held = SeqRanges.EMPTY;
        private long count;

        @Override
        public synchronized SeqRanges held(JournalId journal) {
            return held;
        }

        @Override
        public synchronized void store(Batch batch, LedgerDelta delta) {
            for (Entry entry : batch.entries()) {
                if (!entry.equals(Fixture.entry(NOW, entry.seq()))) {
                    throw new IllegalStateException("not what was offered: " + entry);
                }
            }
            count += batch.entries().size();
            held = delta.after();
            notifyAll();
        }

        @Override
        public synchronized void forget(LedgerDelta delta) {
            throw new IllegalStateException("nobody asked for that");
        }

        synchronized long count() {
            return count;
        }

        synchronized void await(long events) throws InterruptedException {
            while (count < events) {
                wait();
            }
        }
    }
}

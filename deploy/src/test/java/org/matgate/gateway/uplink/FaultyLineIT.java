package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.simulator.fault.FaultyProxy;

/** A box's uplink and an engine, with a network between them that goes wrong. */
@Timeout(120)
final class FaultyLineIT {
    private static final long TODAY = 1_702_500_000_000_000_000L;

    @TempDir
    private Path directory;

    private RealEngine engine;
    private FaultyProxy proxy;
    private RealBox box;

    @BeforeEach
    void start() throws Exception {
        engine = new RealEngine(directory.resolve("engine.db"), 0, 0);
        proxy = new FaultyProxy(engine.address());
        box = new RealBox(directory.resolve("box"), "finish", new UUID(1, 1), "a");
    }

    @AfterEach
    void stop() throws Exception {
        box.close();
        proxy.close();
        engine.close();
    }

    private void assertDelivered(Uplink uplink, long lastSeq) throws Exception {
        RealBox.await(
                uplink, status -> status.journals().stream().anyMatch(journal -> journal.acknowledged() == lastSeq));
        assertThat(engine.held(box.journal())).isEqualTo(SeqRanges.of(1, lastSeq));
    }

    @Test
    void cutInMidMessageDelayedAndRefused() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FaultyLineIT -Dseed=" + seed);
        Random random = new Random(seed);
        try (Uplink uplink = box.dial("e", proxy.address())) {
            int rounds = 0;
            // How many connections come in that time depends on how long the retries wait, which is left to chance.
            for (int i = 0; i < 12 || proxy.accepted() <= 5; i++) {
                rounds++;
                box.reads(300, TODAY);
                proxy.delay(Duration.ofMillis(random.nextInt(20)));
                proxy.refuse(i % 5 == 4);
                if (i % 3 == 2) {
                    proxy.cut();
                }
                proxy.cutAfter(1 + random.nextInt(4000));
                Thread.sleep(random.nextInt(100));
            }
            proxy.refuse(false);
            assertDelivered(uplink, 300L * rounds);
        }
    }

    @Test
    void aHalfOpenConnectionIsFoundOut() throws Exception {
        try (Uplink uplink = box.dial("e", proxy.address())) {
            box.reads(10, TODAY);
            assertDelivered(uplink, 10);
            proxy.blackHole(true);
            box.reads(500, TODAY);
            assertThat(RealBox.await(uplink, status -> !status.connected()).lastError())
                    .contains("nothing heard");
            proxy.blackHole(false);
            assertDelivered(uplink, 510);
        }
    }

    @Test
    void aConnectionThatIsThereTwiceStoresNothingTwice() throws Exception {
        proxy.copyTo(engine.address());
        try (Uplink uplink = box.dial("e", proxy.address())) {
            box.reads(2000, TODAY);
            // Whichever was heard first is turned away for the other.
            RealBox.await(
                    uplink,
                    status -> status.lastError().contains("SUPERSEDED")
                            || status.journals().stream().anyMatch(each -> each.acknowledged() == 2000));
        }
        proxy.copyTo(null);
        try (Uplink uplink = box.dial("e", proxy.address())) {
            assertDelivered(uplink, 2000);
        }
    }

    @Test
    void anEngineBehindAModemDelaysNobodyElse() throws Exception {
        proxy.baud(9600);
        try (RealEngine other = new RealEngine(directory.resolve("other.db"), 0, 0);
                Uplink slow = box.dial("slow", proxy.address());
                Uplink fast = box.dial("fast", other.address())) {
            box.reads(4000, TODAY);
            RealBox.await(fast, status -> status.journals().stream().anyMatch(each -> each.acknowledged() == 4000));
            assertThat(other.held(box.journal())).isEqualTo(SeqRanges.of(1, 4000));
            assertThat(engine.held(box.journal()).size()).isLessThan(4000);
            RealBox.await(slow, status -> status.journals().stream().anyMatch(each -> each.acknowledged() > 60));
            UplinkStatus status = slow.status();
            assertThat(status.connected()).isTrue();
            assertThat(proxy.accepted()).as("nobody reconnects").isEqualTo(1);
        }
    }

    /** A proof as long as {@code -Dmodem.seconds} says; by default only that it goes. */
    @Test
    void aBacklogShrinksAt9600BaudWhileReadsComeIn() throws Exception {
        long rounds = Long.getLong("modem.seconds", 5) * 2;
        box.reads(100_000, TODAY);
        box.awaitCommitted(100_000);
        proxy.baud(9600);
        try (Uplink uplink = box.dial("e", proxy.address())) {
            RealBox.await(
                    uplink,
                    status -> status.connected() && status.journals().getFirst().acknowledged() > 0);
            long live = 0;
            long worst = 0;
            for (long i = 0; i < rounds; i++) {
                long last = 100_001 + i;
                long asked = System.nanoTime();
                box.reads(1, TODAY);
                while (!engine.store.held(box.journal()).contains(last)) {
                    Thread.sleep(5);
                }
                long took = System.nanoTime() - asked;
                worst = Math.max(worst, took);
                live++;
                Thread.sleep(Math.max(0, 500 - took / 1_000_000));
            }
            UplinkStatus.Delivery delivery = uplink.status().journals().getFirst();
            long past = delivery.acknowledged() - live;
            System.out.printf(
                    "FIGURE modem: %d live reads, the latest after %.2f s; %d of the past meanwhile%n",
                    live, worst / 1e9, past);
            assertThat(past).as("of the past").isPositive();
            assertThat(proxy.accepted()).as("nobody reconnects").isEqualTo(1);
        }
    }
}

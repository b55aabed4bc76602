package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Level;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Stamp;

/** What is heard on a line comes to the journal, whatever goes wrong on the way. */
@Timeout(30)
class EdgeInputTest {
    private static final long MS = 1_000_000L;
    private static final Config.Gpio GPIO = new Config.Gpio(
            Config.Gpio.Driver.GPIOD,
            "gpiochip0",
            Optional.of(new Config.Gpio.TimedPin(
                    "17", Config.Gpio.Edge.RISING, Config.Gpio.Bias.PULL_DOWN, 5_000 * MS, "start")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    private static final Stamper STAMPER = new Stamper() {
        @Override
        public Stamp stamp(long monotonicNanos, long extraUncertaintyNanos) {
            return new Stamp(new UUID(1, 2), monotonicNanos, 0, extraUncertaintyNanos, extraUncertaintyNanos);
        }

        @Override
        public long rawOfMonotonic(long monotonicNanos) {
            return monotonicNanos;
        }

        @Override
        public long monotonicOfRaw(long rawNanos) {
            return rawNanos;
        }

        @Override
        public long bendNanos(long rawNanos) {
            return 0;
        }
    };

    private final BoxClock clock;
    private final BlockingQueue<List<EdgeSource.RawEdge>> played = new LinkedBlockingQueue<>();
    private final List<Event> journal = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger linesClosed = new AtomicInteger();
    private volatile boolean room = true;
    private volatile boolean levelFails;
    private volatile @Nullable Error fault;

    EdgeInputTest() throws Exception {
        clock = BoxClocks.open(Optional.empty());
    }

    /** A chip with one line, on which edges are played. */
    private final class Chip implements EdgeSource {
        private List<RawEdge> next = List.of();
        private final CountDownLatch woken = new CountDownLatch(1);

        @Override
        public Line open(Config.Gpio.TimedPin pin, String consumer) {
            opened.incrementAndGet();
            return new Line() {
                @Override
                public String where() {
                    return "gpiochip0 line 17";
                }

                @Override
                public boolean high() throws PinTrouble {
                    if (levelFails) {
                        throw new PinTrouble("gone", "wait");
                    }
                    return false;
                }

                @Override
                public List<RawEdge> read() {
                    List<RawEdge> edges = next;
                    next = List.of();
                    return edges;
                }

                @Override
                public void close() {
                    linesClosed.incrementAndGet();
                }
            };
        }

        @Override
        public void await(List<Line> lines, long nanos) {
            ready.countDown();
            Error wrong = fault;
            fault = null;
            if (wrong != null) {
                throw wrong;
            }
            try {
                List<RawEdge> edges = played.poll(Math.min(nanos, 20 * MS), TimeUnit.NANOSECONDS);
                next = edges == null ? List.of() : edges;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wake() {
            woken.countDown();
        }

        @Override
        public void close() {
            wake();
        }
    }

    private EdgeInput input() throws InterruptedException {
        EdgeInput input = new EdgeInput(GPIO, Chip::new, clock, STAMPER, event -> {
            synchronized (journal) {
                return room && journal.add(event);
            }
        });
        input.start();
        ready.await();
        return input;
    }

    private static EdgeSource.RawEdge edge(long nanos, boolean high, long sequence) {
        return new EdgeSource.RawEdge(nanos, high, sequence);
    }

    private List<Event> journal() {
        synchronized (journal) {
            return List.copyOf(journal);
        }
    }

    private void untilJournal(int size) throws InterruptedException {
        while (journal().size() < size) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void aGunForWhichThereIsNoRoomIsOfferedUntilItIsTakenAlsoWhenTheServiceStops() throws Exception {
        EdgeInput input = input();
        room = false;
        played.add(List.of(edge(clock.monotonicNanos(), true, 1)));
        while (!input.lines().getFirst().text().contains("1 pulse")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        // Room comes only when the service is already stopping.
        Thread stall = Thread.ofPlatform().start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            room = true;
        });
        input.close();
        stall.join();
        assertThat(journal()).hasSize(1).first().isInstanceOf(Event.Gun.class);
    }

    @Test
    void edgesThatWaitAreReadBeforeALineThatDoesNotAnswerIsGivenBack() throws Exception {
        try (EdgeInput input = input()) {
            TimeUnit.MILLISECONDS.sleep(100);
            long first = clock.monotonicNanos();
            levelFails = true;
            played.add(List.of(edge(first, true, 1)));
            untilJournal(1);
            assertThat(journal().getFirst().stamp().monotonicNanos()).isEqualTo(first);
            while (input.lines().getFirst().level() != Level.FAIL) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(linesClosed.get()).isEqualTo(1);
        }
    }

    @Test
    void anErrorDoesNotEndTheListening() throws Exception {
        try (EdgeInput input = input()) {
            fault = new OutOfMemoryError("played");
            while (opened.get() < 2) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            played.add(List.of(edge(clock.monotonicNanos(), true, 1)));
            untilJournal(1);
            assertThat(input.lines().getFirst().text()).startsWith("gpiochip0 line 17: ready");
            assertThat(linesClosed.get()).isEqualTo(1);
        }
        assertThat(linesClosed.get()).isEqualTo(2);
    }

    @Test
    void edgesMissedInTheBouncingOfOneGunAreNotHeldAgainstTheNext() throws Exception {
        try (EdgeInput input = input()) {
            TimeUnit.MILLISECONDS.sleep(100);
            long first = clock.monotonicNanos() - 20 * MS;
            played.add(List.of(edge(first, true, 1), edge(first + MS, false, 301)));
            untilJournal(1);
            TimeUnit.MILLISECONDS.sleep(150);
            played.add(List.of(edge(clock.monotonicNanos(), true, 302)));
            untilJournal(2);
            Event.Gun next = (Event.Gun) journal().get(1);
            assertThat(next.edgesMissed()).isZero();
            assertThat(next.stamp().uncertaintyNanos()).isEqualTo(TimedPin.KERNEL_UNCERTAINTY_NANOS);
            assertThat(input.lines().getFirst().facts().toString()).contains("\"edges_missed\":299");
        }
    }
}

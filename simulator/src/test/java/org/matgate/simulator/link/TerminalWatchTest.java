package org.matgate.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.simulator.SimClock;

@Timeout(30)
class TerminalWatchTest {
    private static final long MS = 1_000_000;

    private final List<List<Long>> heldBack = new ArrayList<>();
    private long now;
    private boolean written;
    private boolean stuck;

    private final SimClock clock = new SimClock() {
        @Override
        public long monotonicNanos() {
            return now;
        }

        @Override
        public long utcNanos(long monotonicNanos) {
            throw new AssertionError("nobody needs it");
        }
    };

    private final TerminalWatch watch = new TerminalWatch(
            new TerminalWatch.Terminal() {
                @Override
                public void write() {
                    assertThat(written).isFalse();
                    written = true;
                }

                @Override
                public boolean take() {
                    boolean there = written && !stuck;
                    written &= !there;
                    return there;
                }
            },
            clock,
            (from, until) -> heldBack.add(List.of(from / MS, until / MS)));

    private void lookAt(long millis) throws Exception {
        now = millis * MS;
        watch.look();
    }

    @Test
    void whatLiesThereUnseenIsHeldBack() throws Exception {
        lookAt(0);
        lookAt(2);
        lookAt(4);
        stuck = true;
        lookAt(6);
        lookAt(8);
        lookAt(33);
        stuck = false;
        lookAt(35);
        assertThat(heldBack).containsExactly(List.of(4L, 35L));
    }

    @Test
    void aLittleLateIsNot() throws Exception {
        lookAt(0);
        stuck = true;
        lookAt(2);
        stuck = false;
        lookAt(29);
        assertThat(heldBack).isEmpty();
    }

    @Test
    void norIsWhatNobodyAskedFor() throws Exception {
        lookAt(0);
        lookAt(500);
        assertThat(heldBack).isEmpty();
    }

    /** Two of its bytes go through a real terminal, or this never ends. */
    @Test
    void watchesARealTerminal() throws Exception {
        CountDownLatch rounds = new CountDownLatch(1_000);
        SimClock real = SimClock.system();
        SimClock counting = new SimClock() {
            @Override
            public long monotonicNanos() {
                rounds.countDown();
                return real.monotonicNanos();
            }

            @Override
            public long utcNanos(long monotonicNanos) {
                return real.utcNanos(monotonicNanos);
            }
        };
        List<Long> lengths = new ArrayList<>();
        try (TerminalWatch watching = TerminalWatch.start(counting, (from, until) -> lengths.add(until - from))) {
            rounds.await();
            watching.stop();
        }
        assertThat(lengths).allMatch(length -> length >= TerminalWatch.LEAST_NANOS);
    }
}

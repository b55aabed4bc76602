package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.uplink.Fixture.NOW;
import static org.matgate.gateway.uplink.Fixture.YESTERDAY;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.uplink.CommitHandover.Commit;
import org.matgate.protocol.stream.Entry;
import org.slf4j.LoggerFactory;

/** Back-off, hand-over and log. */
@Timeout(10)
final class UplinkPartsTest {
    @Test
    void backsOffFurtherEachTimeWithFullJitter() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), new Random(Fixture.seed()));
        assertThat(backoff.next()).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(backoff.next()).isBetween(Duration.ofMillis(200), Duration.ofMillis(800));
        Duration longest = Duration.ZERO;
        Duration shortest = Duration.ofSeconds(10);
        for (int i = 0; i < 1000; i++) {
            Duration next = backoff.next();
            longest = next.compareTo(longest) > 0 ? next : longest;
            shortest = next.compareTo(shortest) < 0 ? next : shortest;
        }
        assertThat(longest).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
        assertThat(shortest).isBetween(Duration.ofMillis(200), Duration.ofSeconds(1));
        backoff.reset();
        assertThat(backoff.next()).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void handsOverInOrderAndWakesOnce() {
        CommitHandover handover = new CommitHandover();
        List<Entry> first = Fixture.entries(NOW, 1, 2);
        List<Entry> second = Fixture.entries(NOW, 3, 3);
        assertThat(handover.offer(NOW, first)).isTrue();
        assertThat(handover.offer(NOW, second)).isFalse();
        assertThat(handover.take()).containsExactly(new Commit(NOW, 2, first), new Commit(NOW, 3, second));
        assertThat(handover.take()).isEmpty();
        assertThat(handover.offer(NOW, second)).isTrue();
    }

    @Test
    void keepsABoundedNumberOfEventsAndTheLastSeqOfTheRest() {
        CommitHandover handover = new CommitHandover();
        for (long seq = 1; seq <= 100_000; seq += 100) {
            handover.offer(NOW, Fixture.entries(NOW, seq, seq + 99));
        }
        handover.offer(YESTERDAY, Fixture.entries(YESTERDAY, 1, 96));
        handover.offer(YESTERDAY, Fixture.entries(YESTERDAY, 97, 97));
        List<Commit> taken = handover.take();
        assertThat(taken.stream().mapToInt(commit -> commit.entries().size()).sum())
                .isEqualTo(CommitHandover.MOST_EVENTS);
        assertThat(taken).endsWith(new Commit(NOW, 100_000, List.of()), new Commit(YESTERDAY, 97, List.of()));
    }

    @Test
    void saysAFailureOnceAndCountsItsRepeats() {
        Logger logger = (Logger) LoggerFactory.getLogger(Uplink.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            ConnectionLog log = new ConnectionLog("e");
            for (int port = 0; port < 100; port++) {
                log.failed("Connection refused from " + port);
            }
            for (int i = 0; i < 50; i++) {
                log.welcomed("connected");
                log.failed("it hung up");
            }
            log.welcomed("connected");
            log.useful();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "engine e: Connection refused from 0",
                        "engine e: connected (after 99 more failures like the last)",
                        "engine e: it hung up (after 99 more failures like the last)",
                        "engine e: the connection holds (after 49 more failures like the last)");
    }
}

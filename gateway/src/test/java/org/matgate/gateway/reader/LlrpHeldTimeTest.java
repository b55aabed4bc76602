package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.Chip;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpTag;
import org.matgate.protocol.stream.Source;

/** The times of reads around a lost connection, and around a reader's clock that is set: the truth lies within the uncertainty. */
@Timeout(30)
class LlrpHeldTimeTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final LlrpReaderFake reader = new LlrpReaderFake();
    private LlrpSession session = newSession();
    private final List<Long> truths = new ArrayList<>();
    private LlrpTag.Field.Kind base = LlrpTag.Field.Kind.FIRST_SEEN_UTC;
    private long aheadNanos = 3_600 * SECOND;
    private Arrival greeting = new Arrival(0, 0);
    private long answerNanos = MILLI;

    private LlrpSession newSession() {
        return new LlrpSession(
                new Config.Reader(
                        new Source("finish-1", "finish", Source.Line.MAIN),
                        Config.Family.LLRP,
                        new Config.Link.Tcp("192.0.2.1", 5084),
                        List.of(1, 2),
                        Optional.empty(),
                        Optional.empty()),
                clock,
                output);
    }

    private void open(boolean utc) {
        open(utc, 0);
    }

    /** @param lateNanos from when the link was opened, and greeted by, to when the greeting was looked at */
    private void open(boolean utc, long lateNanos) {
        session.opened(clock.monotonicNanos());
        long openedNanos = clock.monotonicNanos();
        long micros = (openedNanos + aheadNanos) / 1_000;
        clock.advance(lateNanos);
        long now = clock.monotonicNanos();
        greeting = new Arrival(openedNanos, now, now);
        say(new LlrpMessage.ReaderEvent(
                7,
                new LlrpEvent.Data(List.of(
                        utc ? new LlrpEvent.UtcTimestamp(micros) : new LlrpEvent.Uptime(micros),
                        new LlrpEvent.ConnectionAttempt(LlrpEvent.ConnectionAttempt.SUCCESS)))));
        Deque<LlrpMessage> coming = new ArrayDeque<>();
        do {
            while (!output.sent.isEmpty()) {
                coming.addAll(reader.answer(output.sent.removeFirst()));
            }
            if (!coming.isEmpty()) {
                clock.advance(answerNanos);
                say(coming.remove());
            }
        } while (!coming.isEmpty() || !output.sent.isEmpty());
    }

    private void say(LlrpMessage message) {
        long now = clock.monotonicNanos();
        session.message(message, greeting.endedNanos() == now ? greeting : new Arrival(now, now));
    }

    /** A chip seen then, by the clock as it was set then, is told now. */
    private void report(long seenNanos, long aheadThen) {
        truths.add(seenNanos);
        say(new LlrpMessage.RoAccessReport(
                9,
                List.of(new LlrpTag.TagReportData(List.of(
                        new LlrpTag.Epc96(new Chip("300000000000000000001545")),
                        new LlrpTag.Field(LlrpTag.Field.Kind.ANTENNA_ID, 2),
                        new LlrpTag.Field(base, (seenNanos + aheadThen) / 1_000))))));
    }

    private void live(int reads, long everyNanos) {
        for (int i = 0; i < reads; i++) {
            clock.advance(everyNanos);
            report(clock.monotonicNanos(), aheadNanos);
        }
    }

    /** Away for a minute, in which chips pass. @return when the minute began */
    private long away() {
        live(100, SECOND / 2);
        session.closed(clock.monotonicNanos());
        long began = clock.monotonicNanos();
        clock.advance(60 * SECOND);
        return began;
    }

    private void everyTruthIsWithinTheUncertainty() {
        assertThat(output.reads).hasSameSizeAs(truths);
        for (int i = 0; i < truths.size(); i++) {
            RecordedOutput.Read read = output.reads.get(i);
            assertThat(Math.abs(read.momentNanos() - truths.get(i)))
                    .as("read %s", i)
                    .isLessThanOrEqualTo(read.uncertaintyNanos());
        }
    }

    @Test
    void neitherASlowReaderNorAPauseMovesWhatWasKept() {
        open(true);
        long began = away();
        answerNanos = 700 * MILLI;
        open(true);
        for (int i = 0; i < 100; i++) {
            clock.advance(i == 50 ? 6 * SECOND : MILLI);
            report(began + i * SECOND / 2, aheadNanos);
        }
        live(10, SECOND / 10);
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads).allMatch(read -> read.uncertaintyNanos() <= SECOND / 4 + 10 * MILLI);
    }

    @Test
    void whatWasSeenWhileASlowStartAskedItsQuestionsIsNotThoughtToBeSeenAfterThem() {
        open(true);
        live(20, SECOND / 20);
        session.closed(clock.monotonicNanos());
        clock.advance(5 * SECOND);
        // Another process, which is slow at first and knows nothing of the reader's clock.
        session = newSession();
        answerNanos = 20 * MILLI;
        long began = clock.monotonicNanos();
        open(true, 70 * MILLI);
        long seen = (clock.monotonicNanos() - began) / MILLI;
        int before = output.reads.size();
        for (long at = 1; at < seen; at += 2) {
            report(began + at * MILLI, aheadNanos);
        }
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads.subList(before, output.reads.size()))
                .allMatch(read -> read.uncertaintyNanos() <= 80 * MILLI);
    }

    @Test
    void aClockSetForwardsWhileAwayLeavesWhatWasKeptInDoubt() {
        setWhileAway(10 * SECOND);
    }

    @Test
    void aClockSetBackWhileAwayIsNotRelied() {
        setWhileAway(-10 * SECOND);
        whatIsSeenAfterwardsIsKnown();
    }

    @Test
    void aClockSetBackALittleWhileAwayIsNotRelied() {
        setWhileAway(-200 * MILLI);
        whatIsSeenAfterwardsIsKnown();
    }

    private void whatIsSeenAfterwardsIsKnown() {
        assertThat(output.reads.subList(200, 300)).allMatch(read -> read.uncertaintyNanos() < 100 * MILLI);
    }

    @Test
    void whatWasKeptMayBeOffByWhatWasSlewedMeanwhile() {
        open(true);
        long began = away();
        open(true);
        report(began, aheadNanos);
        clock.bendNanos = 30 * MILLI;
        report(began, aheadNanos);
        List<RecordedOutput.Read> kept = output.reads.subList(output.reads.size() - 2, output.reads.size());
        assertThat(kept.get(1).uncertaintyNanos() - kept.get(0).uncertaintyNanos())
                .isEqualTo(30 * MILLI);
    }

    private void setWhileAway(long byNanos) {
        open(true);
        long began = away();
        long before = aheadNanos;
        aheadNanos += byNanos;
        open(true);
        for (int i = 0; i < 100; i++) {
            clock.advance(MILLI);
            report(began + i * SECOND / 2, i < 50 ? before : aheadNanos);
        }
        live(100, SECOND / 2);
        everyTruthIsWithinTheUncertainty();
    }

    @Test
    void aClockSetBackInAQuietHourIsNotRelied() {
        open(true);
        live(1, SECOND);
        clock.advance(3_600 * SECOND);
        aheadNanos -= 10 * SECOND;
        live(100, SECOND / 2);
        everyTruthIsWithinTheUncertainty();
    }

    @Test
    void aClockSetBackALittleIsFollowed() {
        open(true);
        live(100, SECOND / 2);
        aheadNanos -= 800 * MILLI;
        live(100, SECOND / 10);
        everyTruthIsWithinTheUncertainty();
    }

    @Test
    void aReaderThatLearntTheTimeWhileAwayKeptByItsUptime() {
        base = LlrpTag.Field.Kind.FIRST_SEEN_UPTIME;
        long uptimeAhead = aheadNanos;
        open(false);
        long began = away();
        aheadNanos += 1_000_000 * SECOND;
        open(true);
        for (int i = 0; i < 100; i++) {
            clock.advance(MILLI);
            report(began + i * SECOND / 2, uptimeAhead);
        }
        base = LlrpTag.Field.Kind.FIRST_SEEN_UTC;
        live(20, SECOND / 2);
        everyTruthIsWithinTheUncertainty();
    }

    @Test
    void theFirstReadsAfterTheStartOfTheServiceAreKnownByTheAnswersBeforeThem() {
        answerNanos = 4 * MILLI;
        open(true);
        live(5, 3 * MILLI);
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads).allMatch(read -> read.uncertaintyNanos() < 80 * MILLI);
        live(150, 10 * MILLI);
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads.getLast().uncertaintyNanos()).isLessThan(10 * MILLI);
    }
}

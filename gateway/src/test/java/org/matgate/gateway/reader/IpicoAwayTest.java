package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

/** An IPICO reader without power, or behind a cable that is out, while its port stays. */
@Timeout(30)
class IpicoAwayTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final ManualClock clock = new ManualClock();
    private final RecordedOutput output = new RecordedOutput();
    private final IpicoSession session = new IpicoSession("start-1", clock, output);
    private final IpicoFake reader = new IpicoFake(clock);
    private final List<Long> truths = new ArrayList<>();
    private boolean there = true;
    private boolean takesModes = true;
    private int heard;

    private void open() {
        session.opened(clock.monotonicNanos());
    }

    private void reopen() {
        session.closed(clock.monotonicNanos());
        clock.advance(SECOND / 5);
        open();
    }

    /** The reader, if it is there, answers within 4 ms. */
    private void pass(long nanos) {
        long until = clock.monotonicNanos() + nanos;
        while (clock.monotonicNanos() < until) {
            clock.advance(2 * MILLI);
            if (output.sent.size() > heard) {
                byte[] command = output.sent.get(heard++);
                if (there && (takesModes || !IpicoFake.text(command).equals(IpicoFake.RAW))) {
                    IpicoMessage.Control answer = reader.answer(command);
                    clock.advance(2 * MILLI);
                    say(answer);
                }
            }
            if (clock.monotonicNanos() / MILLI % 50 < 2) {
                session.tick(clock.monotonicNanos());
            }
        }
    }

    private void say(ReaderMessage message) {
        session.message(message, new Arrival(clock.monotonicNanos(), clock.monotonicNanos()));
    }

    private void chip() {
        truths.add(clock.monotonicNanos());
        say(reader.sees());
    }

    private void chips(int number, long everyNanos) {
        for (int i = 0; i < number; i++) {
            pass(everyNanos);
            chip();
        }
    }

    /** What was asked since then. */
    private List<String> asked(int since) {
        return output.sent.subList(since, output.sent.size()).stream()
                .map(IpicoFake::text)
                .toList();
    }

    private void toldUnheard(long fromNanos, long untilNanos) {
        assertThat(output.unheard).anySatisfy(span -> {
            assertThat(span.fromNanos()).isLessThanOrEqualTo(fromNanos);
            assertThat(span.untilNanos()).isGreaterThanOrEqualTo(untilNanos);
        });
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
    void aPortAloneIsNoReader() {
        open();
        pass(20 * SECOND);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        there = false;
        pass(20 * SECOND);
        assertThat(output.reconnects).containsExactly("no sign of life for 15 s");
        output.unheard.clear();
        for (int i = 2; i < 5; i++) {
            reopen();
            say(new IpicoMessage.Blank());
            pass(60 * SECOND);
            assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.CONFIGURING);
            assertThat(output.reconnects).hasSize(i);
        }
        reopen();
        pass(10 * SECOND);
        there = true;
        int before = output.sent.size();
        pass(5 * SECOND);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(asked(before))
                .as("it was not there when the link was opened")
                .contains(IpicoFake.RAW);
        assertThat(output.unheard).as("the outage tells of it").isEmpty();
    }

    @Test
    void whoHasNeverSaidAnythingIsNotVouchedFor() {
        there = false;
        long opened = clock.monotonicNanos();
        open();
        pass(3_600 * SECOND);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.DEGRADED);
        assertThat(output.lastPhase().detail()).contains("has said nothing yet");
        assertThat(output.reconnects).as("its line may go one way only").isEmpty();
        assertThat(output.unheard).isEmpty();
        there = true;
        pass(6 * SECOND);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        toldUnheard(opened, opened + 3_600 * SECOND);
    }

    @Test
    void whoSaidNothingToTheEndMayNotHaveBeenThere() {
        there = false;
        long opened = clock.monotonicNanos();
        open();
        pass(60 * SECOND);
        session.stop(clock.monotonicNanos());
        toldUnheard(opened, clock.monotonicNanos());
    }

    @Test
    void aLookMissesNothing() {
        output.looksOnly = true;
        there = false;
        open();
        chips(2, 20 * SECOND);
        session.stop(clock.monotonicNanos());
        assertThat(output.unheard).isEmpty();
    }

    @Test
    void aLineThatGoesOneWayHasNoGapsOnceItWasHeard() {
        there = false;
        open();
        chips(3, 20 * SECOND);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
        assertThat(output.unheard).as("until the first chip").hasSize(1);
    }

    @Test
    void aReaderThatWasWithoutPowerIsAskedAnewAndItsGapTold() {
        open();
        pass(20 * SECOND);
        there = false;
        long gone = clock.monotonicNanos();
        pass(11 * SECOND);
        there = true;
        int before = output.sent.size();
        long back = clock.monotonicNanos();
        pass(6 * SECOND);
        assertThat(output.reconnects).isEmpty();
        toldUnheard(gone, back);
        assertThat(asked(before)).contains(IpicoFake.RAW);
        assertThat(asked(before).size())
                .as("the turns of its seconds are watched")
                .isGreaterThan(10);
    }

    @Test
    void aChipThatPassesBeforeTheQuestionIsGivenUpDoesNotHideTheGap() {
        open();
        pass(20 * SECOND);
        there = false;
        long gone = clock.monotonicNanos();
        int before = output.sent.size();
        while (output.sent.size() == before) {
            pass(10 * MILLI);
        }
        pass(SECOND);
        before = output.sent.size();
        there = true;
        chip();
        long back = clock.monotonicNanos();
        pass(SECOND / 2);
        chip();
        pass(3 * SECOND);
        toldUnheard(gone, back);
        assertThat(asked(before)).contains(IpicoFake.RAW);
    }

    @Test
    void anAnswerLostAmongLinesIsNoGap() {
        open();
        pass(20 * SECOND);
        there = false;
        int before = output.sent.size();
        chips(200, SECOND / 10);
        assertThat(asked(before)).isNotEmpty().containsOnly(IpicoFake.CLOCK);
        assertThat(output.unheard).isEmpty();
        assertThat(output.reconnects).isEmpty();
    }

    @Test
    void aModeThatWasNotTakenIsAskedForOnceMore() {
        takesModes = false;
        open();
        pass(20 * SECOND);
        assertThat(asked(0))
                .as("when the link opens, when it has been heard, and once more")
                .filteredOn(IpicoFake.RAW::equals)
                .hasSize(3);
        assertThat(output.lastPhase().phase()).isEqualTo(ReaderPhase.READING);
    }

    /** Nobody asked while it was without power. */
    @ParameterizedTest
    @CsvSource({"800, 0", "3000, 5000", "800, 4000"})
    void aClockSetBackALittleIsFollowed(long backMillis, long quietMillis) {
        open();
        chips(100, SECOND / 2);
        pass(quietMillis * MILLI);
        reader.aheadMicros -= 1_000 * backMillis;
        chips(400, SECOND / 10);
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads.getLast().uncertaintyNanos()).isLessThan(50 * MILLI);
    }

    @ParameterizedTest
    @CsvSource({"150", "600", "-150", "-600", "4000", "-4000"})
    void aClockThatLostTimeWithItsPowerIsNotRelied(long backMillis) {
        open();
        chips(100, SECOND / 2);
        there = false;
        pass(10 * SECOND);
        reader.aheadMicros -= 1_000 * backMillis;
        there = true;
        chips(400, SECOND / 10);
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads.getLast().uncertaintyNanos()).isLessThan(50 * MILLI);
    }

    @Test
    void anotherLinkLeavesTheClockKnown() {
        open();
        chips(100, SECOND / 2);
        reopen();
        chips(20, SECOND / 10);
        everyTruthIsWithinTheUncertainty();
        assertThat(output.reads).allMatch(read -> read.uncertaintyNanos() < SECOND / 2);
        assertThat(output.reads.subList(100, 120)).allMatch(read -> read.uncertaintyNanos() < 50 * MILLI);
    }

    @Test
    void theGapOfACableThatIsOutReachesToTheFirstAnswer() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        IpicoFake far = new IpicoFake(bench.clock);
        for (int i = 0; i < 12; i++) {
            bench.link(0)
                    .answers(command -> {
                        long now = bench.clock.monotonicNanos();
                        boolean out = now >= bench.ms(20_000) && now < bench.ms(100_000);
                        return out ? List.of() : List.of(far.answer(command).encode());
                    })
                    .runs(bench.ms(115_000), bench::stop);
        }
        bench.run();
        List<Gap> gaps = bench.gaps(Gap.Cause.NOT_LISTENING);
        assertThat(gaps.getLast().fromMonotonicNanos()).isLessThanOrEqualTo(bench.ms(20_000));
        assertThat(gaps.getLast().untilMonotonicNanos()).isBetween(bench.ms(100_000), bench.ms(106_000));
        assertThat(bench.states())
                .extracting(state -> state.phase())
                .containsSubsequence(ReaderPhase.READING, ReaderPhase.RECOVERING, ReaderPhase.READING)
                .endsWith(ReaderPhase.READING, ReaderPhase.STOPPED);
        assertThat(bench.states().stream().filter(state -> state.phase() == ReaderPhase.READING))
                .as("not in between")
                .allMatch(state -> state.stamp().monotonicNanos() < bench.ms(35_000)
                        || state.stamp().monotonicNanos() > bench.ms(100_000));
    }
}

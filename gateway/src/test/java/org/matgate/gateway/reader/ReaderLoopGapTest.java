package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.reader.Frames.BAD_LINE;
import static org.matgate.gateway.reader.Frames.LINE;
import static org.matgate.gateway.reader.Frames.SERIAL_BYTE;
import static org.matgate.gateway.reader.Frames.cycleEnd;
import static org.matgate.gateway.reader.Frames.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

@Timeout(60)
class ReaderLoopGapTest {
    @Test
    void aFirstStartTellsOfNoGap() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        bench.link(0).bytes(bench.ms(100), LINE).runs(bench.ms(200), bench::stop);
        bench.run();
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .containsExactly(ReaderPhase.CONFIGURING, ReaderPhase.READING, ReaderPhase.STOPPED);
        assertThat(bench.states()).allSatisfy(state -> assertThat(state.gaps()).isEmpty());
    }

    @Test
    void aRestartTellsSinceWhenNobodyListened() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        bench.lostSince = OptionalLong.of(bench.start - 5_000 * LoopBench.MILLI);
        bench.fails("refused").link(0).bytes(bench.ms(1_000), LINE).runs(bench.ms(10_000), bench::stop);
        bench.run();
        List<Gap> gaps = bench.gaps(Gap.Cause.NOT_LISTENING);
        assertThat(gaps)
                .as("at the first failure, with the port, and in full at the end")
                .hasSize(3);
        assertThat(gaps.getFirst().fromMonotonicNanos())
                .as("with what was not yet told")
                .isEqualTo(bench.start - 6_050 * LoopBench.MILLI);
        assertThat(gaps.getLast().fromMonotonicNanos())
                .isEqualTo(gaps.getFirst().fromMonotonicNanos());
        assertThat(gaps.getLast().untilMonotonicNanos()).isGreaterThanOrEqualTo(bench.ms(1_000));
        assertThat(gaps.getFirst().fromUtcNanos())
                .isEqualTo(gaps.getFirst().fromMonotonicNanos() + ManualClock.UTC_OFFSET);
    }

    @Test
    void aPortThatIsMissingIsToldOnceAndTriedEverMoreSlowly() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        for (int i = 0; i < 40; i++) {
            bench.fails("no such port /dev/ttyUSB0");
        }
        bench.link(0).runs(bench.start + 500_000 * LoopBench.MILLI, bench::stop);
        bench.run();
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .containsExactly(
                        ReaderPhase.FINDING, ReaderPhase.CONFIGURING, ReaderPhase.DEGRADED, ReaderPhase.STOPPED);
        assertThat(bench.gaps(Gap.Cause.NOT_LISTENING).getFirst().fromMonotonicNanos())
                .isLessThanOrEqualTo(bench.start);
        assertThat(bench.gaps(Gap.Cause.NOT_LISTENING).getLast().untilMonotonicNanos())
                .as("nothing was ever heard")
                .isGreaterThanOrEqualTo(bench.ms(500_000));
        assertThat(bench.waits.getFirst()).isBetween(100 * LoopBench.MILLI, 200 * LoopBench.MILLI);
        assertThat(bench.waits).allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(5_000 * LoopBench.MILLI));
        assertThat(bench.waits.subList(10, 40))
                .allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(2_500 * LoopBench.MILLI));
    }

    @Test
    void aBrokenLinkIsOpenedAgainAndTheGapTold() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        bench.link(0).bytes(bench.ms(100), LINE).breaks(bench.ms(1_000), "the reader hung up");
        bench.fails("refused").fails("refused");
        bench.link(0).bytes(bench.ms(3_000), LINE).runs(bench.ms(4_000), bench::stop);
        bench.run();
        assertThat(bench.reads()).hasSize(2);
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .containsExactly(
                        ReaderPhase.CONFIGURING,
                        ReaderPhase.READING,
                        ReaderPhase.RECOVERING,
                        ReaderPhase.FINDING,
                        ReaderPhase.CONFIGURING,
                        ReaderPhase.READING,
                        ReaderPhase.STOPPED);
        assertThat(bench.states().get(2).detail()).isEqualTo("the reader hung up");
        Gap gap = bench.gaps(Gap.Cause.NOT_LISTENING).getLast();
        assertThat(gap.fromMonotonicNanos()).isBetween(bench.ms(-50), bench.ms(100));
        assertThat(gap.untilMonotonicNanos()).isEqualTo(bench.ms(3_000));
    }

    @Test
    void damagedFramesLieWithinGapsThatAreToldOnceASecond() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        ScriptedLink link = bench.link(0);
        List<Long> damaged = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long at = bench.ms(1_000 + 50L * i);
            link.bytes(at, i % 5 == 3 ? BAD_LINE : LINE);
            if (i % 5 == 3) {
                damaged.add(at);
            }
        }
        link.runs(bench.ms(8_000), bench::stop);
        bench.run();
        List<Gap> gaps = bench.gaps(Gap.Cause.BAD_FRAME);
        assertThat(gaps).hasSizeBetween(5, 6);
        assertThat(gaps.stream().mapToLong(Gap::count).sum()).isEqualTo(20);
        assertThat(damaged)
                .allSatisfy(at -> assertThat(gaps).anySatisfy(gap -> {
                    assertThat(gap.fromMonotonicNanos()).isLessThan(at);
                    assertThat(gap.untilMonotonicNanos()).isGreaterThanOrEqualTo(at);
                }));
        assertThat(bench.reads()).hasSize(80);
        assertThat(bench.states().get(2).detail()).contains("1 damaged frames", "BAD_CHECKSUM");
    }

    /** The frame before it tells no better than the host when it came. */
    @Test
    void aDamagedFrameThatWaitedForALateHostLiesWithinItsGap() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        long damaged = bench.ms(1_150);
        bench.link(0)
                .bytes(bench.ms(1_000), LINE)
                .runs(bench.ms(1_050), () -> bench.clock.advance(850_000_000L))
                .bytes(bench.ms(1_100), LINE)
                .bytes(damaged, BAD_LINE)
                .runs(bench.ms(3_000), bench::stop);
        bench.run();
        Gap gap = bench.gaps(Gap.Cause.BAD_FRAME).getFirst();
        assertThat(gap.fromMonotonicNanos()).isBetween(bench.ms(900), damaged);
        assertThat(gap.untilMonotonicNanos()).isGreaterThan(damaged);
    }

    @Test
    void noiseIsCountedInBytes() {
        LoopBench bench = LoopBench.mercury();
        ModuleFake module = new ModuleFake();
        bench.link(SERIAL_BYTE)
                .answers(module::answer)
                .bytes(bench.ms(500), Bytes.hex("0102030405"), cycleEnd())
                .runs(bench.ms(900), bench::stop);
        bench.run();
        assertThat(bench.gaps(Gap.Cause.BYTES_SKIPPED)).hasSize(1);
        assertThat(bench.gaps(Gap.Cause.BYTES_SKIPPED).getFirst().count()).isEqualTo(5);
    }

    @Test
    void aFullIntakeIsToldAsSoonAsThereIsRoom() {
        LoopBench bench = LoopBench.ipicoOnSerial();
        ScriptedLink link = bench.link(0);
        bench.room = event ->
                bench.clock.monotonicNanos() < bench.ms(1_000) || bench.clock.monotonicNanos() >= bench.ms(3_000);
        for (int i = 0; i < 50; i++) {
            link.bytes(bench.ms(10 + 100L * i), i == 22 ? BAD_LINE : LINE);
        }
        link.runs(bench.ms(6_000), bench::stop);
        bench.run();
        List<Gap> gaps = bench.gaps(Gap.Cause.INTAKE_FULL);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().count()).isEqualTo(19);
        assertThat(gaps.getFirst().fromMonotonicNanos()).isLessThanOrEqualTo(bench.ms(1_010));
        assertThat(gaps.getFirst().untilMonotonicNanos()).isBetween(bench.ms(2_910), bench.ms(3_100));
        assertThat(bench.gaps(Gap.Cause.BAD_FRAME)).hasSize(1);
        assertThat(bench.reads()).hasSize(30);
        assertThat(bench.loop().readsLost()).isEqualTo(19);
        assertThat(bench.loop().reads()).isEqualTo(30);
    }

    @Test
    void whatASilentLineLeftUnfinishedDoesNotSwallowTheNextFrame() {
        List<Event.TagRead> readsInTime = new ArrayList<>();
        LoopBench bench = LoopBench.mercury();
        ModuleFake module = new ModuleFake();
        bench.link(SERIAL_BYTE)
                .answers(module::answer)
                .bytes(bench.ms(400), cycleEnd())
                .bytes(bench.ms(500), Bytes.hex("FF F0 22 04 00"))
                .bytes(bench.ms(1_400), tag(7, 900))
                .runs(bench.ms(1_450), () -> readsInTime.addAll(bench.reads()))
                .runs(bench.ms(1_460), bench::stop);
        bench.run();
        assertThat(readsInTime).hasSize(1);
        assertThat(bench.reads().getFirst().arrivalMonotonicNanos()).isEqualTo(bench.ms(1_400));
        assertThat(bench.gaps(Gap.Cause.BYTES_SKIPPED)).hasSize(1);
    }

    @Test
    void aReaderThatNeverAnswersIsToldOnce() {
        LoopBench bench = LoopBench.mercury();
        for (int i = 0; i < 10; i++) {
            bench.link(Frames.SERIAL_BYTE);
        }
        bench.run();
        assertThat(bench.opened).isEqualTo(11);
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .startsWith(ReaderPhase.CONFIGURING, ReaderPhase.RECOVERING)
                .hasSizeLessThanOrEqualTo(4);
        assertThat(bench.states().get(1).detail()).startsWith("asking for the version: no answer to 3 tries");
    }

    /** The module does not read while it says which antennas are there; with one missing that is asked now and then. */
    @Test
    void aLookAtTheAntennasIsAGapAsLongAsItLasted() {
        LoopBench bench = LoopBench.mercury();
        ModuleFake module = new ModuleFake();
        module.ports = List.of(new MercuryMessage.Port(1, false));
        ScriptedLink link = bench.link(0).answers(module::answer);
        for (int i = 0; i < 40; i++) {
            link.bytes(bench.ms(500 + 1_000L * i), cycleEnd());
        }
        link.runs(bench.ms(40_000), bench::stop);
        bench.run();
        assertThat(bench.gaps(Gap.Cause.NOT_LISTENING)).singleElement().satisfies(gap -> {
            assertThat(gap.fromMonotonicNanos()).isBetween(bench.ms(30_000), bench.ms(30_200));
            assertThat(gap.untilMonotonicNanos() - gap.fromMonotonicNanos())
                    .isBetween(4 * LoopBench.MILLI, 100 * LoopBench.MILLI);
        });
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .containsExactly(
                        ReaderPhase.CONFIGURING, ReaderPhase.READING, ReaderPhase.READING, ReaderPhase.STOPPED);
        assertThat(bench.states().get(2).detail()).contains("to see which antennas are there");
    }

    /** Closing its link would lose all that waits in it. */
    @Test
    void aReaderThatWasNotListenedToForLongHasNotBeenSilent() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        bench.intakeFill = () -> {
            long now = bench.clock.monotonicNanos();
            return now >= bench.ms(2_000) && now < bench.ms(40_000) ? 0.9 : 0;
        };
        ScriptedLink link = bench.link(0);
        IpicoFake reader = new IpicoFake(bench.clock);
        link.answers(command -> List.of(reader.answer(command).encode()));
        for (int i = 0; i < 300; i++) {
            link.bytes(bench.ms(3_000 + 100L * i), LINE);
        }
        link.runs(bench.ms(41_000), bench::stop);
        bench.run();
        assertThat(bench.reads()).hasSize(300);
        assertThat(bench.opened).isEqualTo(1);
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .containsExactly(ReaderPhase.CONFIGURING, ReaderPhase.READING, ReaderPhase.STOPPED);
    }
}

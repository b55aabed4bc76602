package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Chip;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.r2000.R2000Tag;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.link.PacedWriter;
import org.matgate.simulator.reader.WireLog.Fate;

@Timeout(30)
class WitnessTest {
    private final List<Fate> told = new ArrayList<>();
    private final Witness witness = on(false);

    private Witness on(boolean network) {
        return new Witness("finish", (read, sent, fate) -> told.add(fate), new Tally(), R2000Parser::new, network);
    }

    private static Outgoing tag(int number) {
        TagReport report =
                new TagReport(new Chip(String.format("%024X", number)), 1, OptionalInt.of(-6000), ReaderTime.NONE, 1);
        byte[] frame = R2000Tag.encode(1, 0x8B, report, 3, OptionalInt.empty());
        Sighting sighting = new Sighting(1, report.chip(), 1, -6000);
        return Outgoing.reads(frame, List.of(new Outgoing.Read(sighting, report)));
    }

    private static byte[] cut(Outgoing tag, int bytes) {
        return Arrays.copyOf(tag.frame(), tag.frame().length - bytes);
    }

    private void goesOut(Outgoing tag, byte[] wire, long nanos) {
        goesOut(witness, tag, wire, nanos);
    }

    private static void goesOut(Witness witness, Outgoing tag, byte[] wire, long nanos) {
        witness.reads(tag, wire, 0, new PacedWriter.Sent(nanos, nanos, true, true));
    }

    /** A read without its last two bytes, for which the next frame's first two are taken; those make the checksum hold, or not. */
    private static Outgoing withItsEndCut(boolean checksumHolds) {
        byte[] next = tag(1).frame();
        return IntStream.range(2, 258)
                .mapToObj(WitnessTest::tag)
                .filter(tag -> {
                    ByteArrayOutputStream wire = new ByteArrayOutputStream();
                    wire.writeBytes(cut(tag, 2));
                    wire.writeBytes(next);
                    List<TagReport> heard =
                            Heard.in(wire.toByteArray(), new R2000Parser()).reports();
                    return heard.stream().noneMatch(report -> report.chip().equals(new Chip(String.format("%024X", 1))))
                            == checksumHolds;
                })
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNotDamagedIsToldAtOnce() {
        goesOut(tag(1), tag(1).frame(), 0);
        assertThat(told).containsExactly(Fate.WHOLE);
        assertThat(witness.undecided()).isFalse();
    }

    @Test
    void aDamagedFrameWhoseChecksumHoldsSwallowsTheNext() {
        Outgoing first = withItsEndCut(true);
        goesOut(first, cut(first, 2), 0);
        assertThat(told).isEmpty();
        assertThat(witness.undecided()).isTrue();
        goesOut(tag(1), tag(1).frame(), 1);
        goesOut(tag(500), tag(500).frame(), 2);
        // The host hears of one read instead of the two, so that one can be altered and no more.
        assertThat(told).containsExactly(Fate.UNDETECTABLE, Fate.SWALLOWED, Fate.WHOLE);
        assertThat(witness.undecided()).isFalse();
    }

    @Test
    void whereTheChecksumShowsItTheNextFrameIsFoundWhole() {
        Outgoing first = withItsEndCut(false);
        goesOut(first, cut(first, 2), 0);
        goesOut(tag(1), tag(1).frame(), 1);
        assertThat(told).containsExactly(Fate.DAMAGED, Fate.WHOLE);
    }

    @Test
    void aFrameThatIsNoReadSwallowsTooAndWhoListensAnewBeginsAnew() {
        Outgoing first = withItsEndCut(true);
        witness.other(first.frame(), cut(first, 2), 0);
        goesOut(tag(1), tag(1).frame(), 1);
        witness.decide();
        assertThat(told).containsExactly(Fate.UNDETECTABLE);
        witness.other(first.frame(), cut(first, 2), 2);
        witness.decide();
        goesOut(tag(1), tag(1).frame(), 3);
        assertThat(told).containsExactly(Fate.UNDETECTABLE, Fate.WHOLE);
    }

    @Test
    void nobodyWaitsForTheRestOfAFrameForLong() {
        Outgoing first = withItsEndCut(true);
        goesOut(first, cut(first, 2), 0);
        witness.advance(Witness.PATIENCE_NANOS);
        assertThat(told).isEmpty();
        witness.advance(Witness.PATIENCE_NANOS + 1);
        assertThat(told).containsExactly(Fate.DAMAGED);
    }

    /** Some hosts give up the first frame by then, and hear the next one; what they hold, and what not, is right. */
    @Test
    void afterAPauseNobodyKnowsWhetherTheNextFrameIsSwallowed() {
        Outgoing first = withItsEndCut(true);
        goesOut(first, cut(first, 2), 0);
        goesOut(tag(1), tag(1).frame(), Witness.PAUSE_NANOS + 1);
        goesOut(tag(500), tag(500).frame(), Witness.PAUSE_NANOS + 2);
        assertThat(told).containsExactly(Fate.UNDETECTABLE, Fate.UNDETECTABLE, Fate.WHOLE);
        goesOut(first, cut(first, 2), 0);
        goesOut(tag(1), tag(1).frame(), Witness.PAUSE_NANOS);
        assertThat(told.subList(3, 5)).containsExactly(Fate.UNDETECTABLE, Fate.SWALLOWED);
    }

    @Test
    void afterAPauseWhatTheChecksumShowsIsAsPlain() {
        Outgoing first = withItsEndCut(false);
        goesOut(first, cut(first, 2), 0);
        goesOut(tag(1), tag(1).frame(), Witness.PAUSE_NANOS + 1);
        assertThat(told).containsExactly(Fate.DAMAGED, Fate.WHOLE);
    }

    /** There half a frame stays half a frame for as long as there is a connection. */
    @Test
    void onANetworkNoPauseEndsAFrame() {
        Witness network = on(true);
        Outgoing first = withItsEndCut(true);
        goesOut(network, first, cut(first, 2), 0);
        network.advance(Witness.PATIENCE_NANOS);
        assertThat(network.undecided()).isTrue();
        network.advance(Witness.PATIENCE_NANOS + 1);
        assertThat(told).as("it is not waited for").containsExactly(Fate.UNDETECTABLE);
        assertThat(network.undecided()).isFalse();
        goesOut(network, tag(1), tag(1).frame(), 4 * Witness.PATIENCE_NANOS);
        goesOut(network, tag(500), tag(500).frame(), 4 * Witness.PATIENCE_NANOS + 1);
        assertThat(told).containsExactly(Fate.UNDETECTABLE, Fate.UNDETECTABLE, Fate.WHOLE);
        goesOut(network, tag(501), tag(501).frame(), 5 * Witness.PATIENCE_NANOS);
        assertThat(told).endsWith(Fate.WHOLE).hasSize(4);
    }

    @Test
    void whatNobodyHeardIsToldAfterAllBefore() {
        Outgoing first = withItsEndCut(true);
        goesOut(first, cut(first, 2), 0);
        witness.reads(tag(1), tag(1).frame(), 0, new PacedWriter.Sent(1, 1, false, false));
        assertThat(told).containsExactly(Fate.DAMAGED, Fate.NOT_LISTENING);
    }
}

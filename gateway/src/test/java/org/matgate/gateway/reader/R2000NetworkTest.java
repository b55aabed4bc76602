package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.stream.Event.TagRead;

/** The times of a module behind a network that loses packets. */
@Timeout(30)
class R2000NetworkTest {
    private static final byte[] TAG = Bytes.hex("A013018A8C3000300833B2DDD901400000000137BA");
    private static final byte[] END =
            new R2000Message.RoundEnd(R2000Command.SESSION_INVENTORY, 1, 5, 5).encode(R2000Addressed.USUAL);

    private final LoopBench bench = LoopBench.r2000OnTcp();
    private final R2000Fake module = new R2000Fake();
    private final ScriptedLink link = bench.link(0)
            .answers(bytes -> module.answer(bytes).stream()
                    .map(reply -> reply.encode(R2000Addressed.USUAL))
                    .toList());
    private final List<Long> truths = new ArrayList<>();

    /** Seen at these moments, told at that one in one piece. */
    private void told(long atMillis, long... seenMillis) {
        byte[][] parts = new byte[seenMillis.length][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = TAG;
            truths.add(bench.ms(seenMillis[i]));
        }
        link.bytes(bench.ms(atMillis), parts);
    }

    private List<Long> uncertaintiesOfTrueReads(long untilMillis) {
        link.runs(bench.ms(untilMillis), bench::stop);
        bench.run();
        List<TagRead> reads = bench.reads();
        assertThat(reads).hasSameSizeAs(truths);
        List<Long> uncertainties = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            long uncertainty = reads.get(i).stamp().uncertaintyNanos();
            assertThat(Math.abs(reads.get(i).stamp().monotonicNanos() - truths.get(i)))
                    .as("read %s", i)
                    .isLessThanOrEqualTo(uncertainty);
            uncertainties.add(uncertainty);
        }
        return uncertainties;
    }

    @Test
    void whatALostPacketHeldUpSaysSo() {
        told(1_100, 300, 500, 700, 900, 1_100);
        // The rest of what waited comes a little later, as fast as the sender may.
        told(1_105, 1_020, 1_104);
        link.bytes(bench.ms(1_150), END);
        told(1_250, 1_249);
        List<Long> stated = uncertaintiesOfTrueReads(1_300);
        assertThat(stated.subList(0, 7)).allMatch(nanos -> nanos < 1_150 * LoopBench.MILLI);
        assertThat(stated.getLast()).as("the next round").isLessThan(40 * LoopBench.MILLI);
    }

    @Test
    void aSingleReadThatWasHeldUpSaysSo() {
        told(600, 320);
        assertThat(uncertaintiesOfTrueReads(700)).hasSize(1);
    }

    @Test
    void aBusyMatAndShortRoundsPayNothing() {
        for (long at = 100; at < 1_400; at += 50) {
            told(at, at - 1, at);
        }
        for (long at = 1_400; at < 3_000; at += 200) {
            link.bytes(bench.ms(at), END);
            told(at + 150, at + 149);
        }
        assertThat(uncertaintiesOfTrueReads(3_100)).allMatch(nanos -> nanos < 40 * LoopBench.MILLI);
    }
}

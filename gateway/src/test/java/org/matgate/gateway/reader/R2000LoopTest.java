package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.stream.Event.TagRead;

/** A module without a clock, from the bytes on its line to events. */
@Timeout(30)
class R2000LoopTest {
    private static final byte[] TAG = Bytes.hex("A013018A8C3000300833B2DDD901400000000137BA");
    private static final long NANOS_PER_BYTE = 86_805;

    private final LoopBench bench = LoopBench.r2000();
    private final R2000Fake module = new R2000Fake();

    private ScriptedLink link() {
        return bench.link(NANOS_PER_BYTE)
                .answers(bytes -> module.answer(bytes).stream()
                        .map(reply -> reply.encode(R2000Addressed.USUAL))
                        .toList());
    }

    private long uncertainty(TagRead read) {
        return read.stamp().uncertaintyNanos() - ManualClock.UNCERTAINTY;
    }

    @Test
    void aReadIsStampedByItsArrivalLessItsTimeOnTheWire() {
        link().bytes(bench.ms(500), TAG).runs(bench.ms(600), bench::stop);
        bench.run();
        List<TagRead> reads = bench.reads();
        assertThat(reads).hasSize(1);
        assertThat(reads.getFirst().stamp().monotonicNanos()).isEqualTo(bench.ms(500) - TAG.length * NANOS_PER_BYTE);
        assertThat(uncertainty(reads.getFirst())).isBetween(2_000_000L, 7_000_000L);
    }

    /** Of a port that may have no wire behind it: no time is taken off, and what a wire would have taken is not known. */
    @Test
    void whereThereMayBeNoWireItsTimeIsUncertainty() {
        long gathered = 64 * NANOS_PER_BYTE;
        ScriptedLink link = bench.link(0)
                .answers(bytes -> module.answer(bytes).stream()
                        .map(reply -> reply.encode(R2000Addressed.USUAL))
                        .toList());
        link.gatheredNanos = gathered;
        link.bytes(bench.ms(500), TAG, TAG, TAG).runs(bench.ms(600), bench::stop);
        bench.run();
        assertThat(bench.reads()).hasSize(3).allSatisfy(read -> {
            assertThat(read.stamp().monotonicNanos()).isEqualTo(bench.ms(500));
            assertThat(uncertainty(read)).isBetween(2_000_000L + gathered, 7_000_000L + gathered);
        });
    }

    @Test
    void howLateThisHostWasIsPartOfTheUncertainty() {
        ScriptedLink link = link();
        for (int i = 0; i < 3; i++) {
            link.runs(bench.ms(300 + 40 * i), () -> bench.clock.advance(30 * LoopBench.MILLI));
        }
        link.bytes(bench.ms(500), TAG).bytes(bench.ms(3_500), TAG).runs(bench.ms(3_600), bench::stop);
        bench.run();
        List<TagRead> reads = bench.reads();
        assertThat(reads).hasSize(2);
        assertThat(uncertainty(reads.get(0))).isBetween(25_000_000L, 37_000_000L);
        assertThat(uncertainty(reads.get(1))).isBetween(2_000_000L, 14_000_000L);
    }

    /** What came meanwhile is as uncertain as the stop was long; what comes later is not. */
    @Test
    void aHostThatWasStoppedOnceIsNotABusyOne() {
        link().runs(bench.ms(300), () -> bench.clock.advance(250 * LoopBench.MILLI))
                .bytes(bench.ms(400), TAG)
                .bytes(bench.ms(700), TAG)
                .runs(bench.ms(800), bench::stop);
        bench.run();
        List<TagRead> reads = bench.reads();
        assertThat(reads).hasSize(2);
        assertThat(uncertainty(reads.get(0))).isBetween(240_000_000L, 260_000_000L);
        assertThat(uncertainty(reads.get(1))).isBetween(2_000_000L, 7_000_000L);
    }
}

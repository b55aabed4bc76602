package org.matgate.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Seeds;

class SeqRangesTest {
    @Test
    void neighboursJoin() {
        assertThat(SeqRanges.EMPTY.plus(5, 6).plus(7, 9).plus(1, 2)).hasToString("1-2,5-9");
        assertThat(SeqRanges.of(List.of(new SeqRanges.Range(4, 8), new SeqRanges.Range(1, 5))))
                .isEqualTo(SeqRanges.of(1, 8));
        assertThat(SeqRanges.EMPTY).hasToString("none");
    }

    @Test
    void largestForgetsTheSmallest() {
        SeqRanges ranges = SeqRanges.EMPTY.plus(1, 1).plus(3, 3).plus(5, 9);
        assertThat(ranges.largest(2)).hasToString("3,5-9");
        assertThat(ranges.largest(3)).isSameAs(ranges);
    }

    @Test
    void theLargestSeqIsAnOrdinaryOne() {
        SeqRanges end = SeqRanges.of(SeqRanges.MAX_SEQ, SeqRanges.MAX_SEQ);
        assertThat(SeqRanges.of(1, SeqRanges.MAX_SEQ).minus(end).last()).isEqualTo(SeqRanges.MAX_SEQ - 1);
        assertThat(end.plus(SeqRanges.MAX_SEQ, SeqRanges.MAX_SEQ)).isEqualTo(end);
    }

    @Test
    void badRangesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SeqRanges.of(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SeqRanges.of(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> SeqRanges.of(1, Long.MAX_VALUE));
    }

    @Test
    void behavesAsASetOfNumbers() {
        Random random = new Random(Seeds.seed(getClass()));
        for (int round = 0; round < 3000; round++) {
            BitSet a = bits(random);
            BitSet b = bits(random);
            SeqRanges ra = ranges(a);
            SeqRanges rb = ranges(b);
            BitSet union = (BitSet) a.clone();
            union.or(b);
            BitSet difference = (BitSet) a.clone();
            difference.andNot(b);
            BitSet both = (BitSet) a.clone();
            both.and(b);
            assertThat(ra.plus(rb)).isEqualTo(ranges(union));
            assertThat(ra.minus(rb)).isEqualTo(ranges(difference));
            assertThat(ra.intersect(rb)).isEqualTo(ranges(both));
            assertThat(ra.size()).isEqualTo(a.cardinality());
            assertThat(ra.last()).isEqualTo(Math.max(0, a.length() - 1));
            for (int seq = 1; seq < 70; seq++) {
                assertThat(ra.contains(seq)).isEqualTo(a.get(seq));
            }
        }
    }

    private static BitSet bits(Random random) {
        BitSet bits = new BitSet();
        for (int i = random.nextInt(8); i > 0; i--) {
            int from = 1 + random.nextInt(60);
            bits.set(from, from + 1 + random.nextInt(6));
        }
        return bits;
    }

    private static SeqRanges ranges(BitSet bits) {
        SeqRanges ranges = SeqRanges.EMPTY;
        for (int seq = bits.nextSetBit(0); seq >= 0; seq = bits.nextSetBit(seq + 1)) {
            ranges = ranges.plus(seq, seq);
        }
        return ranges;
    }
}

package org.matgate.simulator.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.torture.Blow.Kind;

class BlowsTest {
    private static final long DURATION = 4_000_000_000L;

    private static List<Blow> draw(long seed, Set<Kind> impossible) {
        return Blows.draw(seed, DURATION, "box", "serial", "tcp", impossible);
    }

    @Test
    void everyKindComesAndNoneTwiceInAGroup() {
        Set<Kind> seen = EnumSet.noneOf(Kind.class);
        for (long seed = 0; seed < 300; seed++) {
            List<Blow> blows = draw(seed, Set.of());
            assertThat(blows).hasSizeBetween(1, 4);
            assertThat(blows.stream().map(blow -> blow.kind().group())).doesNotHaveDuplicates();
            for (Blow blow : blows) {
                seen.add(blow.kind());
                assertThat(blow.fromNanos()).isBetween(0L, DURATION);
                assertThat(blow.untilNanos()).isGreaterThan(blow.fromNanos());
                assertThat(blow.text()).contains(blow.subject()).contains(" s");
                assertThat(blow.faults())
                        .allSatisfy(fault -> assertThat(fault.fromNanos())
                                .isBetween(blow.fromNanos(), blow.untilNanos() + Blow.POWER_OFF_NANOS));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void theSameSeedGivesTheSameBlows() {
        assertThat(draw(17, Set.of())).isEqualTo(draw(17, Set.of()));
    }

    @Test
    void whatIsImpossibleIsNotDrawn() {
        for (long seed = 0; seed < 300; seed++) {
            Set<Kind> impossible = EnumSet.of(Kind.DISK_FULL, Kind.DISK_READ_ONLY);
            assertThat(draw(seed, impossible)).noneMatch(blow -> impossible.contains(blow.kind()));
        }
    }
}

package org.matgate.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestraintTest {
    private static final long MS = 1_000_000;

    private final Restraint restraint = new Restraint();

    @Test
    void thePastRestsAsLongAsItTookWhileLiveEventsFlow() {
        restraint.liveSent(0);
        restraint.pastSent(10 * MS);
        restraint.pastSent(11 * MS);
        assertThat(restraint.holdsBack(12 * MS)).isTrue();
        restraint.pastOver(15 * MS);
        assertThat(restraint.holdsBack(15 * MS)).isFalse();
        assertThat(restraint.restNanos(15 * MS)).isEqualTo(5 * MS);
        assertThat(restraint.restNanos(18 * MS)).isEqualTo(2 * MS);
        assertThat(restraint.restNanos(30 * MS)).isZero();
    }

    @Test
    void whereNobodyWaitsForLiveEventsItRestsNever() {
        restraint.pastSent(0);
        assertThat(restraint.holdsBack(MS)).isFalse();
        restraint.pastOver(5 * MS);
        assertThat(restraint.restNanos(5 * MS)).isZero();
        restraint.liveSent(5 * MS);
        assertThat(restraint.restNanos(6 * MS)).isEqualTo(4 * MS);
        restraint.pastSent(10 * MS);
        restraint.pastOver(1010 * MS);
        assertThat(restraint.restNanos(1010 * MS)).as("a second later").isZero();
    }

    @Test
    void aSlowLineIsFilled() {
        restraint.liveSent(0);
        restraint.pastSent(0);
        assertThat(restraint.holdsBack(Restraint.QUICK_NANOS + 1)).isFalse();
        restraint.pastOver(300 * MS);
        assertThat(restraint.restNanos(300 * MS)).isZero();
    }
}

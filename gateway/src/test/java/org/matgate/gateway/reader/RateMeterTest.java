package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateMeter meter = new RateMeter();

    @Test
    void theLastTenFullSecondsCount() {
        assertThat(meter.perSecond(5 * SECOND)).isZero();
        for (long second = 100; second < 110; second++) {
            for (int i = 0; i < 7; i++) {
                meter.count(second * SECOND + i);
            }
        }
        meter.count(110 * SECOND);
        assertThat(meter.perSecond(110 * SECOND + 5)).isEqualTo(7.0);
        assertThat(meter.perSecond(115 * SECOND)).isEqualTo((5 * 7 + 1) / 10.0);
        assertThat(meter.perSecond(121 * SECOND)).isZero();
        assertThat(meter.perSecond(10_000 * SECOND)).isZero();
    }

    @Test
    void whatComesLateStillCounts() {
        meter.count(200 * SECOND);
        meter.count(195 * SECOND);
        meter.count(20 * SECOND);
        assertThat(meter.perSecond(200 * SECOND)).isEqualTo(2 / 10.0);
    }
}

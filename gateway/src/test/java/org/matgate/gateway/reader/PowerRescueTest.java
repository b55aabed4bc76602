package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowerRescueTest {
    private static final long SECOND = 1_000_000_000L;

    private final PowerRescue rescue = new PowerRescue();

    @Test
    void threeSessionsAndThirtySecondsWithoutAWord() {
        rescue.ended(false, 100 * SECOND);
        rescue.ended(false, 120 * SECOND);
        assertThat(rescue.due(140 * SECOND)).as("two sessions").isEmpty();
        rescue.ended(false, 125 * SECOND);
        assertThat(rescue.due(130 * SECOND - 1)).as("less than 30 s").isEmpty();
        assertThat(rescue.due(130 * SECOND)).hasValue("not understood in 3 sessions over 30 s");
    }

    @Test
    void aReaderThatIsUnderstoodOrAwayIsLeftAlone() {
        for (Runnable good : List.<Runnable>of(() -> rescue.ended(true, 0), rescue::absent)) {
            for (long i = 0; i < 10; i++) {
                rescue.ended(false, i * 10 * SECOND);
            }
            good.run();
            assertThat(rescue.due(1_000 * SECOND)).isEmpty();
        }
    }

    @Test
    void whatDoesNotHelpIsDoneLessAndLessOften() {
        List<Long> minutes = new ArrayList<>();
        for (long second = 0; second < 6 * 3_600; second += 10) {
            rescue.ended(false, second * SECOND);
            if (rescue.due(second * SECOND).isPresent()) {
                rescue.cycled(second * SECOND);
                minutes.add(second / 60);
            }
        }
        assertThat(minutes).containsExactly(0L, 5L, 15L, 35L, 75L, 135L, 195L, 255L, 315L);
    }

    @Test
    void aHostThatRefusesMayBeStarting() {
        for (long second = 0; second < 150; second += 5) {
            rescue.refused(second * SECOND);
            assertThat(rescue.due(second * SECOND)).isEmpty();
        }
        assertThat(rescue.due(PowerRescue.START_NANOS)).isPresent();
    }

    /** A host answers first, then refuses, then takes connections, and only then speaks. */
    @Test
    void whoHasJustBegunToListenHasItsTimeAnew() {
        long second = 0;
        for (; second < 100; second += 5) {
            rescue.refused(second * SECOND);
        }
        for (; second < 130; second += 5) {
            rescue.ended(false, second * SECOND);
            assertThat(rescue.due(second * SECOND)).as("after %d s", second).isEmpty();
        }
        assertThat(rescue.due(second * SECOND)).isPresent();
    }
}

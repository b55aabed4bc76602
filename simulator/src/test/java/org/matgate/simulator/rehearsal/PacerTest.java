package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.RaceClock;

@Timeout(60)
class PacerTest {
    private static final SimClock CLOCK = SimClock.system();

    private final RaceClock race = RaceClock.starting(CLOCK.monotonicNanos());
    private final Pace pace = new Pace(race, 10, List.of());

    private static String awaitDeath(Pacer pacer) throws InterruptedException {
        @Nullable String message = null;
        while (message == null) {
            Thread.sleep(5);
            try {
                pacer.requireRunning();
            } catch (RehearsalException e) {
                message = e.getMessage();
            }
        }
        return message;
    }

    @Test
    void aRaceClockThatDiesIsToldOf() throws Exception {
        try (Pacer pacer = new Pacer(
                pace,
                () -> {
                    throw new IllegalStateException("no mat turn");
                },
                () -> Lag.NONE,
                CLOCK)) {
            assertThat(awaitDeath(pacer))
                    .isEqualTo("the race clock has stopped, so that the race would never end:"
                            + " java.lang.IllegalStateException: no mat turn; this is a mistake in matsim, its log tells"
                            + " where");
        }
    }

    @Test
    void soIsOneThatNobodyTellsOfWhatLags() throws Exception {
        try (Pacer pacer = new Pacer(
                pace,
                () -> 0,
                () -> {
                    throw new IllegalStateException("no box turn");
                },
                CLOCK)) {
            assertThat(awaitDeath(pacer)).contains("no box turn");
        }
    }

    @Test
    void aFileThatCannotBeReadNowAndThenIsNoReasonToStop() throws Exception {
        try (Pacer pacer = new Pacer(
                pace,
                () -> 0,
                () -> {
                    throw new IOException("busy");
                },
                CLOCK)) {
            long from = race.knownUntilNanos();
            while (race.knownUntilNanos() < from + 500_000_000) {
                Thread.sleep(5);
            }
            pacer.requireRunning();
        }
    }
}

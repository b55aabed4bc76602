package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.Scenario;

class StretchTest {
    private static final long S = 1_000_000_000L;

    private static List<Stretch> of(String faults) throws Exception {
        return Stretch.of(Scenario.parse(
                "x.toml", Scenario.load("quiet").text().replace("duration = 10.0", "duration = 60.0") + faults));
    }

    @Test
    void whatLastsLastsTenSecondsOfTheWallAtLeast() throws Exception {
        assertThat(of("""
                        [[fault]]
                        kind = "engine-away"
                        from = 1
                        until = 16
                        """)).containsExactly(new Stretch(S, 16 * S, 1.5));
    }

    @Test
    void whatIsShorterInTheRaceIsAsShortOnTheWall() throws Exception {
        assertThat(of("""
                        [[fault]]
                        kind = "unplugged"
                        mat = "finish-main"
                        from = 2
                        until = 5
                        """)).containsExactly(new Stretch(2 * S, 5 * S, 1));
    }

    @Test
    void aClockChangeIsToldBeforehandAndLeftTimeToBeNoticed() throws Exception {
        assertThat(of("""
                        [[fault]]
                        kind = "clock-lost"
                        box = "finish"
                        at = 8
                        """)).containsExactly(new Stretch(2 * S, 18 * S, 1));
    }

    @Test
    void aKillDestroysNoMoreThanInRealTime() throws Exception {
        assertThat(of("""
                        [[fault]]
                        kind = "kill"
                        box = "finish"
                        at = 8
                        """)).containsExactly(new Stretch(7 * S, 8 * S, 1));
    }
}

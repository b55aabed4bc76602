package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.referee.TruthLog;

@Timeout(60)
class MatsTest {
    private static final String KILL = "\n[[fault]]\nkind = \"kill\"\nbox = \"start\"\nat = 0.1\n";

    @TempDir
    Path directory;

    /** A box that was killed leaves its device exclusive to it; for all but root only another one can be opened then. */
    @Test
    void aSerialMatHasANameThatOutlivesItsDevice() throws Exception {
        Scenario scenario = Scenario.load("quiet");
        SimClock clock = SimClock.system();
        try (Mats mats = Mats.open(scenario, 1, directory, clock, new TruthLog(clock), new FaultLog())) {
            assertThat(mats.addresses())
                    .containsEntry(
                            "start-main", directory.resolve("tty-start-main").toString());
        }
    }

    /** What a reader that nobody lets read passes over is missed by nobody; so the rehearsal has to. */
    @Test
    void tellsOfSightingsThatNoReaderWasLetReadUnlessAFaultStruckItThen() throws Exception {
        Scenario scenario = Scenario.parse("x.toml", Scenario.load("quiet").text() + KILL);
        SimClock clock = SimClock.system();
        try (Mats mats = Mats.open(scenario, 1, directory, clock, new TruthLog(clock), new FaultLog())) {
            long past = clock.monotonicNanos() - Duration.ofSeconds(60).toNanos();
            mats.race(Course.run(scenario, 1), RaceClock.realTime(past));
            while (!mats.idle()) {
                Thread.sleep(20);
            }
            List<String> all = mats.shortcomings();
            assertThat(all).anyMatch(text -> text.matches("mat finish-main was told not to read \\d+ sightings, .*"));
            assertThat(all).noneMatch(text -> text.startsWith("mat start-main was told"));
            assertThat(all).contains("nobody reads mat start-main at the end");
        }
    }
}

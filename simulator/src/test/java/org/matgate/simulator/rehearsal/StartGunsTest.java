package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.StartGun;
import org.matgate.simulator.referee.TruthGun;

class StartGunsTest {
    @TempDir
    Path directory;

    @Test
    void aGunIsTheEdgesOfABouncingContact() throws Exception {
        SimClock clock = SimClock.system();
        StartGuns guns = new StartGuns(clock, 5);
        StartGuns.prepare(directory.resolve("pins"));
        long at = clock.monotonicNanos();
        guns.fire(new StartGun("start", 0, 20_000_000, 3, ""), directory.resolve("pins"), at);
        StartGuns.prepare(directory.resolve("others"));
        guns.fire(new StartGun("finish", 0, 5_000_000, 0, ""), directory.resolve("others"), at);
        guns.fire(new StartGun("start", 0, 5_000_000, 0, ""), directory.resolve("pins"), at + 2_000_000_000);
        long told = clock.monotonicNanos();
        assertThat(Files.readAllLines(directory.resolve("others/in")))
                .as("counted from 1 on each line")
                .containsExactly(at + " GUN 1 1", at + 5_000_000 + " GUN 0 2");
        List<String[]> edges = Files.readAllLines(directory.resolve("pins/in")).stream()
                .map(line -> line.split(" ", -1))
                .toList();
        assertThat(edges).extracting(edge -> edge[1]).containsOnly("GUN");
        assertThat(edges).extracting(edge -> edge[2]).containsExactly("1", "0", "1", "0", "1", "0", "1", "0", "1", "0");
        assertThat(edges)
                .extracting(edge -> edge[3])
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(edges)
                .extracting(edge -> Long.parseLong(edge[0]) - at)
                .isSorted()
                .startsWith(0L)
                .endsWith(20_000_000L, 2_000_000_000L, 2_005_000_000L);
        assertThat(Long.parseLong(edges.get(6)[0]) - at).isLessThan(2_000_000);
        assertThat(guns.fired()).extracting(TruthGun::box).containsExactly("start", "finish", "start");
        assertThat(guns.fired()).extracting(TruthGun::monotonicNanos).containsExactly(at, at, at + 2_000_000_000);
        assertThat(guns.fired()).allSatisfy(gun -> {
            assertThat(gun.utcNanos()).isEqualTo(clock.utcNanos(gun.monotonicNanos()));
            assertThat(gun.toldMonotonicNanos()).isBetween(at, told);
        });
    }
}

package org.matgate.simulator.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.simulator.reader.RaceSighting;

class SteadySightingsTest {
    private static RaceSighting at(long nanos, String chip) {
        return new RaceSighting(nanos, new Chip(chip), 1, -6000);
    }

    @Test
    void theRaceIsAllThereInOrderAndTheRestEndsWithIt() {
        List<RaceSighting> race = List.of(at(5, "AA"), at(10, "AA"), at(250, "AA"));
        List<RaceSighting> all = new ArrayList<>();
        new SteadySightings(
                        race.iterator(),
                        LongStream.iterate(0, nanos -> nanos + 10)
                                .mapToObj(nanos -> at(nanos, "BB"))
                                .iterator(),
                        100)
                .forEachRemaining(all::add);
        assertThat(all).extracting(RaceSighting::raceNanos).isSorted();
        assertThat(all)
                .filteredOn(sighting -> sighting.chip().hex().equals("AA"))
                .isEqualTo(race);
        assertThat(all)
                .filteredOn(sighting -> sighting.chip().hex().equals("BB"))
                .hasSize(10);
    }
}

package org.matgate.simulator.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.simulator.reader.Sighting;

class SteadySightingsTest {
    private static Sighting at(long nanos, String chip) {
        return new Sighting(nanos, new Chip(chip), 1, -6000);
    }

    @Test
    void theRaceIsAllThereInOrderAndTheRestEndsWithIt() {
        List<Sighting> race = List.of(at(5, "AA"), at(10, "AA"), at(250, "AA"));
        List<Sighting> all = new ArrayList<>();
        new SteadySightings(
                        race.iterator(),
                        LongStream.iterate(0, nanos -> nanos + 10)
                                .mapToObj(nanos -> at(nanos, "BB"))
                                .iterator(),
                        100)
                .forEachRemaining(all::add);
        assertThat(all).extracting(Sighting::monotonicNanos).isSorted();
        assertThat(all)
                .filteredOn(sighting -> sighting.chip().hex().equals("AA"))
                .isEqualTo(race);
        assertThat(all)
                .filteredOn(sighting -> sighting.chip().hex().equals("BB"))
                .hasSize(10);
    }
}

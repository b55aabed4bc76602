package org.matgate.simulator.referee;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the referee found of times. All are restated by every piece of the boxes' maps that the engine holds.
 *
 * @param error of delivered reads: how far the engine's time of a read is from the truth, without its sign
 * @param uncertainty of delivered reads: how far off their times say that they may be; wide ones excuse much, so look
 * @param kinds the same by what was timed and how; those of which there is none are left out
 * @param restated reads whose time was believed to be another when they were taken
 * @param boots of each boot of a box from which reads came, who vouches for them, for a person
 */
public record TimeFindings(
        Spread error, Spread uncertainty, SequencedMap<String, Kind> kinds, Restated restated, List<String> boots) {
    /** Where nothing was timed. */
    static final TimeFindings NONE = new TimeFindings(
            Spread.of(new long[0]), Spread.of(new long[0]), new LinkedHashMap<>(), new Restated(0, 0, 0), List.of());

    public TimeFindings {
        boots = List.copyOf(boots);
    }

    /**
     * Times of one kind.
     *
     * @param error without its sign
     * @param uncertainty as stated
     */
    public record Kind(Spread error, Spread uncertainty) {}

    /**
     * How many times were restated, and how much.
     *
     * @param byMillis how many by more than 1 ms
     * @param bySeconds how many by more than 1 s
     * @param mostNanos the largest
     */
    public record Restated(long byMillis, long bySeconds, long mostNanos) {}
}

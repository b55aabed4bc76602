package org.matgate.simulator.results;

import java.util.List;
import org.matgate.protocol.Chip;

/**
 * One line of the start list.
 *
 * @param distance and {@code wave}: whose gun counts
 * @param chips that were handed out with the bib
 * @param fromMetres where the own way begins: 0, or for the later runners of a relay an exchange
 * @param stops in the order in which they are come by
 * @param starts whether the first stop is where the own way begins
 * @param finishes whether the last stop is where it ends
 */
public record Entrant(
        int bib,
        String distance,
        String wave,
        List<Chip> chips,
        double fromMetres,
        List<Stop> stops,
        boolean starts,
        boolean finishes) {
    public Entrant {
        chips = List.copyOf(chips);
        stops = List.copyOf(stops);
    }
}

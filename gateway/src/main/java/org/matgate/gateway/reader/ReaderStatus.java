package org.matgate.gateway.reader;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Source;

/**
 * How a reader stands at one moment. All moments are on CLOCK_MONOTONIC, in nanoseconds.
 *
 * @param port names the link for a person
 * @param detail of the phase, for a person
 * @param sinceNanos when the phase began
 * @param notReadingSinceNanos since when it does not read; empty while it does
 * @param reads how many the journal took
 * @param readsPerSecond of late: over the last {@value RateMeter#SECONDS} s
 * @param readsLost how many it had no room for
 * @param lastReadNanos when the last read arrived, if one did
 * @param gaps how many stretches in which reads may be missing were noticed
 * @param lastGapNanos when the last of them was noticed, if one was
 * @param antennas by number: those in use, and any that the reader spoke of
 * @param offset of the reader's own clock, where it has one that is known
 */
public record ReaderStatus(
        Source source,
        String port,
        ReaderPhase phase,
        String detail,
        long sinceNanos,
        OptionalLong notReadingSinceNanos,
        long reads,
        double readsPerSecond,
        long readsLost,
        OptionalLong lastReadNanos,
        long gaps,
        OptionalLong lastGapNanos,
        SortedMap<Integer, Antenna> antennas,
        Optional<Vital.Identity> identity,
        OptionalInt celsius,
        OptionalInt bufferPercent,
        Optional<Vital.ReaderOffset> offset) {
    /** What a look tells of a reader that goes on reading for a service that was stopped: nothing is taken of it. */
    static final String KEEPS_FOR_THE_SERVICE = "keeps its reads for the service";

    public ReaderStatus {
        antennas = new TreeMap<>(antennas);
    }

    /**
     * How an antenna stands.
     *
     * @param detail for a person
     * @param reads how many the journal took of it
     * @param returnLossCentiDb in 1/100 dB, where the reader says
     */
    public record Antenna(AntennaCondition condition, String detail, long reads, OptionalInt returnLossCentiDb) {
        static final Antenna UNKNOWN = new Antenna(AntennaCondition.UNSPECIFIED, "", 0, OptionalInt.empty());

        Antenna read() {
            return new Antenna(condition, detail, reads + 1, returnLossCentiDb);
        }

        Antenna in(AntennaCondition now, String text) {
            return new Antenna(now, text, reads, returnLossCentiDb);
        }

        Antenna returning(int centiDb) {
            return new Antenna(condition, detail, reads, OptionalInt.of(centiDb));
        }
    }

    /** Whether it was only looked at, as what it reads is the service's: no test read can come of it. */
    public boolean keepsForTheService() {
        return phase == ReaderPhase.DEGRADED && detail.contains(KEEPS_FOR_THE_SERVICE);
    }

    /** One of its antennas; unknown if nothing was heard of it. */
    public Antenna antenna(int number) {
        return Map.copyOf(antennas).getOrDefault(number, Antenna.UNKNOWN);
    }
}

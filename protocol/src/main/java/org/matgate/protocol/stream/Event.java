package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/**
 * Something that a results engine or a judge may ask for. An event is never rewritten; it gets its number, which makes
 * it an {@link Entry}, in the transaction that stores it.
 */
public sealed interface Event {
    /** When it happened. */
    Stamp stamp();

    /**
     * One chip seen by one antenna.
     *
     * @param stamp the moment of the sighting
     * @param antenna 1, 2, …; 0 where the reader does not say
     * @param rssiCentiDbm received signal strength in 1/100 dBm, where the reader says
     * @param readerTime the reader's own time as sent
     * @param arrivalMonotonicNanos when the bytes arrived at the box, on CLOCK_MONOTONIC
     * @param sightings how many sightings the reader merged into this read, at least 1
     */
    record TagRead(
            Stamp stamp,
            Source source,
            int antenna,
            Chip chip,
            OptionalInt rssiCentiDbm,
            ReaderTime readerTime,
            long arrivalMonotonicNanos,
            int sightings)
            implements Event {}

    /**
     * The start gun.
     *
     * @param input the pin's name
     * @param kernelTime whether the kernel stamped the edge, rather than we its arrival
     * @param withinLockout a further edge inside the lock-out, kept for the judges
     * @param edgesMissed edges that the kernel dropped before this one, by its sequence number
     */
    record Gun(
            Stamp stamp, String timingPoint, String input, boolean kernelTime, boolean withinLockout, int edgesMissed)
            implements Event {}

    /** The judge's button: a moment to lay beside the judges' sheet. Components as in {@link Gun}. */
    record Mark(Stamp stamp, String timingPoint, String input, boolean kernelTime, int edgesMissed) implements Event {}

    /**
     * One piece of the map from a boot's CLOCK_MONOTONIC to UTC: {@code UTC(m) = anchorUtcNanos + (m -
     * anchorMonotonicNanos) * (1 + ratePpb / 1e9)}. Where pieces of one boot overlap, that of the highest edition holds:
     * what was believed of the past is restated by a piece of a higher one. {@link UtcTimeline} puts them together.
     *
     * @param stamp its boot is the one that is mapped
     * @param edition the order in which the box came to know: of pieces that it finds by itself, CLOCK_MONOTONIC as it did
     * @param fromMonotonicNanos where it begins to hold
     * @param untilMonotonicNanos before where it ends; 0: open
     * @param anchorRawNanos CLOCK_MONOTONIC_RAW at the anchor
     * @param uncertaintyNanos at the anchor; {@link Stamp#UNSYNCHRONISED} where nothing vouches for it
     * @param uncertaintyGrowthPpb how the uncertainty grows with the distance from the anchor
     * @param reason why this piece begins, for a person
     */
    record ClockState(
            Stamp stamp,
            long edition,
            long fromMonotonicNanos,
            long untilMonotonicNanos,
            long anchorMonotonicNanos,
            long anchorRawNanos,
            long anchorUtcNanos,
            long ratePpb,
            long uncertaintyNanos,
            long uncertaintyGrowthPpb,
            ClockSource source,
            String reason)
            implements Event {}

    /** Who vouches for a clock. */
    enum ClockSource {
        NONE,
        KERNEL,
        CHRONY,
        ENGINE,
        CREW
    }

    /**
     * A reader's session changed, or reads of it may be missing.
     *
     * @param detail for a person, with the values
     * @param gaps intervals in which reads may be missing; empty where only the phase changed
     */
    record ReaderState(Stamp stamp, Source reader, ReaderPhase phase, String detail, List<Gap> gaps) implements Event {
        public ReaderState {
            gaps = List.copyOf(gaps);
        }
    }

    /** Where a reader's session stands. */
    enum ReaderPhase {
        /** A newer box's phase that this version does not know. */
        UNSPECIFIED,
        /** There is no port or host to talk to. */
        FINDING,
        CONNECTING,
        CONFIGURING,
        READING,
        /** Reading, but something is wrong. */
        DEGRADED,
        /** Not reading, and trying to. */
        RECOVERING,
        /** Ended by us. */
        STOPPED
    }

    /** An antenna came, went or reflects too much. */
    record AntennaState(Stamp stamp, Source reader, int antenna, AntennaCondition condition, String detail)
            implements Event {}

    /** An antenna's condition. */
    enum AntennaCondition {
        UNSPECIFIED,
        CONNECTED,
        DISCONNECTED,
        HIGH_RETURN_LOSS
    }

    /**
     * The box itself.
     *
     * @param software name and version
     * @param simulated whether its clock or pins are simulated
     * @param readsLost reads that had to be dropped, by reader's name
     */
    record BoxState(
            Stamp stamp,
            BoxCondition condition,
            String box,
            String software,
            boolean simulated,
            String detail,
            Map<String, Long> readsLost)
            implements Event {
        public BoxState {
            readsLost = Map.copyOf(readsLost);
        }
    }

    /** What a {@link BoxState} tells. */
    enum BoxCondition {
        UNSPECIFIED,
        STARTED,
        STOPPING,
        DISK_LOW,
        DISK_OK,
        POWER_FAILING,
        POWER_OK,
        READS_LOST,
        JOURNAL_DAMAGED,
        JOURNAL_BEGUN
    }

    /**
     * What a newer box sends and this version does not know; passed on as it came.
     *
     * @param kind the field's number in the message Event of read_stream.proto
     * @param body the field's bytes
     */
    record Unknown(Stamp stamp, int kind, ByteString body) implements Event {}
}

package org.matgate.gateway.reader;

import java.util.OptionalInt;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

/** What a session wants done. All moments are on CLOCK_MONOTONIC, in nanoseconds. No call throws or waits long. */
interface SessionOutput {
    /** Send these bytes to the reader. */
    void send(byte[] bytes);

    /**
     * A chip was read.
     *
     * @param momentNanos when the reader saw it
     * @param uncertaintyNanos how far the moment may be off on the box's clock, more than 0
     * @param arrivalNanos when the report had arrived
     */
    void read(TagReport report, long momentNanos, long uncertaintyNanos, long arrivalNanos);

    /** The session is now in this phase, with a detail for a person. Saying the same again changes nothing. */
    void phase(ReaderPhase phase, String detail, long nowNanos);

    /** An antenna's condition. */
    void antenna(int antenna, AntennaCondition condition, String detail, long nowNanos);

    /**
     * Reads may be missing from the last good frame until now.
     *
     * @param count in the cause's unit; 0 where nobody can know
     */
    void gap(Gap.Cause cause, long count, String detail, long nowNanos);

    /**
     * The reader was kept from reading from then until now.
     *
     * @param why for a person
     */
    void paused(long sinceNanos, String why, long nowNanos);

    /** Reads may be missing between two moments: nobody knows whether the reader could be heard. */
    void unheard(long fromNanos, long untilNanos, String detail);

    /** What the reader says of itself. */
    void learned(Vital vital);

    /** The rate of the serial line, baud; empty where there is none. It differs from the configured one after a search. */
    OptionalInt lineBaud();

    /** The reader was told to speak at this rate from now on: the next link is to be opened at it. */
    void lineBaud(int baud);

    /** Whether we only look how the reader is: what it keeps for the service is not to be taken. */
    boolean looksOnly();

    /** Nothing helps but a new link. */
    void reconnect(String reason);

    /** What was to be said after {@link ReaderSession#stop} is said. */
    void ended();
}

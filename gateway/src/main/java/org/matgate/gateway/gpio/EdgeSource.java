package org.matgate.gateway.gpio;

import java.util.List;
import org.matgate.gateway.config.Config;

/**
 * Where edges come from: the kernel, or a simulator's file. One thread only, but for {@link #wake}.
 */
interface EdgeSource extends AutoCloseable {
    /** How an edge's moment is told where nobody stamped it. */
    long NO_STAMP = 0;

    /**
     * An edge as it was told.
     *
     * @param stampNanos when, on CLOCK_MONOTONIC; {@link #NO_STAMP} where only its arrival is known
     * @param high the line's level after it, as soon as somebody looked
     * @param sequence numbers the line's edges without a gap; 0 where nobody counts
     */
    record RawEdge(long stampNanos, boolean high, long sequence) {}

    /** A line that is ours. */
    interface Line extends AutoCloseable {
        /** For a person, such as {@code gpiochip0 line 17 (GPIO17)}. */
        String where();

        /** The level now. */
        boolean high() throws PinTrouble;

        /** The edges since the last look, oldest first, without waiting; at most some dozens. */
        List<RawEdge> read() throws PinTrouble;

        @Override
        void close();
    }

    /** Takes a line, with events at both edges. */
    Line open(Config.Gpio.TimedPin pin, String consumer) throws PinTrouble;

    /** Waits until one of the lines may have edges, until {@link #wake}, or for so long. */
    void await(List<Line> lines, long nanos) throws PinTrouble;

    /** Ends the present {@link #await}, or the next. From any thread. */
    void wake();

    @Override
    void close();
}

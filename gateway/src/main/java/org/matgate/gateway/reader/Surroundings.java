package org.matgate.gateway.reader;

import java.util.function.DoubleSupplier;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.journal.EventSink;

/**
 * What the box lends to every reader's loop. All parts are thread-safe.
 *
 * @param sink where events go on their way to the journal
 * @param intakeFill how full that way is, 0 to 1
 * @param looksOnly whether we only look how readers are: what they keep for the service is not to be taken
 * @param power what can cut a reader's power
 */
public record Surroundings(
        BoxClock clock,
        Stamper stamper,
        EventSink sink,
        DoubleSupplier intakeFill,
        boolean looksOnly,
        ReaderPower power) {
    /** Those of a service that cannot cut a reader's power. */
    public Surroundings(BoxClock clock, Stamper stamper, EventSink sink, DoubleSupplier intakeFill) {
        this(clock, stamper, sink, intakeFill, false, ReaderPower.NONE);
    }
}

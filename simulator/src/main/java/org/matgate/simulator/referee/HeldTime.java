package org.matgate.simulator.referee;

import java.util.UUID;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/**
 * When something happened, by what an engine holds.
 *
 * @param believedUtcNanos what the box took for its UTC when it was taken, nanoseconds since 1970
 * @param utcNanos what is known of it by all pieces of the boot's map that the engine holds
 * @param uncertaintyNanos how far that may be from the truth; {@link Stamp#UNSYNCHRONISED} where nothing vouches for it
 * @param source who vouches for it; NONE also where no piece of the map covers it
 */
public record HeldTime(UUID bootId, long believedUtcNanos, long utcNanos, long uncertaintyNanos, ClockSource source) {
    boolean synchronised() {
        return uncertaintyNanos != Stamp.UNSYNCHRONISED;
    }

    /** Whether the box's own time daemon vouches for it, rather than an engine or the crew from afar. */
    boolean ofOwnClock() {
        return synchronised() && source != ClockSource.ENGINE && source != ClockSource.CREW;
    }

    /** By how much it was restated. */
    long restatedNanos() {
        return Math.abs(utcNanos - believedUtcNanos);
    }
}

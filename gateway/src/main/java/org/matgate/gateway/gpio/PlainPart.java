package org.matgate.gateway.gpio;

import org.matgate.gateway.status.Line;

/** Something that a plain pin is for. For the thread of {@link PlainBoard}, but for {@link #line}. */
interface PlainPart {
    /** The pin. */
    HeldPin<?> pin();

    /** Does what is due; called often. */
    void tick(long nowNanos);

    /** Leaves the pin as it is to be left when the service stops. */
    void rest(long nowNanos);

    /** How it stands; from any thread. */
    Line line();
}

package org.matgate.simulator.link;

import java.io.IOException;
import java.time.Duration;

/**
 * The reader's end of a cable. One thread reads and writes; the other methods may come from any thread, and
 * {@link #close} ends what that one thread is waiting for.
 */
public interface ReaderEnd extends AutoCloseable {
    /** What the other side opens: {@code /dev/pts/7}, {@code 127.0.0.1:40113}. */
    String address();

    /** Whether it is a network that hands bytes on: there no host takes a pause for the end of a frame. */
    default boolean onNetwork() {
        return false;
    }

    /** Who listens: 0 while nobody does, else a number that no other listener on this link ever has. */
    int listener();

    /** Whether somebody listens. */
    default boolean connected() {
        return listener() != 0;
    }

    /**
     * Reads what the other side sent, and waits up to {@code waitNanos} for the first byte of it, or less long.
     *
     * @return how many bytes; 0 if none came, also when nobody is there
     * @throws IOException if the device has gone or the link is closed
     */
    int read(byte[] buffer, long waitNanos) throws IOException;

    /**
     * Puts bytes on the wire at once, without waiting for a listener who does not take them where the real wire would
     * not wait either.
     *
     * @return the {@link #listener} who heard them; 0 if nobody did and they are lost
     * @throws IOException if the device has gone or the link is closed
     */
    int write(byte[] bytes, int offset, int length) throws IOException;

    /** Whether the listener has not taken yet what was sent: more would only wait. False where that is not known. */
    default boolean congested() {
        return false;
    }

    /** The reader speaks and hears at this rate from now on; of no account where the link has none. */
    default void baud(int baud) {}

    /** How many tried to listen in vain since the link was opened, as somebody else did; 0 where that cannot be. */
    default int turnedAway() {
        return 0;
    }

    /** Ends the connection with this listener, if it still listens; of no account where the link has none. */
    default void hangUp(int listener) {}

    /** Nothing more is to be sent: waits until the listener has taken what was, or has gone, or {@code limit} is over. */
    void finish(Duration limit);

    /** Never throws; closing twice is closing once. */
    @Override
    void close();
}

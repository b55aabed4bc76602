package org.matgate.simulator.reader;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A reader's behaviour without any I/O: what it hears and sees goes in, in the order of time, and what it says is put
 * into its {@link Outbox}. Not thread-safe.
 */
interface ReaderModel {
    /** A host that asked so lately will ask again, however busy its machine is: nobody needs to pass unseen meanwhile. */
    long ASKS_AGAIN_NANOS = 30_000_000_000L;

    /** Stands for all antennas. */
    int ANY_ANTENNA = 0;

    /** The host sent {@code length} bytes, the last of which came in at {@code nowNanos}. */
    void heard(byte[] bytes, int length, long nowNanos);

    /** Another host listens from now on, or none. */
    void listenerChanged(boolean somebody);

    /** One more host would listen, and was turned away, as another one does. */
    default void turnedAway() {}

    /** Time goes on to {@code nowNanos}, CLOCK_MONOTONIC. */
    void advance(long nowNanos);

    /** When {@link #advance} has something to do next, CLOCK_MONOTONIC; {@link Long#MAX_VALUE} if never. */
    long nextDueNanos();

    /** An antenna sees a chip, not earlier than any other that was told before. */
    Seen sighted(Sighting sighting);

    /** Whether a sighting would go onto the wire. */
    boolean reading();

    /** Whether it has seen something that it is going to say, and that is not in its {@link Outbox} yet. */
    default boolean waiting() {
        return false;
    }

    /**
     * Whether it tells of a chip in the moment in which it sees it: then that moment is when the report begins to go out,
     * and a machine that runs this simulation late makes the reader look late, not its report come late.
     */
    default boolean speaksAsItSees() {
        return false;
    }

    /** Whether it could take another sighting without losing any; asked where nothing forces it to see in real time. */
    default boolean takesMore() {
        return true;
    }

    /**
     * The antennas with which it sees nobody until its host asks it again, as it did before, although somebody is there;
     * {@link #ANY_ANTENNA} where a host does not ask for each.
     *
     * @param heldBack whether somebody is there whom it does not take, in a hurry
     */
    default Set<Integer> awaited(boolean heldBack) {
        return Set.of();
    }

    /**
     * From now on a race goes by faster than its host asks: who is there waits for the next question, however long it takes,
     * and is not gone for the waiting. Told again and again.
     */
    default void hurry() {}

    /**
     * Those whom it was going to see, and who are gone: as its host did not ask it in time, or as it cannot see them any
     * more. Each is told once.
     */
    default List<Sighting> gone() {
        return List.of();
    }

    /** It is switched on: whatever it was told before is forgotten, save what it keeps in permanent memory. */
    void poweredOn(long nowNanos);

    /** The cable of an antenna is cut, or mended. It says so where its kind can. */
    void antennaCut(int antenna, boolean cut, long nowNanos);

    /** It becomes too hot to transmit, or is no longer. It says so where its kind can. */
    void tooHot(boolean hot, long nowNanos);

    /**
     * The rate at which it speaks on a serial line; a change counts once all is said that waits in the {@link Outbox}.
     * Empty where the rate of its link is none of its concern.
     */
    default OptionalInt baud() {
        return OptionalInt.empty();
    }

    /** What becomes of a sighting. */
    enum Seen {
        /** It goes onto the wire. */
        TAKEN,
        /** The reader is not reading, or not with that antenna, or not each sighting, or cannot read such chips. */
        IGNORED,
        /** The reader's memory is full: lost within the reader, never on the wire. Nobody fetched what is in there. */
        OVERFLOWED
    }
}

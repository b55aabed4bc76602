package org.matgate.simulator.fault;

/** Something that is to go wrong. Times are nanoseconds after the race clock's start. */
public sealed interface Fault {
    /** When it begins. */
    long fromNanos();

    /** What a person is told as it begins. */
    String announcement();

    /**
     * Frames of one mat are damaged on the wire: bits flipped, bytes cut out, garbage put in.
     *
     * @param rate the share of frames that are hit, 0 to 1
     */
    record Noise(String mat, long fromNanos, long untilNanos, double rate) implements Fault {
        @Override
        public String announcement() {
            return "noise on the line of " + mat;
        }
    }

    /** A box's process is killed with SIGKILL, and started again a second later. */
    record Kill(String box, long fromNanos) implements Fault {
        @Override
        public String announcement() {
            return "kill -9 of the box " + box;
        }
    }

    /** The engine is stopped, and started again on the same port. */
    record EngineAway(long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return "the engine is away";
        }
    }

    /** A reader's cable is pulled out and put back. */
    record Unplugged(String mat, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return "the cable of " + mat + " is pulled out";
        }
    }

    /** The words for faults in a scenario. */
    enum Kind {
        NOISE,
        KILL,
        ENGINE_AWAY,
        UNPLUGGED
    }
}

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

    /** A reader loses power for a while: what it had not said is gone, and it begins as it does when switched on. */
    record Reboot(String mat, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return "the power of " + mat + " fails";
        }
    }

    /** A reader hangs, its connection open, until its watchdog restarts it. */
    record Hang(String mat, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return mat + " hangs";
        }
    }

    /** The cable between a reader and one of its antennas is cut, and mended. */
    record AntennaCut(String mat, int antenna, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return "antenna " + antenna + " of " + mat + " is cut off";
        }
    }

    /** A reader is too hot to transmit. */
    record TooHot(String mat, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return mat + " is too hot";
        }
    }

    /** A reader's memory takes no more reads. */
    record MemoryFull(String mat, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return "the memory of " + mat + " is full";
        }
    }

    /** What a reader says comes byte by byte, slowly. */
    record Dribble(String mat, long fromNanos, long untilNanos) implements Fault {
        @Override
        public String announcement() {
            return mat + " dribbles";
        }
    }

    /** The words for faults in a scenario. */
    enum Kind {
        NOISE,
        KILL,
        ENGINE_AWAY,
        UNPLUGGED,
        REBOOT,
        HANG,
        ANTENNA_CUT,
        TOO_HOT,
        MEMORY_FULL,
        DRIBBLE
    }
}

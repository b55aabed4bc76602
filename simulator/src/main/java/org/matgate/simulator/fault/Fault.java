package org.matgate.simulator.fault;

/** Something that is to go wrong. Times are nanoseconds after the race clock's start. */
public sealed interface Fault {
    /** When it begins. */
    long fromNanos();

    /** What a person is told as it begins. */
    String announcement();

    /** Something that is to go wrong with a box rather than with a reader. */
    sealed interface OfBox extends Fault {
        String box();
    }

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
    record Kill(String box, long fromNanos) implements OfBox {
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

    /** A box gets the right time: its clock is stepped to it, and synchronised from then on. */
    record ClockSync(String box, long fromNanos) implements OfBox {
        @Override
        public String announcement() {
            return "the box " + box + " gets the right time";
        }
    }

    /** Nobody tells a box the time any more. */
    record ClockLost(String box, long fromNanos) implements OfBox {
        @Override
        public String announcement() {
            return "the box " + box + " is no longer told the time";
        }
    }

    /** Somebody sets a box's clock by so much. */
    record ClockStep(String box, long fromNanos, long byNanos) implements OfBox {
        @Override
        public String announcement() {
            return "the clock of the box " + box + " is set by " + byNanos / 1e9 + " s";
        }
    }

    /**
     * The time daemon of a box lets its clock run faster or slower for a while.
     *
     * @param ppm how much faster, in millionths
     */
    record ClockSlew(String box, long fromNanos, long untilNanos, double ppm) implements OfBox {
        @Override
        public String announcement() {
            return "the clock of the box " + box + " is slewed by " + ppm + " ppm";
        }
    }

    /** The power of a box fails; when it is back, the box starts with the clock that it had at first. */
    record Boot(String box, long fromNanos, long untilNanos) implements OfBox {
        @Override
        public String announcement() {
            return "the power of the box " + box + " fails";
        }
    }

    /**
     * The processor of a box has no time for its process now and then.
     *
     * @param everyNanos from the beginning of one stall to that of the next
     * @param lengthNanos of each
     */
    record Stall(String box, long fromNanos, long untilNanos, long everyNanos, long lengthNanos) implements OfBox {
        @Override
        public String announcement() {
            return "the box " + box + " stalls for " + lengthNanos / 1_000_000 + " ms, every " + everyNanos / 1e9
                    + " s";
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
        DRIBBLE,
        CLOCK_SYNC,
        CLOCK_LOST,
        CLOCK_STEP,
        CLOCK_SLEW,
        BOOT,
        STALL
    }
}

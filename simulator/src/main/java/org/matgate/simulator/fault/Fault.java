package org.matgate.simulator.fault;

/** Something that is to go wrong. Times are nanoseconds after the race clock's start. */
public sealed interface Fault {
    /** When it begins. */
    long fromNanos();

    /** When it is put right; as it begins, where nothing is to be put right. */
    default long untilNanos() {
        return fromNanos();
    }

    /** What a person is told as it begins. */
    String announcement();

    /** Something that is to go wrong with a mat, from its line to its antennas. */
    sealed interface OfMat extends Fault {
        String mat();
    }

    /** Something that is to go wrong with a box rather than with a reader. */
    sealed interface OfBox extends Fault {
        String box();
    }

    /** Something that is to go wrong with the line between a box and the engine. */
    sealed interface OfEngineLine extends Fault {
        String box();
    }

    /** Somebody does what a timekeeper does not expect; the course is drawn so, nothing has to be done. */
    sealed interface OfRunners extends Fault {
        /** How many do it. */
        int count();
    }

    /**
     * Frames of one mat are damaged on the wire: bits flipped, bytes cut out, garbage put in.
     *
     * @param rate the share of frames that are hit, 0 to 1
     */
    record Noise(String mat, long fromNanos, long untilNanos, double rate) implements OfMat {
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
    record Unplugged(String mat, long fromNanos, long untilNanos) implements OfMat {
        @Override
        public String announcement() {
            return "the cable of " + mat + " is pulled out";
        }
    }

    /** A reader loses power for a while: what it had not said is gone, and it begins as it does when switched on. */
    record Reboot(String mat, long fromNanos, long untilNanos) implements OfMat {
        @Override
        public String announcement() {
            return "the power of " + mat + " fails";
        }
    }

    /** A reader hangs, its connection open, until its watchdog restarts it. */
    record Hang(String mat, long fromNanos, long untilNanos) implements OfMat {
        @Override
        public String announcement() {
            return mat + " hangs";
        }
    }

    /** The cable between a reader and one of its antennas is cut, and mended. */
    record AntennaCut(String mat, int antenna, long fromNanos, long untilNanos) implements OfMat {
        @Override
        public String announcement() {
            return "antenna " + antenna + " of " + mat + " is cut off";
        }
    }

    /** A reader is too hot to transmit. */
    record TooHot(String mat, long fromNanos, long untilNanos) implements OfMat {
        @Override
        public String announcement() {
            return mat + " is too hot";
        }
    }

    /** A reader's memory takes no more reads. */
    record MemoryFull(String mat, long fromNanos, long untilNanos) implements OfMat {
        @Override
        public String announcement() {
            return "the memory of " + mat + " is full";
        }
    }

    /** What a reader says comes byte by byte, slowly. */
    record Dribble(String mat, long fromNanos, long untilNanos) implements OfMat {
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

    /** The box's connections to the engine are closed, and new ones refused. */
    record EngineLineCut(String box, long fromNanos, long untilNanos) implements OfEngineLine {
        @Override
        public String announcement() {
            return "the line from " + box + " to the engine is cut";
        }
    }

    /** The line stands, and nothing comes through: half-open, and nobody is told. */
    record EngineLineDead(String box, long fromNanos, long untilNanos) implements OfEngineLine {
        @Override
        public String announcement() {
            return "the line from " + box + " to the engine swallows everything";
        }
    }

    /**
     * The line is as slow as an old modem.
     *
     * @param baud bits a second in each direction, ten to a byte
     */
    record EngineLineSlow(String box, long fromNanos, long untilNanos, int baud) implements OfEngineLine {
        @Override
        public String announcement() {
            return "the line from " + box + " to the engine has " + baud + " baud";
        }
    }

    /**
     * All that is said on the line comes later.
     *
     * @param delayNanos by so much, in each direction
     */
    record EngineLineDelayed(String box, long fromNanos, long untilNanos, long delayNanos) implements OfEngineLine {
        @Override
        public String announcement() {
            return "the line from " + box + " to the engine takes " + delayNanos / 1_000_000 + " ms";
        }
    }

    /**
     * Runners cross the start line before their gun, and run on.
     *
     * @param distance theirs
     * @param fromNanos when the gun goes off that they do not wait for
     * @param mostNanos how long before it at most
     */
    record EarlyStart(String distance, long fromNanos, int count, long mostNanos) implements OfRunners {
        @Override
        public String announcement() {
            return count + " of " + distance + " started too early";
        }
    }

    /**
     * Runners who have crossed a mat come back and cross it again.
     *
     * @param laterNanos how long after the crossing that counts
     */
    record CrossTwice(String timingPoint, long fromNanos, long untilNanos, int count, long laterNanos)
            implements OfRunners {
        @Override
        public String announcement() {
            return count + " cross " + timingPoint + " twice";
        }
    }

    /**
     * Runners turn back on a mat, and come again.
     *
     * @param earlierNanos how long before the crossing that counts
     */
    record TurnBack(String timingPoint, long fromNanos, long untilNanos, int count, long earlierNanos)
            implements OfRunners {
        @Override
        public String announcement() {
            return count + " turn back on " + timingPoint;
        }
    }

    /**
     * Runners stand on a mat behind its line.
     *
     * @param lengthNanos how long each
     */
    record Stand(String timingPoint, long fromNanos, long untilNanos, int count, long lengthNanos)
            implements OfRunners {
        @Override
        public String announcement() {
            return count + " stand on " + timingPoint;
        }
    }

    /** Spectators stand beside a mat all the time, each with a chip of yesterday's race. */
    record Spectator(String timingPoint, long fromNanos, long untilNanos, int count) implements OfRunners {
        @Override
        public String announcement() {
            return count + " with yesterday's chips at " + timingPoint;
        }
    }
}

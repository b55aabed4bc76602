package org.matgate.simulator.fault;

/**
 * Something that a rehearsal truly did, or that truly happened to it.
 *
 * @param monotonicNanos when, on this machine's CLOCK_MONOTONIC
 * @param subject the mat, the box, the engine or the machine that it happened to
 * @param detail for a person
 */
public record Happening(long monotonicNanos, Kind kind, String subject, String detail) {
    /** What happened. */
    public enum Kind {
        /** A box's process was started. */
        PROCESS_STARTED,
        /** A box's process says that it takes reads. */
        PROCESS_READY,
        /** SIGKILL is about to be sent to a box's process. */
        KILL_SENT,
        /** SIGTERM is about to be sent to a box's process. */
        TERM_SENT,
        /** A box's process is no more. */
        PROCESS_ENDED,
        ENGINE_STARTED,
        ENGINE_STOPPED,
        /** The line from a box to the engine is cut, swallows everything, is slow or late. */
        LINE_TROUBLED,
        /** It is as it should be again. */
        LINE_WELL,
        NOISE_BEGAN,
        NOISE_ENDED,
        /** Bytes of one frame of a mat were damaged on the wire. */
        FRAME_HIT,
        CABLE_OUT,
        CABLE_IN,
        /** A reader no longer does what it should: its power is off, it hangs, it is too hot, its memory is full. */
        READER_TROUBLED,
        /** A reader is well again. */
        READER_WELL,
        /** A box's power failed: it is about to be killed, and will start in a new boot. */
        POWER_CUT,
        /** A box's process is stopped, as on a machine that has no time for it. */
        STALLED,
        /** A box's process goes on. */
        RESUMED,
        /** Something was done to a box's clock. */
        CLOCK_CHANGED,
        /** From now on this machine let lie what was written to its pseudo-terminals. */
        TERMINALS_STUCK,
        /** It hands it on again. */
        TERMINALS_FREE
    }
}

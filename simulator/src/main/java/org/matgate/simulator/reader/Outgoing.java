package org.matgate.simulator.reader;

import java.util.List;
import org.matgate.protocol.reader.TagReport;

/** A frame that waits for the wire. The bytes are not to be changed. */
final class Outgoing {
    private final byte[] frame;
    private final List<Read> reads;
    private final Kind kind;

    /** What it is to the reader that says it. */
    enum Kind {
        /** Reads. */
        READS,
        /** Something that has happened: as long worth telling as a read. */
        EVENT,
        /** Something said to who listens now, such as an answer. */
        ANSWER,
        /** Nothing more is said to who listens now: the connection ends. */
        HANG_UP
    }

    /**
     * A read that a frame carries.
     *
     * @param report as the frame says it, which is less exact than the sighting
     */
    record Read(Sighting sighting, TagReport report) {}

    private Outgoing(Kind kind, byte[] frame, List<Read> reads) {
        this.kind = kind;
        this.frame = frame;
        this.reads = List.copyOf(reads);
    }

    static Outgoing reads(byte[] frame, List<Read> reads) {
        return new Outgoing(Kind.READS, frame, reads);
    }

    static Outgoing event(byte[] frame) {
        return new Outgoing(Kind.EVENT, frame, List.of());
    }

    static Outgoing answer(byte[] frame) {
        return new Outgoing(Kind.ANSWER, frame, List.of());
    }

    static Outgoing hangUp() {
        return new Outgoing(Kind.HANG_UP, new byte[0], List.of());
    }

    Kind kind() {
        return kind;
    }

    byte[] frame() {
        return frame;
    }

    /** The reads that it carries, none if it says something else. */
    List<Read> reads() {
        return reads;
    }

    /** Whether it can wait for another listener. */
    boolean canWait() {
        return kind == Kind.READS || kind == Kind.EVENT;
    }
}

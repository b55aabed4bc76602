package org.matgate.simulator.reader;

import java.util.List;
import org.matgate.protocol.reader.TagReport;

/** A frame that waits for the wire. The bytes are not to be changed. */
final class Outgoing {
    private final byte[] frame;
    private final List<Read> reads;

    /**
     * A read that a frame carries.
     *
     * @param report as the frame says it, which is less exact than the sighting
     */
    record Read(Sighting sighting, TagReport report) {}

    private Outgoing(byte[] frame, List<Read> reads) {
        this.frame = frame;
        this.reads = List.copyOf(reads);
    }

    static Outgoing reads(byte[] frame, List<Read> reads) {
        return new Outgoing(frame, reads);
    }

    static Outgoing other(byte[] frame) {
        return new Outgoing(frame, List.of());
    }

    byte[] frame() {
        return frame;
    }

    /** The reads that it carries, none if it says something else. */
    List<Read> reads() {
        return reads;
    }
}

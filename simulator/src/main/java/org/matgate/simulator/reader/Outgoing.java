package org.matgate.simulator.reader;

import java.util.Optional;
import org.matgate.protocol.reader.TagReport;

/** A frame that waits for the wire. The bytes are not to be changed. */
final class Outgoing {
    private final byte[] frame;
    private final Optional<Read> read;

    /**
     * The read that a frame carries.
     *
     * @param report as the frame says it, which is less exact than the sighting
     */
    record Read(Sighting sighting, TagReport report) {}

    private Outgoing(byte[] frame, Optional<Read> read) {
        this.frame = frame;
        this.read = read;
    }

    static Outgoing read(byte[] frame, Read read) {
        return new Outgoing(frame, Optional.of(read));
    }

    static Outgoing other(byte[] frame) {
        return new Outgoing(frame, Optional.empty());
    }

    byte[] frame() {
        return frame;
    }

    Optional<Read> read() {
        return read;
    }
}

package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;

/** A host without a wire: gives a model commands and sightings, and hears at once what it says. */
final class ModelBench {
    static final long MILLI = 1_000_000L;
    static final Chip CHIP = new Chip("300000000000000000001545");

    final Outbox outbox;
    private final Supplier<FrameParser<ReaderMessage>> hosts;

    ModelBench(int bufferedReads, Supplier<FrameParser<ReaderMessage>> hosts) {
        this.hosts = hosts;
        this.outbox = new Outbox(bufferedReads, hosts);
    }

    /** All that waits for the wire, as frames. */
    List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        for (Optional<Outgoing> next = outbox.poll(); next.isPresent(); next = outbox.poll()) {
            frames.add(next.get().frame());
        }
        return frames;
    }

    /** All that waits for the wire, as a host understands it. */
    List<ReaderMessage> said() {
        return frames().stream()
                .flatMap(frame -> Heard.in(frame, hosts.get()).messages().stream())
                .toList();
    }

    static Sighting sighting(long monotonicNanos, int antenna) {
        return new Sighting(monotonicNanos, CHIP, antenna, -6040);
    }
}

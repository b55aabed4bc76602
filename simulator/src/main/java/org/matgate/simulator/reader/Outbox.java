package org.matgate.simulator.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.TagReport;

/** What a reader has to say and has not yet: its own memory, of bounded size, first in, first out. Not thread-safe. */
final class Outbox {
    /** Answers that wait; a host that asks more without listening gets none. */
    private static final int MAX_ANSWERS = 256;

    private final Deque<Outgoing> frames = new ArrayDeque<>();
    private final int maxReads;
    private final Supplier<FrameParser<ReaderMessage>> hosts;
    private int reads;
    private boolean full;

    /**
     * @param maxReads how many reads may wait
     * @param hosts gives a new parser as the host has it
     */
    Outbox(int maxReads, Supplier<FrameParser<ReaderMessage>> hosts) {
        this.maxReads = maxReads;
        this.hosts = hosts;
    }

    /** Takes a read; false if the memory is full. */
    boolean read(Sighting sighting, byte[] frame) {
        return reads(List.of(sighting), frame);
    }

    /** Takes a frame that tells of these sightings, in this order; false if the memory has no room for them. */
    boolean reads(List<Sighting> sightings, byte[] frame) {
        if (full || reads + sightings.size() > maxReads) {
            return false;
        }
        // What the host will make of the frame is what was said, with all that the protocol rounds or leaves out.
        List<TagReport> reports = Heard.in(frame, hosts.get()).reports();
        // The host's parser is judged, too: it cannot vouch for who was seen.
        if (!reports.stream()
                .map(TagReport::chip)
                .toList()
                .equals(sightings.stream().map(Sighting::chip).toList())) {
            throw new IllegalStateException("a host would take " + sightings + " for " + reports);
        }
        reads += sightings.size();
        frames.add(Outgoing.reads(
                frame,
                IntStream.range(0, reports.size())
                        .mapToObj(i -> new Outgoing.Read(sightings.get(i), reports.get(i)))
                        .toList()));
        return true;
    }

    /** How many more reads find room. */
    int room() {
        return full ? 0 : maxReads - reads;
    }

    /** From now on no read finds room, or again as many as before. */
    void full(boolean now) {
        full = now;
    }

    /** Forgets what waits: it was never said. */
    void clear() {
        frames.clear();
        reads = 0;
    }

    /** Takes anything else that a reader says. */
    void other(byte[] frame) {
        if (answers() < MAX_ANSWERS) {
            frames.add(Outgoing.other(frame));
        }
    }

    /** Takes out what is to go next. */
    Optional<Outgoing> poll() {
        @Nullable Outgoing next = frames.poll();
        if (next != null) {
            reads -= next.reads().size();
        }
        return Optional.ofNullable(next);
    }

    private long answers() {
        return frames.stream().filter(frame -> frame.reads().isEmpty()).count();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** How many reads wait. */
    int reads() {
        return reads;
    }
}

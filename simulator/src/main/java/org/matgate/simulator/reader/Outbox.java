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
    /** What waits for {@link #release}. */
    private final Deque<Outgoing> held = new ArrayDeque<>();

    private final int maxReads;
    private final FrameParser<ReaderMessage> host;
    private int reads;
    private boolean full;
    private boolean holding;
    private boolean keeping;

    /**
     * @param maxReads how many reads may wait
     * @param hosts gives a parser as the host has it
     */
    Outbox(int maxReads, Supplier<FrameParser<ReaderMessage>> hosts) {
        this.maxReads = maxReads;
        this.host = hosts.get();
    }

    /** Takes a read; false if the memory is full. */
    boolean read(Sighting sighting, byte[] frame) {
        return reads(List.of(sighting), frame);
    }

    /** Takes a frame that tells of these sightings, in this order; false if the memory has no room for them. */
    boolean reads(List<Sighting> sightings, byte[] frame) {
        if (room() < sightings.size()) {
            return false;
        }
        // What the host will make of the frame is what was said, with all that the protocol rounds or leaves out.
        List<TagReport> reports = Heard.in(frame, host).reports();
        // The host's parser is judged, too: it cannot vouch for who was seen.
        if (!reports.stream()
                .map(TagReport::chip)
                .toList()
                .equals(sightings.stream().map(Sighting::chip).toList())) {
            throw new IllegalStateException("a host would take " + sightings + " for " + reports);
        }
        reads += sightings.size();
        queue().add(Outgoing.reads(
                frame,
                IntStream.range(0, reports.size())
                        .mapToObj(i -> new Outgoing.Read(sightings.get(i), reports.get(i)))
                        .toList()));
        return true;
    }

    /** Where goes what can wait. */
    private Deque<Outgoing> queue() {
        return holding ? held : frames;
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
        held.clear();
        reads = 0;
    }

    /** Takes anything else that a reader says to who listens now. */
    void other(byte[] frame) {
        if (count(frames, Outgoing.Kind.ANSWER) < MAX_ANSWERS) {
            frames.add(Outgoing.answer(frame));
        }
    }

    /** Takes what is said to a new listener before anything else. */
    void greeting(byte[] frame) {
        frames.addFirst(Outgoing.answer(frame));
    }

    /** Takes something that has happened, which waits as reads do. */
    void event(byte[] frame) {
        if (count(queue(), Outgoing.Kind.EVENT) < MAX_ANSWERS) {
            queue().add(Outgoing.event(frame));
        }
    }

    /** The connection ends when all is said that is to be said before. */
    void hangUp() {
        frames.add(Outgoing.hangUp());
    }

    /** Another listener, or none: what was meant for the last one is not said any more. */
    void listenerChanged() {
        frames.removeIf(frame -> !frame.canWait());
    }

    /** Whether reads that nobody heard any of are to be kept, instead of being lost. */
    void keep(boolean now) {
        keeping = now;
    }

    boolean keeps() {
        return keeping;
    }

    /** From now on reads and events wait for {@link #release}; all else goes out. */
    void hold() {
        holding = true;
        frames.stream().filter(Outgoing::canWait).forEach(held::add);
        frames.removeIf(Outgoing::canWait);
    }

    /** What was held goes out, before what is newer. */
    void release() {
        holding = false;
        frames.addAll(held);
        held.clear();
    }

    /** Takes out what is to go next. */
    Optional<Outgoing> poll() {
        @Nullable Outgoing next = frames.poll();
        if (next != null) {
            reads -= next.reads().size();
        }
        return Optional.ofNullable(next);
    }

    /** Puts back what was taken out last, and did not get onto the wire. */
    void putBack(Outgoing outgoing) {
        reads += outgoing.reads().size();
        frames.addFirst(outgoing);
    }

    private static long count(Deque<Outgoing> queue, Outgoing.Kind kind) {
        return queue.stream().filter(frame -> frame.kind() == kind).count();
    }

    /** Whether nothing is to go out now. */
    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** How many frames are to go out now. */
    int frames() {
        return frames.size();
    }

    /** How many reads wait, be it to go out or to be released. */
    int reads() {
        return reads;
    }
}

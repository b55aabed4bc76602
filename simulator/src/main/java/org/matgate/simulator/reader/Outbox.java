package org.matgate.simulator.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
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
        if (reads >= maxReads) {
            return false;
        }
        // What the host will make of the frame is what was said, with all that the protocol rounds or leaves out.
        TagReport report = Heard.in(frame, hosts.get()).messages().stream()
                .filter(TagReport.class::isInstance)
                .map(TagReport.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a host would not understand the read of " + sighting));
        // The host's parser is judged, too: it cannot vouch for who was seen.
        if (!report.chip().equals(sighting.chip())) {
            throw new IllegalStateException("a host would take " + sighting + " for one of " + report.chip());
        }
        reads++;
        frames.add(Outgoing.read(frame, new Outgoing.Read(sighting, report)));
        return true;
    }

    /** Takes anything else that a reader says. */
    void other(byte[] frame) {
        if (frames.size() - reads < MAX_ANSWERS) {
            frames.add(Outgoing.other(frame));
        }
    }

    /** Takes out what is to go next. */
    Optional<Outgoing> poll() {
        @Nullable Outgoing next = frames.poll();
        if (next != null && next.read().isPresent()) {
            reads--;
        }
        return Optional.ofNullable(next);
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** How many reads wait. */
    int reads() {
        return reads;
    }
}

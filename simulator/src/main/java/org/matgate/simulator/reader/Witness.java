package org.matgate.simulator.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.link.PacedWriter;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/**
 * Tells the wire log of all reads that one mat puts on the wire, and what became of their bytes. A damaged frame may seem
 * longer than it is, and then swallows those behind it if a checksum happens to hold. So after damage it follows the
 * stream as a host does, and tells of a read only when all of its bytes have been taken for something. Not thread-safe.
 */
final class Witness {
    /** No host waits so long for the rest of a frame. */
    static final long PATIENCE_NANOS = 2_000_000_000L;

    private final String name;
    private final WireLog wireLog;
    private final Tally tally;
    private final Supplier<FrameParser<ReaderMessage>> hosts;
    private final Deque<Frame> undecided = new ArrayDeque<>();
    /** Since the first of those that are undecided. */
    private FrameParser<ReaderMessage> host;

    private long sentBytes;
    private long takenBytes;
    private long lastNanos;

    /** What went out at once, and where in the stream. */
    private static final class Frame {
        final long begin;
        final long end;
        final List<Told> reads;
        /** Whether something with a checksum that holds goes over its borders. */
        boolean swallowed;

        Frame(long begin, long end, List<Told> reads) {
            this.begin = begin;
            this.end = end;
            this.reads = reads;
        }
    }

    /** A read as it is to be told, if nothing swallows it. */
    private record Told(WireRead read, long sentNanos, Fate fate) {}

    Witness(String name, WireLog wireLog, Tally tally, Supplier<FrameParser<ReaderMessage>> hosts) {
        this.name = name;
        this.wireLog = wireLog;
        this.tally = tally;
        this.hosts = hosts;
        this.host = hosts.get();
    }

    /** Something other than reads went out. */
    void other(byte[] frame, byte[] wire, long nowNanos) {
        went(frame, wire, List.of(), nowNanos);
    }

    /**
     * Reads went out, or would have, had anybody listened.
     *
     * @param earliestNanos the chips were not seen before
     */
    void reads(Outgoing outgoing, byte[] wire, long earliestNanos, PacedWriter.Sent sent) {
        if (!sent.heard()) {
            toNobody(outgoing, earliestNanos, sent.lastByteMonotonicNanos());
            return;
        }
        List<Fate> fates = Heard.fates(
                outgoing.frame(),
                outgoing.reads().stream().map(Outgoing.Read::report).toList(),
                wire,
                hosts);
        List<Told> told = new ArrayList<>(fates.size());
        for (int i = 0; i < fates.size(); i++) {
            told.add(new Told(
                    wireRead(outgoing.reads().get(i), earliestNanos), sent.lastByteMonotonicNanos(), fates.get(i)));
        }
        went(outgoing.frame(), wire, told, sent.lastByteMonotonicNanos());
    }

    /** Nobody was there for all of it. */
    void toNobody(Outgoing outgoing, long earliestNanos, long sentNanos) {
        decide();
        outgoing.reads()
                .forEach(read -> tell(new Told(wireRead(read, earliestNanos), sentNanos, Fate.NOT_LISTENING), false));
    }

    private WireRead wireRead(Outgoing.Read read, long earliestNanos) {
        TagReport report = read.report();
        Sighting sighting = read.sighting();
        return new WireRead(
                name,
                sighting.cameMonotonicNanos(),
                Math.max(earliestNanos, sighting.monotonicNanos()),
                // Equal to the reported one, and the same object for all of its sightings.
                sighting.chip(),
                report.antenna(),
                report.rssiCentiDbm(),
                report.time());
    }

    private void went(byte[] frame, byte[] wire, List<Told> reads, long nowNanos) {
        if (undecided.isEmpty()) {
            if (Arrays.equals(frame, wire)) {
                reads.forEach(read -> tell(read, false));
                return;
            }
            host = hosts.get();
            sentBytes = 0;
            takenBytes = 0;
        }
        lastNanos = nowNanos;
        undecided.add(new Frame(sentBytes, sentBytes + wire.length, reads));
        sentBytes += wire.length;
        host.parse(wire, 0, wire.length, new Taken());
        tellDecided();
    }

    /** What the host takes for a frame, and what for none. */
    private final class Taken implements FrameParser.Sink<ReaderMessage> {
        @Override
        public void message(ReaderMessage message, FramePosition position) {
            long begin = position.end() - position.length();
            for (Frame frame : undecided) {
                boolean touches = (frame.begin < position.end()) && (begin < frame.end);
                frame.swallowed |= touches && ((begin < frame.begin) || (frame.end < position.end()));
            }
            takenBytes = position.end();
        }

        @Override
        public void skipped(Skipped skipped) {
            takenBytes = skipped.end();
        }
    }

    private void tellDecided() {
        for (Frame first = undecided.peek(); first != null && first.end <= takenBytes; first = undecided.peek()) {
            undecided.remove();
            boolean swallowed = first.swallowed;
            first.reads.forEach(read -> tell(read, swallowed));
        }
    }

    private void tell(Told told, boolean swallowed) {
        Fate fate = swallowed ? Fate.UNDETECTABLE : told.fate();
        wireLog.offered(told.read(), told.sentNanos(), fate);
        tally.offered(fate);
    }

    /** Whether it waits for more of the stream before it tells of a read. */
    boolean undecided() {
        return !undecided.isEmpty();
    }

    /** Time goes on: a host that has heard nothing for long waits for nothing. */
    void advance(long nowNanos) {
        if (undecided() && nowNanos - lastNanos > PATIENCE_NANOS) {
            decide();
        }
    }

    /** The stream has ended, and another one begins. */
    void decide() {
        if (undecided()) {
            host.end(new Taken());
            takenBytes = sentBytes;
            tellDecided();
        }
    }
}

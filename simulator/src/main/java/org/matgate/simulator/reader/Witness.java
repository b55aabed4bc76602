package org.matgate.simulator.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
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
 * longer than it is, and then swallows those behind it if a checksum happens to hold; each read that it tells of instead
 * is one of those that it took in, the others are in nothing that the host hears. So after damage it follows the
 * stream as a host does, and tells of a read only when all of its bytes have been taken for something. Not thread-safe.
 */
final class Witness {
    /** No host waits so long for the rest of a frame on a serial line. */
    static final long PATIENCE_NANOS = 2_000_000_000L;

    /** Any host waits so long, and after a longer pause it depends: matgate's own waits for 420 or 700 ms, or more if it is late. */
    static final long PAUSE_NANOS = 400_000_000L;

    private final String name;
    private final WireLog wireLog;
    private final Tally tally;
    private final Supplier<FrameParser<ReaderMessage>> hosts;
    private final boolean onNetwork;
    private final Deque<Frame> undecided = new ArrayDeque<>();
    /** Since the first of those that are undecided. */
    private FrameParser<ReaderMessage> host;

    private long sentBytes;
    private long takenBytes;
    private long lastNanos;
    /** Whether the host may have given up part of what is undecided during a pause. */
    private boolean inDoubt;

    /** What went out at once, and where in the stream. */
    private static final class Frame {
        final long begin;
        final long end;
        final List<Told> reads;

        Frame(long begin, long end, List<Told> reads) {
            this.begin = begin;
            this.end = end;
            this.reads = new ArrayList<>(reads);
        }

        boolean touches(long otherBegin, long otherEnd) {
            return begin < otherEnd && otherBegin < end;
        }

        /** Takes out of what the host was told those that are its own. */
        void hear(List<TagReport> told, boolean within) {
            reads.replaceAll(read -> !read.heard() && told.remove(read.report())
                    ? read.heardAs(within ? read.fate() : Fate.UNDETECTABLE)
                    : read);
        }

        /** It was taken for these, with a checksum that holds, beyond its borders. */
        void swallow(Iterator<TagReport> altered) {
            reads.replaceAll(read ->
                    read.heard() || read.fate() == Fate.UNDETECTABLE ? read : read.with(Heard.instead(altered)));
        }

        /** The same, or not: nobody knows whether the host was still waiting for more. */
        void mayBeSwallowed() {
            reads.replaceAll(read -> read.heard() ? read : read.with(Fate.UNDETECTABLE));
        }
    }

    /** A read as it is to be told, if nothing swallows it. */
    private record Told(WireRead read, TagReport report, long sentNanos, Fate fate, boolean heard) {
        Told with(Fate other) {
            return new Told(read, report, sentNanos, other, heard);
        }

        Told heardAs(Fate other) {
            return new Told(read, report, sentNanos, other, true);
        }
    }

    /** @param onNetwork then a host waits for the rest of a frame as long as there is a connection */
    Witness(String name, WireLog wireLog, Tally tally, Supplier<FrameParser<ReaderMessage>> hosts, boolean onNetwork) {
        this.name = name;
        this.wireLog = wireLog;
        this.tally = tally;
        this.hosts = hosts;
        this.onNetwork = onNetwork;
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
            Outgoing.Read read = outgoing.reads().get(i);
            told.add(new Told(
                    wireRead(read, earliestNanos), read.report(), sent.lastByteMonotonicNanos(), fates.get(i), false));
        }
        went(outgoing.frame(), wire, told, sent.lastByteMonotonicNanos());
    }

    /** Nobody was there for all of it. */
    void toNobody(Outgoing outgoing, long earliestNanos, long sentNanos) {
        decide();
        outgoing.reads()
                .forEach(read -> tell(
                        new Told(wireRead(read, earliestNanos), read.report(), sentNanos, Fate.NOT_LISTENING, false)));
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
                reads.forEach(this::tell);
                return;
            }
            host = hosts.get();
            sentBytes = 0;
            takenBytes = 0;
            inDoubt = false;
        } else if (nowNanos - lastNanos > PAUSE_NANOS) {
            inDoubt = true;
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
            List<Frame> touched = undecided.stream()
                    .filter(frame -> frame.touches(begin, position.end()))
                    .toList();
            boolean within = touched.size() == 1
                    && touched.getFirst().begin <= begin
                    && position.end() <= touched.getFirst().end;
            List<TagReport> told = new ArrayList<>(message.reports());
            touched.forEach(frame -> frame.hear(told, within));
            if (!within && inDoubt) {
                touched.forEach(Frame::mayBeSwallowed);
            } else if (!within) {
                Iterator<TagReport> altered = told.iterator();
                touched.forEach(frame -> frame.swallow(altered));
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
            first.reads.forEach(this::tell);
        }
    }

    private void tell(Told told) {
        wireLog.offered(told.read(), told.sentNanos(), told.fate());
        tally.offered(told.fate());
    }

    /** Whether it waits for more of the stream before it tells of a read. */
    boolean undecided() {
        return undecided.stream().anyMatch(frame -> !frame.reads.isEmpty());
    }

    /** Time goes on: a host that has heard nothing for long waits for nothing, or nobody knows what it waits for. */
    void advance(long nowNanos) {
        if (undecided.isEmpty() || nowNanos - lastNanos <= PATIENCE_NANOS) {
            return;
        }
        if (!onNetwork) {
            decide();
        } else if (undecided()) {
            inDoubt = true;
            undecided.forEach(frame -> {
                frame.mayBeSwallowed();
                frame.reads.forEach(this::tell);
                frame.reads.clear();
            });
        }
    }

    /** The stream has ended, and another one begins. */
    void decide() {
        if (!undecided.isEmpty()) {
            host.end(new Taken());
            takenBytes = sentBytes;
            tellDecided();
        }
    }
}

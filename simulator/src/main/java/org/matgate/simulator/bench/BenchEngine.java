package org.matgate.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.channel.Pin;
import org.matgate.protocol.receiver.Admission;
import org.matgate.protocol.receiver.EngineKey;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.TagRead;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.SeqRanges.Range;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.SimulatedEngine;

/**
 * An engine that remembers when it acknowledged what: the moment at which the acknowledgement is on its way to the box.
 * It serves one box with one journal. Thread-safe.
 */
final class BenchEngine implements SessionListener, AutoCloseable {
    static final String TOKEN = "bench";

    private record Acknowledged(Range seqs, long monotonicNanos) {}

    private final SimClock clock;
    private final Optional<EngineKey> key;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final InetSocketAddress address;
    private @Nullable JournalId journal;
    private SimulatedEngine engine;

    private BenchEngine(Path file, SimClock clock, Optional<EngineKey> key) throws IOException {
        this.clock = clock;
        this.key = key;
        this.engine = open(file, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = engine.address();
    }

    /** One that speaks plain TCP. */
    static BenchEngine start(Path file, SimClock clock) throws IOException {
        return new BenchEngine(file, clock, Optional.empty());
    }

    /** One that speaks TLS, with a key of its own. */
    static BenchEngine startTls(Path file, SimClock clock) throws IOException {
        return new BenchEngine(file, clock, Optional.of(EngineKey.generate()));
    }

    private SimulatedEngine open(Path file, InetSocketAddress bind) throws IOException {
        return SimulatedEngine.start(file, bind, key, Admission.token(TOKEN), this, clock, 0);
    }

    /** Such as {@code 127.0.0.1:40113}. */
    String address() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Where it listens. */
    InetSocketAddress socketAddress() {
        return address;
    }

    /** By what boxes know it, where it speaks TLS. */
    Optional<Pin> pin() {
        return key.map(EngineKey::pin);
    }

    /** Goes away and comes back with an empty store: all that the box has is lacking then. */
    synchronized void beginAnew(Path file) throws IOException {
        engine.close();
        acknowledged.clear();
        engine = open(file, address);
    }

    @Override
    public synchronized void acknowledged(JournalId of, SeqRanges stored) {
        long now = clock.monotonicNanos();
        journal = of;
        for (Range seqs : stored.ranges()) {
            acknowledged.add(new Acknowledged(seqs, now));
        }
    }

    /** How many events it took since it began anew. */
    synchronized long stored() {
        return engine.counters().stored();
    }

    /** The last seq that it holds; 0 while there is none. */
    synchronized long lastSeq() {
        return acknowledged.stream().mapToLong(ack -> ack.seqs.last()).max().orElse(0);
    }

    /** When the first acknowledgement went out since it began anew. */
    synchronized Optional<Long> firstAcknowledgedNanos() {
        return acknowledged.stream().map(Acknowledged::monotonicNanos).findFirst();
    }

    /** The reads from this seq on that it holds. */
    List<Entry> reads(long fromSeq) throws SQLException, IOException {
        SimulatedEngine now;
        JournalId of;
        synchronized (this) {
            now = engine;
            of = journal;
        }
        return of == null
                ? List.of()
                : now.store().entries(of, Math.max(1, fromSeq), SeqRanges.MAX_SEQ).stream()
                        .filter(entry -> entry.event() instanceof TagRead)
                        .toList();
    }

    /**
     * From the last byte on the wire to the acknowledgement.
     *
     * @param fromSeq of reads from this seq on
     * @param sent of those that are in it
     * @param untilNanos and were acknowledged before this moment
     */
    Histogram delays(long fromSeq, SentReads sent, long untilNanos) throws SQLException, IOException {
        Histogram delays = Figures.histogram();
        List<Entry> reads = reads(fromSeq);
        synchronized (this) {
            for (Acknowledged ack : acknowledged) {
                if (ack.monotonicNanos >= untilNanos) {
                    continue;
                }
                int at = firstFrom(reads, ack.seqs.first());
                while (at < reads.size() && reads.get(at).seq() <= ack.seqs.last()) {
                    TagRead read = (TagRead) reads.get(at++).event();
                    sent.sentNanos(read.chip())
                            .ifPresent(nanos -> delays.recordValue(Math.max(0, ack.monotonicNanos - nanos)));
                }
            }
        }
        return delays;
    }

    private static int firstFrom(List<Entry> reads, long seq) {
        int low = 0;
        int high = reads.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reads.get(middle).seq() < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Looks again and again, until it holds or the time is over; gives whether it holds. */
    static boolean await(BooleanSupplier holds, double seconds) throws InterruptedException {
        long step = 5;
        for (long left = Math.round(seconds * 1000); left > 0; left -= step) {
            if (holds.getAsBoolean()) {
                return true;
            }
            Thread.sleep(step);
        }
        return holds.getAsBoolean();
    }

    @Override
    public synchronized void close() throws IOException {
        engine.close();
    }
}

package org.matgate.gateway.uplink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.matgate.protocol.receiver.BoxInfo;
import org.matgate.protocol.receiver.Notice;
import org.matgate.protocol.receiver.ReadStreamServer;
import org.matgate.protocol.receiver.SessionListener;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.simulator.engine.SqliteEventStore;

/** The engine's library on a real store, which refuses an event that comes twice. */
final class RealEngine implements AutoCloseable {
    final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
    final SqliteEventStore store;
    final ReadStreamServer server;

    RealEngine(Path file, int port, long sinceUtcNanos) throws IOException {
        store = new SqliteEventStore(file, () -> 1);
        server = ReadStreamServer.builder(store, () -> 1)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .since(sinceUtcNanos)
                .listener(new SessionListener() {
                    @Override
                    public void noticed(BoxInfo box, Notice notice) {
                        notices.add(notice);
                    }
                })
                .start();
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** What is stored of the journal, by the events themselves and by the ledger, which must agree. */
    SeqRanges held(JournalId journal) throws SQLException, IOException {
        SeqRanges ledger = store.held(journal);
        SeqRanges there = there(journal);
        // What is stored between the two questions is in one answer only.
        for (SeqRanges now = store.held(journal); !now.equals(ledger); now = store.held(journal)) {
            ledger = now;
            there = there(journal);
        }
        if (!there.equals(ledger)) {
            throw new AssertionError("the ledger says " + ledger + " and there is " + there);
        }
        return there;
    }

    private SeqRanges there(JournalId journal) throws SQLException, IOException {
        List<SeqRanges.Range> there = store.entries(journal, 1, SeqRanges.MAX_SEQ).stream()
                .map(Entry::seq)
                .map(seq -> new SeqRanges.Range(seq, seq))
                .toList();
        return SeqRanges.of(there);
    }

    @Override
    public void close() throws IOException {
        server.close();
        store.close();
    }
}

package org.matgate.gateway.reader;

import org.matgate.protocol.reader.ReaderMessage;

/** A session with a fault. */
final class FaultySession implements ReaderSession {
    @Override
    public void opened(long nowNanos) {}

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        throw new IllegalStateException("a fault for the test");
    }

    @Override
    public void damaged(long nowNanos) {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void stop(long nowNanos) {}

    @Override
    public void closed(long nowNanos) {}
}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.replay.ByteReplay;

/** A replay of bytes from READY to its end, or to the signal that stops it. */
final class ReplayRun implements AutoCloseable {
    private final AtomicReference<@Nullable ByteReplay> running = new AtomicReference<>();
    private final StopSignal stop = new StopSignal(this::stop);

    /** Makes the replay. */
    @FunctionalInterface
    interface Maker {
        ByteReplay make(ReaderEnd end, SimClock clock, WireLog wireLog);
    }

    private void stop() {
        ByteReplay replay = running.get();
        if (replay != null) {
            replay.stop();
        }
    }

    /** Plays it all, and gives what was played. */
    ByteReplay play(MatRun run, Maker maker, boolean stay, ReaderEnd end, SimClock clock, WireLog wireLog)
            throws IOException {
        ByteReplay replay = maker.make(end, clock, wireLog);
        running.set(replay);
        run.ready(end);
        if (!stop.asked()) {
            replay.run(stay);
        }
        return replay;
    }

    @Override
    public void close() {
        stop.close();
    }
}

package org.matgate.simulator.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.BareHost;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.TcpLink;

/**
 * The least that anybody can do with the same input: what has come is appended to a file, synced, and sent once to a
 * neighbour on the loopback and back. Not thread-safe.
 */
final class Floor implements AutoCloseable {
    /** A report of one tag, as the LLRP reader sends it. */
    private static final int LLRP_BYTES = 79;

    /** A tag in a stream, as the Mercury module sends it. */
    private static final int MERCURY_BYTES = 45;

    private static final double PATIENCE_SECONDS = 30;

    private final SimClock clock;
    private final ReaderEnd end;
    private final BareHost host;
    private final FileChannel file;
    private final byte[] frame;

    private Floor(SimClock clock, ReaderEnd end, BareHost host, FileChannel file, int frameBytes) {
        this.clock = clock;
        this.end = end;
        this.host = host;
        this.file = file;
        this.frame = new byte[frameBytes];
    }

    static Floor open(SimClock clock, Path file, boolean tcp) throws IOException {
        ReaderEnd end = tcp ? TcpLink.listen(BareHost.anyPort()) : Pty.open();
        return new Floor(
                clock,
                end,
                BareHost.open(end.address(), tcp),
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                tcp ? LLRP_BYTES : MERCURY_BYTES);
    }

    /** Sends so many frames a second on average, and gives the delays from their last byte to the echo. */
    Histogram measure(double perSecond, double seconds) throws IOException, InterruptedException, ExecutionException {
        int count = (int) Math.round(perSecond * seconds);
        long[] sent = new long[count];
        BenchEngine.await(end::connected, PATIENCE_SECONDS);
        CompletableFuture<Histogram> heard = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("floor").start(() -> {
            try {
                heard.complete(hear(sent));
            } catch (IOException | RuntimeException e) {
                heard.completeExceptionally(e);
            }
        });
        long now = clock.monotonicNanos();
        DistinctReads moments = new DistinctReads(perSecond, now, Long.MAX_VALUE);
        for (int i = 0; i < count; i++) {
            long at = moments.next().monotonicNanos();
            for (long left = at - clock.monotonicNanos(); left > 0; left = at - clock.monotonicNanos()) {
                LockSupport.parkNanos(left);
            }
            synchronized (sent) {
                if (end.write(frame, 0, frame.length) == 0) {
                    throw new IOException("nobody listens at " + end.address());
                }
                sent[i] = clock.monotonicNanos();
            }
        }
        return heard.get();
    }

    private Histogram hear(long[] sent) throws IOException {
        Histogram delays = Figures.histogram();
        byte[] buffer = new byte[8192];
        long bytes = 0;
        int done = 0;
        while (done < sent.length) {
            int n = host.read(buffer);
            file.write(ByteBuffer.wrap(buffer, 0, n));
            file.force(false);
            host.echo();
            long now = clock.monotonicNanos();
            bytes += n;
            synchronized (sent) {
                for (; done < bytes / frame.length; done++) {
                    delays.recordValue(Math.max(0, now - sent[done]));
                }
            }
        }
        return delays;
    }

    @Override
    public void close() throws IOException {
        host.close();
        end.close();
        file.close();
    }
}

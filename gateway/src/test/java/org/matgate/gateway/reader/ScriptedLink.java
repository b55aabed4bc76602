package org.matgate.gateway.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.matgate.gateway.link.ReaderLink;

/** A link in memory on which things happen at given moments; waiting for them moves the clock. */
final class ScriptedLink implements ReaderLink {
    /** What happens at a moment. */
    private interface Happening {
        byte[] happen() throws IOException;
    }

    private record At(long nanos, long order, Happening happening) {}

    private final ManualClock clock;
    private final long nanosPerByte;
    private final PriorityQueue<At> script =
            new PriorityQueue<>(Comparator.comparingLong(At::nanos).thenComparingLong(At::order));
    final List<byte[]> written = new ArrayList<>();
    private Function<byte[], List<byte[]>> answer = bytes -> List.of();
    long gatheredNanos;
    private byte[] rest = new byte[0];
    private long order;
    boolean closed;

    ScriptedLink(ManualClock clock, long nanosPerByte) {
        this.clock = clock;
        this.nanosPerByte = nanosPerByte;
    }

    /** These bytes are read at this moment, in one piece. */
    ScriptedLink bytes(long atNanos, byte[]... parts) {
        byte[] all = Bytes.join(parts);
        return at(atNanos, () -> all);
    }

    ScriptedLink breaks(long atNanos, String text) {
        return at(atNanos, () -> {
            throw new IOException(text);
        });
    }

    ScriptedLink runs(long atNanos, Runnable action) {
        return at(atNanos, () -> {
            action.run();
            return new byte[0];
        });
    }

    /** What is written is answered, a millisecond later. */
    ScriptedLink answers(Function<byte[], List<byte[]>> answer) {
        this.answer = answer;
        return this;
    }

    private ScriptedLink at(long nanos, Happening happening) {
        script.add(new At(nanos, order++, happening));
        return this;
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        if (rest.length == 0) {
            At next = script.peek();
            if (next == null || next.nanos > clock.monotonicNanos() + waitNanos) {
                clock.advance(waitNanos);
                return 0;
            }
            script.remove();
            clock.set(Math.max(clock.monotonicNanos(), next.nanos));
            rest = next.happening.happen();
        }
        int length = Math.min(rest.length, buffer.length);
        System.arraycopy(rest, 0, buffer, 0, length);
        rest = java.util.Arrays.copyOfRange(rest, length, rest.length);
        return length;
    }

    @Override
    public void write(byte[] bytes) {
        written.add(bytes);
        for (byte[] reply : answer.apply(bytes)) {
            bytes(clock.monotonicNanos() + 1_000_000, reply);
        }
    }

    @Override
    public long nanosPerByte() {
        return nanosPerByte;
    }

    @Override
    public long gatheredNanos() {
        return gatheredNanos;
    }

    @Override
    public void close() {
        closed = true;
    }
}

package org.matgate.protocol.reader;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What every family's parser does alike: it holds the bytes of an unfinished frame, and where no good frame begins it
 * gives up one byte and looks again from the next, so that a good frame inside a damaged one is found. A family only
 * says what lies at the head of the held bytes.
 *
 * <p>Bytes given up one after another are reported as one run per call. A run's reason is the first one in it that says
 * more than {@link Skipped.Reason#NOISE}.
 *
 * @param <M> what the frames say
 */
public abstract class ResyncParser<M> implements FrameParser<M> {
    /**
     * What lies at the head of the held bytes.
     *
     * @param <M> what a frame says
     */
    public sealed interface Head<M> permits Unfinished, Frame, NoFrame {}

    /** Perhaps a frame, of which more must come. */
    public record Unfinished<M>() implements Head<M> {}

    /** A good frame of so many bytes. */
    public record Frame<M>(M message, int length) implements Head<M> {}

    /** No good frame begins with the first byte. */
    public record NoFrame<M>(Skipped.Reason reason) implements Head<M> {}

    private final byte[] held;
    private int from;
    private int to;
    /** Bytes of the stream up to {@code held[from]}. */
    private long consumed;

    private boolean inStep = true;

    private final byte[] sample = new byte[Skipped.SAMPLE_BYTES];
    private long runLength;
    private Skipped.Reason runReason = Skipped.Reason.NOISE;

    /** @param largestFrame bytes in the protocol's largest frame: a head of so many bytes must not be unfinished */
    protected ResyncParser(int largestFrame) {
        held = new byte[largestFrame];
    }

    /**
     * Says what lies at the head of {@code length} bytes from {@code offset} on, at least one. It must depend on these
     * bytes, {@link #inStep} and what was said of earlier heads alone, and may be asked again with more of them.
     */
    protected abstract Head<M> head(byte[] bytes, int offset, int length);

    /** Whether the head follows directly on a good frame, or is the stream's first byte. */
    protected final boolean inStep() {
        return inStep;
    }

    @Override
    public final void parse(byte[] bytes, int offset, int length, Sink<? super M> sink) {
        int next = offset;
        int end = offset + length;
        while (next < end) {
            makeRoom();
            int taken = Math.min(end - next, held.length - to);
            System.arraycopy(bytes, next, held, to, taken);
            next += taken;
            to += taken;
            scan(false, sink);
        }
        report(sink);
    }

    /** A large frame that comes in small pieces is not moved for each of them. */
    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(held, from, held, 0, to - from);
            to -= from;
            from = 0;
        }
    }

    @Override
    public final void end(Sink<? super M> sink) {
        scan(true, sink);
        report(sink);
        consumed = 0;
        inStep = true;
    }

    /** Bytes held because their frame is not complete. */
    final int heldBytes() {
        return to - from;
    }

    private void scan(boolean ended, Sink<? super M> sink) {
        while (from < to) {
            switch (head(held, from, to - from)) {
                case Unfinished<M> unfinished -> {
                    if (!ended) {
                        if (to - from == held.length) {
                            throw new IllegalStateException("unfinished with " + held.length + " bytes: "
                                    + HexFormat.of().formatHex(held));
                        }
                        return;
                    }
                    skip(Skipped.Reason.TRUNCATED);
                }
                case NoFrame<M> none -> skip(none.reason());
                case Frame<M> frame -> {
                    report(sink);
                    inStep = true;
                    from += frame.length();
                    consumed += frame.length();
                    sink.message(frame.message(), new FramePosition(consumed, frame.length()));
                }
            }
        }
    }

    private void skip(Skipped.Reason reason) {
        if (runLength < sample.length) {
            sample[(int) runLength] = held[from];
        }
        if (runReason == Skipped.Reason.NOISE) {
            runReason = reason;
        }
        inStep = false;
        runLength++;
        from++;
        consumed++;
    }

    private void report(Sink<? super M> sink) {
        if (runLength == 0) {
            return;
        }
        int shown = (int) Math.min(runLength, sample.length);
        Skipped run =
                new Skipped(runReason, consumed, runLength, HexFormat.of().formatHex(Arrays.copyOf(sample, shown)));
        runLength = 0;
        runReason = Skipped.Reason.NOISE;
        sink.skipped(run);
    }
}

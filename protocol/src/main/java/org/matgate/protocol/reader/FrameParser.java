package org.matgate.protocol.reader;

/**
 * Finds the frames of one protocol in a stream of bytes that may be cut, joined, damaged or noise.
 *
 * <p>Every byte ends up in exactly one message or one {@link Skipped}, or is still held because its frame is not
 * complete. A parser never throws on input, holds at most one frame of the protocol's largest size, and after damage
 * finds the next good frame again, also where that frame began inside what looked like a frame. The results do not
 * depend on how the stream was cut into calls, save that a run of skipped bytes may be reported in pieces.
 *
 * <p>Not thread-safe: one parser belongs to one connection in one direction.
 *
 * @param <M> what the frames say
 */
public interface FrameParser<M> {
    /** Takes {@code length} bytes from {@code offset} on, and tells {@code sink} what they completed, in order. */
    void parse(byte[] bytes, int offset, int length, Sink<? super M> sink);

    /**
     * The connection has ended: good frames behind the begin of an unfinished one are told, the rest of what is held is
     * reported as skipped, and the parser is as new.
     */
    void end(Sink<? super M> sink);

    /** Receives what a parser finds, in the order of the stream. */
    interface Sink<M> {
        /** A good frame. */
        void message(M message, FramePosition position);

        /** Bytes that belong to no good frame. */
        void skipped(Skipped skipped);
    }
}

package org.matgate.protocol.reader;

/**
 * Where a frame lay in the stream; with the time at which a piece of the stream arrived, it gives the moment at which
 * the frame's own last byte did.
 *
 * @param end bytes of the stream up to and with the frame's last, counted since the parser was new
 * @param length bytes in the frame
 */
public record FramePosition(long end, int length) {}

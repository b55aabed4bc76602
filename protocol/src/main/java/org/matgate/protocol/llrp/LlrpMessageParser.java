package org.matgate.protocol.llrp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped.Reason;

/**
 * What both directions do alike to find messages, which have no checksum and no mark at which they begin.
 *
 * <p>A head is taken for one if its reserved bits are 0, its version is 1 or 2, its type is one that the standard knows
 * in this direction, and its length is possible for that type. As parameters come, each must lie within the message and
 * the first be of the type that the message demands; the bytes of the next message, taken for a parameter, are not, so
 * that a wrong length shows at once. A type that is not known, from a newer reader, is taken only where nothing was
 * skipped since the last good message; after damage it would let noise pass.
 *
 * @param <M> what the messages say
 */
abstract class LlrpMessageParser<M> extends ResyncParser<M> {
    /** Version 1, type 0. */
    private static final int FIRST_BYTE_MIN = 1 << 2;
    /** Version 2, all types. */
    private static final int FIRST_BYTE_MAX = 2 << 2 | 3;

    private static final int LENGTH_END = 6;

    /**
     * A message that turns out to be none only at its end is taken apart in vain, and bytes made for it have another
     * such head in each of its parameters. Beyond so many bytes in vain, of which each byte that is passed earns some
     * back, only short messages are taken until there is less: the work stays in proportion to the bytes.
     */
    private static final long MOST_IN_VAIN = 4L * LlrpFrame.LARGEST;

    private static final long EARNED_BY_A_BYTE = 16;
    private static final int SHORT = 4096;

    private final int largest;
    private long inVain;
    private final Unfinished<M> unfinished = new Unfinished<>();
    private final NoFrame<M> noise = new NoFrame<>(Reason.NOISE);
    private final NoFrame<M> malformed = new NoFrame<>(Reason.MALFORMED);

    LlrpMessageParser(int largest) {
        super(largest);
        this.largest = largest;
    }

    /** What is known of a type that is said in this direction; null if nothing is. */
    abstract @Nullable LlrpShape shape(int type);

    /** Whether the type is one that is said in the other direction. */
    abstract boolean isEcho(int type);

    /** What a message says whose body has these bounds; empty if its parameters contradict each other. */
    abstract Optional<? extends M> decode(int type, long id, byte[] bytes, int from, int to);

    @Override
    protected final Head<M> head(byte[] bytes, int offset, int length) {
        Head<M> head = look(bytes, offset, length);
        switch (head) {
            case Unfinished<M> more -> {}
            case NoFrame<M> none -> earn(1);
            case Frame<M> frame -> earn(frame.length());
        }
        return head;
    }

    private void earn(int passed) {
        inVain = Math.max(0, inVain - passed * EARNED_BY_A_BYTE);
    }

    private Head<M> look(byte[] bytes, int offset, int length) {
        int firstByte = bytes[offset] & 0xFF;
        if (firstByte < FIRST_BYTE_MIN || firstByte > FIRST_BYTE_MAX) {
            return noise;
        }
        if (length < LENGTH_END) {
            return unfinished;
        }
        int type = LlrpFrame.unsigned16(bytes, offset) & LlrpFrame.MAX_TYPE;
        long declared = LlrpFrame.unsigned32(bytes, offset + 2);
        LlrpShape shape = shape(type);
        if (shape == null) {
            return inStep() && !isEcho(type) ? unknown(bytes, offset, length, declared) : noise;
        }
        int most = inVain > MOST_IN_VAIN ? SHORT : largest;
        if (declared < shape.shortest() || declared > Math.min(most, shape.longest())) {
            return malformed;
        }
        int end = offset + (int) declared;
        if (shape.contradicted(bytes, offset, Math.min(end, offset + length), end)) {
            return malformed;
        }
        return length < declared ? unfinished : message(type, bytes, offset, end);
    }

    private Head<M> unknown(byte[] bytes, int offset, int length, long declared) {
        if (declared < LlrpFrame.HEADER || declared > largest) {
            return noise;
        }
        int type = LlrpFrame.unsigned16(bytes, offset) & LlrpFrame.MAX_TYPE;
        return length < declared ? unfinished : message(type, bytes, offset, offset + (int) declared);
    }

    private Head<M> message(int type, byte[] bytes, int offset, int end) {
        long id = LlrpFrame.unsigned32(bytes, offset + LENGTH_END);
        Optional<? extends M> message = decode(type, id, bytes, offset + LlrpFrame.HEADER, end);
        if (message.isEmpty()) {
            inVain += end - offset;
            return malformed;
        }
        return new Frame<>(message.get(), end - offset);
    }
}

package org.matgate.protocol.llrp;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a message's type before its body is read: with it, damage is noticed as early as it shows.
 *
 * @param shortest bytes in the shortest message of the type
 * @param longest bytes in the longest
 * @param parametersAt where in the message its parameters begin, or {@link #OPAQUE}
 * @param first type of the first parameter, or {@link #ANY}
 */
record LlrpShape(int shortest, int longest, int parametersAt, int first) {
    static final int OPAQUE = -1;
    static final int ANY = -1;

    /** An unfinished message is looked at again whenever bytes come; so many parameters of it are. */
    private static final int LOOKED_AT = 64;

    private static final int MAX_TLV = 0xFFFF;
    private static final int HEADER = LlrpFrame.HEADER;
    /** An LLRPStatus without a description. */
    private static final int STATUS_BYTES = 8;

    private static final LlrpShape EMPTY = new LlrpShape(HEADER, HEADER, OPAQUE, ANY);
    private static final LlrpShape ID = new LlrpShape(HEADER + 4, HEADER + 4, OPAQUE, ANY);
    private static final LlrpShape STATUS =
            new LlrpShape(HEADER + STATUS_BYTES, HEADER + MAX_TLV, HEADER, LlrpParameters.STATUS);
    private static final LlrpShape STATUS_AND_MORE =
            new LlrpShape(HEADER + STATUS_BYTES, LlrpFrame.LARGEST, HEADER, LlrpParameters.STATUS);
    private static final LlrpShape PARAMETERS = new LlrpShape(HEADER, LlrpFrame.LARGEST, HEADER, ANY);
    private static final LlrpShape CUSTOM = new LlrpShape(HEADER + 5, LlrpFrame.LARGEST, OPAQUE, ANY);

    /** A message of fixed fields, then parameters. */
    private static LlrpShape fields(int bytes) {
        return new LlrpShape(HEADER + bytes, LlrpFrame.LARGEST, HEADER + bytes, ANY);
    }

    /** A message of one parameter of a type. */
    private static LlrpShape one(int type) {
        return new LlrpShape(HEADER + LlrpFrame.TLV_HEADER, HEADER + MAX_TLV, HEADER, type);
    }

    /** The shape of what a reader says; null if the standard knows no such message of a reader. */
    static @Nullable LlrpShape ofReader(int type) {
        return switch (type) {
            case 4, 13, 30, 31, 32, 33, 34, 35, 50, 51, 52, 53, 57, 100 -> STATUS;
            case 11, 12, 36, 54 -> STATUS_AND_MORE;
            case 45, 61 -> PARAMETERS;
            // Two versions, then LLRPStatus.
            case 56 -> new LlrpShape(HEADER + 2 + STATUS_BYTES, HEADER + 2 + MAX_TLV, HEADER + 2, STATUS.first);
            case 62 -> EMPTY;
            case 63 -> one(LlrpEvents.DATA);
            case LlrpFrame.CUSTOM -> CUSTOM;
            default -> null;
        };
    }

    /** The shape of what a client says; null if the standard knows no such message of a client. */
    static @Nullable LlrpShape ofClient(int type) {
        return switch (type) {
            case 1, 3 -> fields(1);
            case 2 -> fields(7);
            case 14, 26, 44, 46, 60, 64, 72 -> EMPTY;
            case 20 -> one(LlrpSpecs.ROSPEC);
            case 21, 22, 23, 24, 25, 41, 42, 43 -> ID;
            case 40, 55 -> PARAMETERS;
            case 47 -> new LlrpShape(HEADER + 1, HEADER + 1, OPAQUE, ANY);
            case LlrpFrame.CUSTOM -> CUSTOM;
            default -> null;
        };
    }

    /**
     * Whether a message's parameters, as far as they are there, contradict its length or its type.
     *
     * @param from where the message begins
     * @param there end of its bytes that are there
     * @param end where it ends by its length
     */
    boolean contradicted(byte[] bytes, int from, int there, int end) {
        if (parametersAt == OPAQUE) {
            return false;
        }
        int at = from + parametersAt;
        for (int i = 0; i < LOOKED_AT && at < there; i++) {
            int length = LlrpFrame.parameterLength(bytes, at, there, end);
            if (length == LlrpFrame.BROKEN) {
                return true;
            }
            if (length == LlrpFrame.UNKNOWN) {
                return false;
            }
            if (i == 0 && first != ANY && LlrpFrame.parameterType(bytes, at) != first) {
                return true;
            }
            at += length;
        }
        return false;
    }
}

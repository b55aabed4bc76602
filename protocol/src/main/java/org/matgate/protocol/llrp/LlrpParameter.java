package org.matgate.protocol.llrp;

/**
 * A parameter of LLRP: the typed, nested parts of which messages are made. Numbers are as they are on the wire, so that
 * what is encoded is what came; a number that does not fit its field is refused when it is encoded, with
 * {@link IllegalArgumentException}.
 *
 * <p>Text that is not UTF-8 is told with replacement characters.
 */
public sealed interface LlrpParameter
        permits LlrpCapability,
                LlrpConfig,
                LlrpEvent,
                LlrpParameter.Other,
                LlrpSpec,
                LlrpStatus,
                LlrpStatus.FieldError,
                LlrpStatus.ParameterError,
                LlrpTag,
                LlrpVendor {
    /**
     * A parameter without a record here, or not of the form that is known.
     *
     * @param type 128 to 1023: the standard fixes the length of those below
     * @param data what follows the head, hexadecimal digits in upper case
     */
    record Other(int type, String data) implements LlrpParameter {
        public Other {
            LlrpFrame.check("parameter type", type, LlrpFrame.FIRST_TLV, LlrpFrame.MAX_TYPE);
            data = LlrpFrame.checkHex(data);
        }
    }
}

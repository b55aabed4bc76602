package org.matgate.simulator.reader;

import java.util.List;
import org.matgate.protocol.llrp.LlrpParameter;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.llrp.LlrpStatus.FieldError;
import org.matgate.protocol.llrp.LlrpStatus.ParameterError;

/** What an LLRP reader refuses, and how it says so (LLRP 1.0.1, status codes). */
final class LlrpFaults {
    static final int ROSPEC = 177;
    static final int AI_SPEC = 183;
    static final int INVENTORY_PARAMETER_SPEC = 186;
    static final int ANTENNA_CONFIGURATION = 222;
    static final int CUSTOM = 1023;

    private static final int ERROR_WITHIN = 200;
    private static final int FIELD_ERROR_WITHIN = 201;
    private static final int MISSING_WITHIN = 203;
    private static final int UNSUPPORTED_WITHIN = 209;

    /** Thrown where the fault is found, and answered where the message came in. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final transient LlrpStatus status;

        Refused(LlrpStatus status) {
            super(status.text());
            this.status = status;
        }

        LlrpStatus status() {
            return status;
        }
    }

    private LlrpFaults() {}

    /** A field of the message itself, counted from 0, has an impossible value. */
    static Refused field(int field, int code, String why) {
        return new Refused(new LlrpStatus(LlrpStatus.FIELD_ERROR, why, List.of(new FieldError(field, code))));
    }

    /** A field of a parameter, which is within those before it. */
    static Refused fieldWithin(int field, int code, String why, int... types) {
        return refused(FIELD_ERROR_WITHIN, List.of(new FieldError(field, code)), why, types);
    }

    /** A parameter lacks one of this type. */
    static Refused missing(String why, int... types) {
        return refused(MISSING_WITHIN, List.of(), why, types);
    }

    /** A parameter that the reader cannot do. */
    static Refused unsupported(String why, int... types) {
        return refused(UNSUPPORTED_WITHIN, List.of(), why, types);
    }

    private static Refused refused(int code, List<LlrpParameter> innermost, String why, int... types) {
        ParameterError error = new ParameterError(types[types.length - 1], code, innermost);
        for (int i = types.length - 2; i >= 0; i--) {
            error = new ParameterError(types[i], ERROR_WITHIN, List.of(error));
        }
        return new Refused(new LlrpStatus(LlrpStatus.PARAMETER_ERROR, why, List.of(error)));
    }
}

package org.matgate.protocol.llrp;

import java.util.List;

/**
 * 287 LLRPStatus: how a command went, first in every reply.
 *
 * @param code 0 is success; see {@link #text()}
 * @param description in the reader's words, often empty
 * @param parameters what was wrong with which part: {@link FieldError}, {@link ParameterError}
 */
public record LlrpStatus(int code, String description, List<LlrpParameter> parameters)
        implements LlrpParameter, HasParameters {
    /** Success, with nothing to add. */
    public static final LlrpStatus OK = new LlrpStatus(0, "", List.of());

    public static final int PARAMETER_ERROR = 100;
    public static final int FIELD_ERROR = 101;
    public static final int MISSING_PARAMETER = 103;
    public static final int UNSUPPORTED_MESSAGE = 109;
    public static final int UNSUPPORTED_VERSION = 110;
    public static final int INVALID = 300;
    public static final int OUT_OF_RANGE = 301;
    public static final int DEVICE_ERROR = 401;

    public LlrpStatus {
        parameters = List.copyOf(parameters);
    }

    /** A status with a description and no further parts. */
    public static LlrpStatus of(int code, String description) {
        return new LlrpStatus(code, description, List.of());
    }

    public boolean ok() {
        return code == 0;
    }

    /** Code, its meaning by the standard, and the reader's description, for people. */
    public String text() {
        String meaning = switch (code) {
            case 0 -> "success";
            case PARAMETER_ERROR, 200 -> "error in a parameter";
            case FIELD_ERROR, 201 -> "error in a field";
            case 102, 202 -> "unexpected parameter";
            case MISSING_PARAMETER, 203 -> "missing parameter";
            case 104, 204 -> "duplicate parameter";
            case 105, 205 -> "too many parameters";
            case 106, 206 -> "too many values in a field";
            case 107, 207 -> "unknown parameter";
            case 108, 208 -> "unknown field";
            case UNSUPPORTED_MESSAGE -> "unsupported message";
            case UNSUPPORTED_VERSION -> "unsupported protocol version";
            case 111, 209 -> "unsupported parameter";
            case 112 -> "unexpected message";
            case INVALID -> "invalid value";
            case OUT_OF_RANGE -> "value out of range";
            case DEVICE_ERROR -> "error of the device";
            default -> "unknown status";
        };
        return description.isEmpty() ? code + " " + meaning : code + " " + meaning + ": " + description;
    }

    /**
     * 288: which field of the message or parameter was refused, counted from 0.
     *
     * @param code as in {@link LlrpStatus}
     */
    public record FieldError(int field, int code) implements LlrpParameter {}

    /**
     * 289: which parameter was refused.
     *
     * @param type the refused parameter's type
     * @param code as in {@link LlrpStatus}
     * @param parameters a {@link FieldError}, or the {@link ParameterError} of a parameter within
     */
    public record ParameterError(int type, int code, List<LlrpParameter> parameters)
            implements LlrpParameter, HasParameters {
        public ParameterError {
            parameters = List.copyOf(parameters);
        }
    }
}

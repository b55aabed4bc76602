package org.matgate.protocol.llrp;

import java.util.List;

/** What happened to a reader: the parameters of READER_EVENT_NOTIFICATION. */
public sealed interface LlrpEvent extends LlrpParameter {
    /** 128 UTCTimestamp: µs since 1970 by the reader's clock; in an event, when it happened. */
    record UtcTimestamp(long micros) implements LlrpEvent {}

    /** 129 Uptime: µs since the reader's start, from readers without a UTC clock. */
    record Uptime(long micros) implements LlrpEvent {}

    /** 246 ReaderEventNotificationData: a timestamp, then as a rule one event. */
    record Data(List<LlrpParameter> parameters) implements LlrpEvent, HasParameters {
        public Data {
            parameters = List.copyOf(parameters);
        }
    }

    /** 248 GPIEvent: an input pin changed. */
    record Gpi(int port, boolean high) implements LlrpEvent {}

    /** 249 ROSpecEvent. */
    record RoSpec(int type, long roSpec, long preemptedBy) implements LlrpEvent {
        public static final int STARTED = 0;
        public static final int ENDED = 1;
        public static final int PREEMPTED = 2;
    }

    /** 250 ReportBufferLevelWarningEvent: how full the reader's buffer is. */
    record BufferLevel(int percent) implements LlrpEvent {}

    /** 251 ReportBufferOverflowErrorEvent: the reader has dropped sightings. */
    record BufferOverflow() implements LlrpEvent {}

    /** 252 ReaderExceptionEvent: something went wrong; where, as {@link LlrpTag.Field}s. */
    record ReaderException(String message, List<LlrpParameter> parameters) implements LlrpEvent, HasParameters {
        public ReaderException {
            parameters = List.copyOf(parameters);
        }
    }

    /** 254 AISpecEvent: an AISpec (counted from 1 within its ROSpec) has ended. */
    record AiSpec(int type, long roSpec, int spec, List<LlrpParameter> parameters) implements LlrpEvent, HasParameters {
        public AiSpec {
            parameters = List.copyOf(parameters);
        }
    }

    /** 255 AntennaEvent: an antenna, 1, 2, …, was connected or disconnected. */
    record Antenna(int type, int antenna) implements LlrpEvent {
        public static final int DISCONNECTED = 0;
        public static final int CONNECTED = 1;

        public boolean connected() {
            return type == CONNECTED;
        }
    }

    /** 256 ConnectionAttemptEvent: the first that a reader says to whoever connects. */
    record ConnectionAttempt(int status) implements LlrpEvent {
        public static final int SUCCESS = 0;
        /** The reader itself has dialled another client. */
        public static final int FAILED_READER_INITIATED_EXISTS = 1;
        /** Another client holds the reader. */
        public static final int FAILED_CLIENT_INITIATED_EXISTS = 2;

        public static final int FAILED_OTHER = 3;
        /** Said to the client that has the reader: another one tried. */
        public static final int ANOTHER_ATTEMPTED = 4;

        /** The status and its meaning, for people. */
        public String text() {
            return status
                    + switch (status) {
                        case SUCCESS -> " success";
                        case FAILED_READER_INITIATED_EXISTS -> " reader is busy: it has itself dialled a client";
                        case FAILED_CLIENT_INITIATED_EXISTS -> " reader is busy: another client holds it";
                        case FAILED_OTHER -> " refused, the reader does not say why";
                        case ANOTHER_ATTEMPTED -> " another client tried to connect";
                        default -> " unknown status";
                    };
        }
    }

    /** 257 ConnectionCloseEvent: the reader is about to close the connection. */
    record ConnectionClose() implements LlrpEvent {}
}

package org.matgate.protocol.llrp;

import java.util.List;

/** What a reader is to do, and when: the parameters of an ROSpec. Durations are in milliseconds. */
public sealed interface LlrpSpec extends LlrpParameter {
    /**
     * 177 ROSpec.
     *
     * @param id 1 and above; 0 stands for all in commands
     * @param priority 0 is the highest
     * @param state 0 disabled, 1 inactive, 2 active; 0 where it is added
     */
    record RoSpec(long id, int priority, int state, List<LlrpParameter> parameters) implements LlrpSpec, HasParameters {
        public static final int DISABLED = 0;
        public static final int INACTIVE = 1;
        public static final int ACTIVE = 2;

        public RoSpec {
            parameters = List.copyOf(parameters);
        }
    }

    /** 178 ROBoundarySpec: a {@link StartTrigger} and a {@link StopTrigger}. */
    record Boundary(List<LlrpParameter> parameters) implements LlrpSpec, HasParameters {
        public Boundary {
            parameters = List.copyOf(parameters);
        }
    }

    /** 179 ROSpecStartTrigger. */
    record StartTrigger(int type, List<LlrpParameter> parameters) implements LlrpSpec, HasParameters {
        /** Only START_ROSPEC starts it. */
        public static final int NULL = 0;
        /** It starts when it is enabled, and again whenever the reader has restarted. */
        public static final int IMMEDIATE = 1;

        public static final int PERIODIC = 2;
        public static final int GPI = 3;

        public StartTrigger {
            parameters = List.copyOf(parameters);
        }
    }

    /** 180 PeriodicTriggerValue; with a UTCTimestamp the offset counts from it. */
    record PeriodicTrigger(long offsetMillis, long periodMillis, List<LlrpParameter> parameters)
            implements LlrpSpec, HasParameters {
        public PeriodicTrigger {
            parameters = List.copyOf(parameters);
        }
    }

    /** 181 GPITriggerValue: a pin that comes to a level; timeout 0 means none. */
    record GpiTrigger(int port, boolean high, long timeoutMillis) implements LlrpSpec {}

    /** 182 ROSpecStopTrigger. */
    record StopTrigger(int type, long durationMillis, List<LlrpParameter> parameters)
            implements LlrpSpec, HasParameters {
        public static final int NULL = 0;
        public static final int DURATION = 1;
        public static final int GPI = 2;

        public StopTrigger {
            parameters = List.copyOf(parameters);
        }
    }

    /** 183 AISpec: inventory on these antennas; 0 alone means all. */
    record AiSpec(List<Integer> antennas, List<LlrpParameter> parameters) implements LlrpSpec, HasParameters {
        public AiSpec {
            antennas = List.copyOf(antennas);
            parameters = List.copyOf(parameters);
        }
    }

    /** 184 AISpecStopTrigger. */
    record AiStopTrigger(int type, long durationMillis, List<LlrpParameter> parameters)
            implements LlrpSpec, HasParameters {
        public static final int NULL = 0;
        public static final int DURATION = 1;
        public static final int GPI = 2;
        public static final int TAG_OBSERVATION = 3;

        public AiStopTrigger {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * 185 TagObservationTrigger.
     *
     * @param type 0 after so many tags, 1 when none came for so long, 2 after so many attempts, …
     */
    record TagObservation(int type, int tags, int attempts, int quietMillis, long timeoutMillis) implements LlrpSpec {}

    /** 186 InventoryParameterSpec; protocol 1 is Class 1 Gen 2. */
    record InventoryParameterSpec(int id, int protocol, List<LlrpParameter> parameters)
            implements LlrpSpec, HasParameters {
        public static final int C1G2 = 1;

        public InventoryParameterSpec {
            parameters = List.copyOf(parameters);
        }
    }
}

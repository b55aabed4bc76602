package org.matgate.simulator.fault;

/** The kinds of {@link Fault}, one a record, as scenarios call them: in lower case with hyphens. */
public enum FaultKind {
    NOISE,
    KILL,
    ENGINE_AWAY,
    UNPLUGGED,
    REBOOT,
    HANG,
    ANTENNA_CUT,
    TOO_HOT,
    MEMORY_FULL,
    DRIBBLE,
    CLOCK_SYNC,
    CLOCK_LOST,
    CLOCK_STEP,
    CLOCK_SLEW,
    BOOT,
    STALL,
    ENGINE_LINE_CUT,
    ENGINE_LINE_DEAD,
    ENGINE_LINE_SLOW,
    ENGINE_LINE_DELAYED,
    EARLY_START,
    CROSS_TWICE,
    TURN_BACK,
    STAND,
    SPECTATOR
}

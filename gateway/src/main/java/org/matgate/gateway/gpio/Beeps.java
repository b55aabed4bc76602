package org.matgate.gateway.gpio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.Chip;
import org.matgate.protocol.stream.Event;

/**
 * Decides when the beeper sounds: shortly for a chip that has not made it sound of late, long for a gun, and on and off
 * while somebody looks for the box. Moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe; no I/O.
 */
final class Beeps {
    static final long CHIP_NANOS = 100_000_000L;
    static final long GUN_NANOS = 1_000_000_000L;
    static final long FIND_HALF_NANOS = 500_000_000L;

    /** Who looks for a box asks again. */
    static final int MOST_FIND_SECONDS = 60;

    /** A read that became durable so late tells nothing of who is at the mat. */
    static final long LATE_NANOS = 2_000_000_000L;

    /** Chips that are remembered: more than pass a mat within the longest sensible quiet time. */
    static final int MOST_CHIPS = 10_000;

    private final Config.Gpio.BeeperPin pin;
    private final Map<Chip, Long> heard = new LinkedHashMap<>();
    private boolean begun;
    private long beginNanos;
    private long untilNanos;
    private boolean finding;
    private long findNanos;
    private long findUntilNanos;

    Beeps(Config.Gpio.BeeperPin pin) {
        this.pin = pin;
    }

    /** An event is on disk. */
    void committed(Event event, long nowNanos) {
        if (pin.mute() || nowNanos - event.stamp().monotonicNanos() > LATE_NANOS) {
            return;
        }
        if (event instanceof Event.Gun) {
            sound(GUN_NANOS, nowNanos);
        } else if (event instanceof Event.TagRead read && isNew(read.chip(), nowNanos)) {
            boolean rate = !begun || nowNanos - beginNanos >= 1_000_000_000L / pin.mostPerSecond();
            boolean free = !begun || nowNanos - untilNanos >= CHIP_NANOS;
            if (rate && free) {
                sound(CHIP_NANOS, nowNanos);
            }
        }
    }

    /** Whether the chip is new at the mat. One that the rate limit keeps silent has had its turn as well. */
    private boolean isNew(Chip chip, long nowNanos) {
        Long last = heard.get(chip);
        if (last != null && nowNanos - last < pin.quietNanos()) {
            return false;
        }
        heard.remove(chip);
        heard.put(chip, nowNanos);
        if (heard.size() > MOST_CHIPS) {
            heard.remove(heard.keySet().iterator().next());
        }
        return true;
    }

    private void sound(long nanos, long nowNanos) {
        begun = true;
        beginNanos = nowNanos;
        untilNanos = Math.max(untilNanos, nowNanos + nanos);
    }

    /** Somebody looks for the box. */
    void find(int seconds, long nowNanos) {
        finding = true;
        findNanos = nowNanos;
        findUntilNanos = nowNanos + Math.clamp(seconds, 1, MOST_FIND_SECONDS) * 1_000_000_000L;
    }

    /** Whether it sounds now. */
    boolean sounding(long nowNanos) {
        finding &= nowNanos < findUntilNanos;
        boolean found = finding && (nowNanos - findNanos) / FIND_HALF_NANOS % 2 == 0;
        return found || (begun && nowNanos < untilNanos);
    }

    /** Chips remembered. */
    int chips() {
        return heard.size();
    }
}

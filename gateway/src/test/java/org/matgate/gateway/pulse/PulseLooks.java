package org.matgate.gateway.pulse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at pulses of threads that really run, however slow the machine is. */
public final class PulseLooks {
    private static final long MOST_LOOKS = 6_000;
    private static final long LOOK_MILLIS = 10;

    /** Longer than any wait of a thread that is well is between two beats. */
    private static final long STILL_LOOKS = 300;

    /** So far are looks said to be apart that one without a beat is one too many. */
    private static final Duration FAR_APART = Duration.ofHours(1);

    private PulseLooks() {}

    /** Waits until it beats once more, each of so many times. */
    public static void awaitBeats(Pulse pulse, int times) throws InterruptedException {
        for (int beaten = 0, looks = 0; beaten < times; looks++) {
            if (looks == MOST_LOOKS) {
                throw new AssertionError(pulse.name() + " has stopped: " + pulse.where());
            }
            long before = pulse.beats();
            pulse.ask();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            beaten += pulse.beats() > before ? 1 : 0;
        }
    }

    /** Waits until it has beaten no more for three seconds, and gives what the watchdog then says. */
    public static String awaitStuck(Pulse pulse) throws InterruptedException {
        long still = 0;
        for (int looks = 0; still < STILL_LOOKS; looks++) {
            if (looks == MOST_LOOKS) {
                throw new AssertionError(pulse.name() + " goes on: " + pulse.where());
            }
            long before = pulse.beats();
            pulse.ask();
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            still = pulse.beats() == before ? still + 1 : 0;
        }
        Watchdog watchdog = new Watchdog(List.of(pulse), FAR_APART);
        watchdog.look();
        watchdog.look();
        if (watchdog.stuck().isEmpty()) {
            throw new AssertionError(pulse.name() + " passes for well");
        }
        return watchdog.stuck() + " at " + pulse.where().orElse(List.of());
    }
}

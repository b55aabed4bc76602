package org.matgate.gateway.gpio;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain pin that is taken, and taken again when it is lost. For one thread, but for what tells how it stands.
 *
 * @param <T> an output or an input
 */
final class HeldPin<T extends PlainPins.Pin> {
    private static final Logger LOG = LoggerFactory.getLogger(HeldPin.class);
    private static final long TRY_EVERY_NANOS = 5_000_000_000L;

    /** Takes the pin. */
    interface Taking<T> {
        T take(PlainPins from, String consumer) throws PinTrouble;
    }

    /** What is done with it. */
    interface Use<T> {
        void with(T pin) throws PinTrouble;
    }

    private final String name;
    private final String chip;
    private final String line;
    private final Taking<T> taking;
    private @Nullable T held;
    private long nextTryNanos;
    private volatile Optional<PinTrouble> trouble =
            Optional.of(new PinTrouble("not taken yet", "wait some seconds and ask again"));
    private volatile String where;

    /** @param name what the pin is for, such as {@code lamp} */
    HeldPin(String name, String chip, String line, Taking<T> taking) {
        this.name = name;
        this.chip = chip;
        this.line = line;
        this.taking = taking;
        this.where = chip + " line " + line;
    }

    String name() {
        return name;
    }

    /** Whether the pin is not held, and it is time to try. */
    boolean wanted(long nowNanos) {
        return held == null && nowNanos >= nextTryNanos;
    }

    /** Takes the pin. */
    void hold(PlainPins from, long nowNanos) {
        try {
            // The kernel keeps 31 characters of it.
            String consumer = "matgate " + name;
            T taken = taking.take(from, consumer.substring(0, Math.min(31, consumer.length())));
            held = taken;
            where = taken.where();
            trouble = Optional.empty();
            LOG.info("pin {}: {} is ready", name, where);
        } catch (PinTrouble e) {
            lost(e, nowNanos);
        }
    }

    /** Does something with the pin, if it is held. */
    void use(long nowNanos, Use<T> use) {
        T pin = held;
        if (pin != null) {
            try {
                use.with(pin);
            } catch (PinTrouble e) {
                lost(e, nowNanos);
            }
        }
    }

    void lost(PinTrouble why, long nowNanos) {
        release();
        nextTryNanos = nowNanos + TRY_EVERY_NANOS;
        if (trouble.isEmpty() || !trouble.get().what().equals(why.what())) {
            LOG.warn("pin {}: {}; {}", name, why.what(), why.todo());
        }
        trouble = Optional.of(why);
    }

    void release() {
        T pin = held;
        held = null;
        if (pin != null) {
            pin.close();
        }
    }

    boolean isHeld() {
        return held != null;
    }

    /** Whether the pin works; from any thread. */
    boolean ready() {
        return trouble.isEmpty();
    }

    /** Where the pin is and how it stands; from any thread. */
    String words(String whenReady) {
        Optional<PinTrouble> now = trouble;
        return now.isPresent() ? now.get().what() : where + ": ready" + whenReady;
    }

    /** What is to be done about the pin itself; from any thread. */
    Findings findings(boolean vital) {
        Optional<PinTrouble> now = trouble;
        String todo = now.map(PinTrouble::todo).orElse("");
        return new Findings().fail(vital && now.isPresent(), todo).warn(!vital && now.isPresent(), todo);
    }

    /** What is known of the pin itself; from any thread. */
    Facts facts() {
        Optional<PinTrouble> now = trouble;
        return PinName.facts(chip, line).with("ready", now.isEmpty()).with("trouble", now.map(PinTrouble::what));
    }
}

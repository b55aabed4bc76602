package org.matgate.gateway.gpio;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Line;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A relay in a reader's supply: at rest, also of a box that is off, the reader has power. */
final class Relay implements PlainPart {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final Config.Gpio.RelayPin config;
    private final HeldPin<PlainPins.Output> pin;
    /** Why a cycle is wanted, until it is over. */
    private final AtomicReference<@Nullable String> wanted = new AtomicReference<>();

    private final AtomicInteger cycles = new AtomicInteger();
    private volatile boolean off;
    private long offUntilNanos;

    Relay(Config.Gpio.RelayPin config, String chip) {
        this.config = config;
        this.pin = new HeldPin<>("relay/" + config.reader(), chip, config.line(), (from, consumer) -> {
            off = false;
            return from.output(config.line(), consumer, !activeHigh());
        });
    }

    private boolean activeHigh() {
        return config.active() == Config.Gpio.Level.HIGH;
    }

    String reader() {
        return config.reader();
    }

    /**
     * Asks for a cycle; from any thread.
     *
     * @return whether it will come
     */
    boolean cycle(String why) {
        return pin.ready() && wanted.compareAndSet(null, why);
    }

    @Override
    public HeldPin<?> pin() {
        return pin;
    }

    @Override
    public void tick(long nowNanos) {
        String why = wanted.get();
        if (why == null) {
            return;
        }
        if (!pin.isHeld()) {
            wanted.set(null);
            off = false;
            return;
        }
        if (!off) {
            LOG.warn(
                    "reader {}: {}; its power is off for {} s",
                    config.reader(),
                    why,
                    String.format(Locale.ROOT, "%.1f", config.offNanos() / 1e9));
            pin.use(nowNanos, output -> {
                output.set(activeHigh());
                off = true;
                offUntilNanos = nowNanos + config.offNanos();
            });
        } else if (nowNanos >= offUntilNanos) {
            restore(nowNanos);
            cycles.incrementAndGet();
            wanted.set(null);
        }
    }

    @Override
    public void rest(long nowNanos) {
        restore(nowNanos);
    }

    private void restore(long nowNanos) {
        pin.use(nowNanos, output -> {
            output.set(!activeHigh());
            off = false;
        });
    }

    @Override
    public Line line() {
        boolean isOff = off;
        int times = cycles.get();
        return pin.findings(false)
                .warn(isOff, "the reader did not answer and is switched off and on again; wait for it")
                .line(
                        PinName.PART,
                        pin.name(),
                        pin.words((isOff ? ", POWER OFF" : ", power on")
                                + (times == 0 ? "" : ", " + times + (times == 1 ? " cycle" : " cycles"))),
                        pin.facts()
                                .with("reader", config.reader())
                                .with("power_off", isOff)
                                .with("cycles", times));
    }
}

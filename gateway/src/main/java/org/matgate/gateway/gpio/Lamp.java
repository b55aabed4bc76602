package org.matgate.gateway.gpio;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Line;

/** The lamp: steady while all is well, blinking slowly where something wants attention, fast where it does not work. */
final class Lamp implements PlainPart {
    private static final long SLOW_HALF_NANOS = 500_000_000L;
    private static final long FAST_HALF_NANOS = 100_000_000L;

    /** A service that does not come to a verdict for so long is not well. */
    static final long OLD_NANOS = 10_000_000_000L;

    private final Config.Gpio.LampPin config;
    private final HeldPin<PlainPins.Output> pin;
    private volatile @Nullable Verdict verdict;
    private OptionalLong beganNanos = OptionalLong.empty();
    private boolean last;

    private record Verdict(Level level, long nanos) {}

    Lamp(Config.Gpio.LampPin config, String chip) {
        this.config = config;
        boolean dark = config.active() == Config.Gpio.Level.LOW;
        this.pin = new HeldPin<>("lamp", chip, config.line(), (from, consumer) -> {
            last = false;
            return from.output(config.line(), consumer, dark);
        });
    }

    /** The service's verdict on itself; from any thread. */
    void verdict(Level level, long nowNanos) {
        verdict = new Verdict(level, nowNanos);
    }

    @Override
    public HeldPin<?> pin() {
        return pin;
    }

    @Override
    public void tick(long nowNanos) {
        if (beganNanos.isEmpty()) {
            beganNanos = OptionalLong.of(nowNanos);
        }
        set(lit(shown(nowNanos), nowNanos), nowNanos);
    }

    private Level shown(long nowNanos) {
        Verdict said = verdict;
        if (said == null) {
            return nowNanos - beganNanos.orElse(nowNanos) < OLD_NANOS ? Level.WARN : Level.FAIL;
        }
        return nowNanos - said.nanos() < OLD_NANOS ? said.level() : Level.FAIL;
    }

    /** Whether the lamp is lit in this moment. */
    static boolean lit(Level level, long nowNanos) {
        return switch (level) {
            case OK -> true;
            case WARN -> nowNanos / SLOW_HALF_NANOS % 2 == 0;
            case FAIL -> nowNanos / FAST_HALF_NANOS % 2 == 0;
        };
    }

    @Override
    public void rest(long nowNanos) {
        set(false, nowNanos);
    }

    private void set(boolean lit, long nowNanos) {
        if (lit != last) {
            pin.use(nowNanos, output -> {
                output.set(lit == (config.active() == Config.Gpio.Level.HIGH));
                last = lit;
            });
        }
    }

    @Override
    public Line line() {
        return pin.findings(false).line(PinName.PART, pin.name(), pin.words(""), pin.facts());
    }
}

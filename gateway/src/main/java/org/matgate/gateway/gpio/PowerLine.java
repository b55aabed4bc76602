package org.matgate.gateway.gpio;

import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Line;
import org.matgate.protocol.stream.Event.BoxCondition;

/** The line on which the supply says that the mains is gone. A change counts when it is found twice. */
final class PowerLine implements PlainPart {
    private static final long LOOK_NANOS = 100_000_000L;

    private final Config.Gpio.PowerPin config;
    private final HeldPin<PlainPins.Input> pin;
    private final Pins.BoxTeller teller;
    private long lookedNanos;
    private boolean found;
    private volatile boolean failing;

    PowerLine(Config.Gpio.PowerPin config, String chip, Pins.BoxTeller teller) {
        this.config = config;
        this.teller = teller;
        this.pin = new HeldPin<>(
                "power", chip, config.line(), (from, consumer) -> from.input(config.line(), consumer, config.bias()));
    }

    @Override
    public HeldPin<?> pin() {
        return pin;
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - lookedNanos < LOOK_NANOS) {
            return;
        }
        lookedNanos = nowNanos;
        pin.use(nowNanos, input -> {
            boolean now = input.high() == (config.failing() == Config.Gpio.Level.HIGH);
            if (now == found && now != failing) {
                String detail = "power line " + config.line() + " is " + PinName.level(now == failingHigh());
                if (teller.tell(now ? BoxCondition.POWER_FAILING : BoxCondition.POWER_OK, detail)) {
                    failing = now;
                }
            }
            found = now;
        });
    }

    private boolean failingHigh() {
        return config.failing() == Config.Gpio.Level.HIGH;
    }

    @Override
    public void rest(long nowNanos) {
        // An input has no rest.
    }

    @Override
    public Line line() {
        boolean fails = failing;
        return pin.findings(true)
                .fail(pin.ready() && fails, "see to the box's supply: it runs on what it has left")
                .line(
                        PinName.PART,
                        pin.name(),
                        pin.words(fails ? ", POWER FAILS" : ", power is good"),
                        pin.facts().with("failing", fails));
    }
}

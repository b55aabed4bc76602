package org.matgate.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.matgate.gateway.config.Config.Gpio;

/** Reads the table [gpio]. What is wrong in it is told; what it then gives in its place is of no use. */
final class GpioTable {
    /** No chip that we know has more lines. */
    private static final long MOST_LINE = 1_023;

    private static final double MOST_SECONDS = 3_600;
    private static final double GUN_LOCKOUT_SECONDS = 5;
    private static final double MARK_LOCKOUT_SECONDS = 0.2;
    private static final double QUIET_SECONDS = 10;
    private static final long MOST_BEEPS_PER_SECOND = 5;
    private static final double OFF_SECONDS = 5;

    private final StrictTable table;
    private final Set<String> lines = new HashSet<>();

    GpioTable(StrictTable table) {
        this.table = table;
    }

    Gpio read(Config.Box box, List<Config.Reader> readers, Config.Simulation simulation) {
        Gpio.Driver driver = table.word("driver", Gpio.Driver.class).orElse(Gpio.Driver.GPIOD);
        if (driver == Gpio.Driver.SIMULATED && simulation.pins().isEmpty()) {
            table.problem(
                    "driver",
                    "simulated pins need the directory through which they are played:"
                            + " a table [simulation] with enabled = true and pins = \"pins\"");
        } else if (driver == Gpio.Driver.GPIOD && simulation.pins().isPresent()) {
            table.problem(
                    "driver",
                    "[simulation] pins is for simulated pins, and these are real ones; want driver = \"simulated\"");
        }
        Gpio gpio = new Gpio(
                driver,
                table.has("chip") ? table.requiredString("chip", "/dev/gpiochip0") : "/dev/gpiochip0",
                table.table("gun").map(pin -> timed(pin, GUN_LOCKOUT_SECONDS, box)),
                table.table("mark").map(pin -> timed(pin, MARK_LOCKOUT_SECONDS, box)),
                table.table("power").map(this::power),
                table.table("beeper").map(this::beeper),
                table.table("lamp").map(this::lamp),
                relays(readers));
        table.string("chip", "/dev/gpiochip0");
        table.finish();
        return gpio;
    }

    private Gpio.TimedPin timed(StrictTable pin, double lockoutSeconds, Config.Box box) {
        String line = line(pin);
        Gpio.Edge edge = pin.word("edge", Gpio.Edge.class).orElse(Gpio.Edge.RISING);
        Gpio.TimedPin timed = new Gpio.TimedPin(
                line,
                edge,
                pin.word("bias", Gpio.Bias.class)
                        .orElse(edge == Gpio.Edge.RISING ? Gpio.Bias.PULL_DOWN : Gpio.Bias.PULL_UP),
                nanos(pin, "lockout", 0, lockoutSeconds),
                pin.has("timing_point") ? pin.requiredString("timing_point", "start") : box.timingPoint());
        pin.string("timing_point", "start");
        if ((timed.bias() == Gpio.Bias.PULL_UP && timed.activeHigh())
                || (timed.bias() == Gpio.Bias.PULL_DOWN && !timed.activeHigh())) {
            pin.problem(
                    "bias",
                    "pulls the line to where the edge goes, so an open contact reads as a closed one; a rising edge wants"
                            + " pull-down, a falling one pull-up, or none where the circuit has a resistor");
        }
        pin.finish();
        return timed;
    }

    private Gpio.PowerPin power(StrictTable pin) {
        String line = line(pin);
        Optional<Gpio.Level> failing = pin.word("failing", Gpio.Level.class);
        if (failing.isEmpty() && !pin.has("failing")) {
            pin.problem("lacks failing, the level that says that power fails: low or high");
        }
        Gpio.PowerPin power = new Gpio.PowerPin(
                line,
                failing.orElse(Gpio.Level.LOW),
                pin.word("bias", Gpio.Bias.class).orElse(Gpio.Bias.NONE));
        pin.finish();
        return power;
    }

    private Gpio.BeeperPin beeper(StrictTable pin) {
        Gpio.BeeperPin beeper = new Gpio.BeeperPin(
                line(pin),
                active(pin),
                nanos(pin, "quiet", 0, QUIET_SECONDS),
                pin.integer("most_per_second", 1, MOST_BEEPS_PER_SECOND)
                        .orElse(4L)
                        .intValue(),
                pin.bool("mute", false));
        pin.finish();
        return beeper;
    }

    private Gpio.LampPin lamp(StrictTable pin) {
        Gpio.LampPin lamp = new Gpio.LampPin(line(pin), active(pin));
        pin.finish();
        return lamp;
    }

    private List<Gpio.RelayPin> relays(List<Config.Reader> readers) {
        List<String> names =
                readers.stream().map(reader -> reader.source().reader()).toList();
        Set<String> served = new HashSet<>();
        List<Gpio.RelayPin> relays = new ArrayList<>();
        for (StrictTable pin : table.tables("relay")) {
            Gpio.RelayPin relay = new Gpio.RelayPin(
                    line(pin),
                    active(pin),
                    pin.requiredString("reader", names.isEmpty() ? "mat-1" : names.getFirst()),
                    nanos(pin, "off", 0.5, OFF_SECONDS));
            if (pin.has("reader") && !names.contains(relay.reader())) {
                pin.problem(
                        "reader",
                        "there is no reader named \"" + relay.reader() + "\"; want one of " + String.join(", ", names));
            } else if (!served.add(relay.reader())) {
                pin.problem("reader", "\"" + relay.reader() + "\" has another relay; want one a reader");
            }
            pin.finish();
            relays.add(relay);
        }
        return relays;
    }

    private static Gpio.Level active(StrictTable pin) {
        return pin.word("active", Gpio.Level.class).orElse(Gpio.Level.HIGH);
    }

    private String line(StrictTable pin) {
        Optional<String> line = pin.numberOrName("line", MOST_LINE, "GPIO17");
        if (line.isEmpty() && !pin.has("line")) {
            pin.problem("lacks line, its number on the chip or its name, such as line = 17");
        }
        if (line.isPresent() && !lines.add(line.get())) {
            pin.problem("line", line.get() + " is another pin's too; a line has one use only");
        }
        return line.orElse("0");
    }

    private static long nanos(StrictTable pin, String key, double least, double usual) {
        return Math.round(pin.number(key, least, MOST_SECONDS).orElse(usual) * 1e9);
    }
}

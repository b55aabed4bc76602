package org.matgate.gateway.gpio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;

/**
 * Looks at the pins while no service holds them: inputs are taken for a moment, as the service takes them; outputs are
 * only looked at, because nothing is to move.
 */
public final class PinCheck {
    private static final String CONSUMER = "matgate check";

    private final Config.Gpio gpio;
    private final Path tape;

    private PinCheck(Config config) {
        gpio = config.gpio();
        tape = config.simulation().pins().orElse(Path.of("pins"));
    }

    /** A line for each pin; none where there are no pins. */
    public static List<Line> lines(Config config) {
        return config.gpio().driver() == Config.Gpio.Driver.NONE ? List.of() : new PinCheck(config).lines();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        gpio.gun().ifPresent(pin -> lines.add(timed("gun", pin)));
        gpio.mark().ifPresent(pin -> lines.add(timed("mark", pin)));
        gpio.power().ifPresent(pin -> lines.add(power(pin)));
        gpio.beeper().ifPresent(pin -> lines.add(output("beeper", pin.line())));
        gpio.lamp().ifPresent(pin -> lines.add(output("lamp", pin.line())));
        gpio.relays().forEach(pin -> lines.add(output("relay/" + pin.reader(), pin.line())));
        return lines;
    }

    /** What was found: where the line is, and its level where that was looked at. */
    private record Found(String where, Optional<Boolean> high) {}

    /** How it is found. */
    private interface Looking {
        Found look() throws PinTrouble;
    }

    private Line timed(String name, Config.Gpio.TimedPin pin) {
        return line(
                name,
                pin.line(),
                true,
                () -> input(pin.line(), pin.bias(), true),
                pin.activeHigh(),
                "ACTIVE",
                "the contact is closed or the pulse stands: release it; if nobody holds it, edge or bias in [gpio."
                        + name + "] does not fit the wiring");
    }

    private Line power(Config.Gpio.PowerPin pin) {
        return line(
                "power",
                pin.line(),
                true,
                () -> {
                    Found found = input(pin.line(), pin.bias(), false);
                    if (gpio.driver() == Config.Gpio.Driver.GPIOD && !Pi4jLibrary.forThisMachine()) {
                        throw Pi4jLibrary.otherMachine();
                    }
                    return found;
                },
                pin.failing() == Config.Gpio.Level.HIGH,
                "POWER FAILS",
                "see to the box's supply; if it is well, failing in [gpio.power] does not fit the wiring");
    }

    private Line output(String name, String line) {
        return line(name, line, false, () -> free(line), false, "", "");
    }

    private Line line(
            String name,
            String pinLine,
            boolean vital,
            Looking looking,
            boolean activeHigh,
            String activeWord,
            String activeTodo) {
        Facts facts = PinName.facts(gpio.chip(), pinLine);
        try {
            Found found = looking.look();
            Optional<String> level = found.high().map(PinName::level);
            boolean active = found.high().equals(Optional.of(activeHigh));
            return new Findings()
                    .warn(active, activeTodo)
                    .line(
                            PinName.PART,
                            name,
                            found.where() + ": free"
                                    + level.map(word -> ", " + word).orElse("") + (active ? ", " + activeWord : ""),
                            facts.with("ready", true)
                                    .with("trouble", Optional.<String>empty())
                                    .with("level", level));
        } catch (PinTrouble e) {
            return new Findings()
                    .fail(vital, e.todo())
                    .warn(!vital, e.todo())
                    .line(
                            PinName.PART,
                            name,
                            e.what(),
                            facts.with("ready", false)
                                    .with("trouble", e.what())
                                    .with("level", Optional.<String>empty()));
        }
    }

    private Found input(String line, Config.Gpio.Bias bias, boolean edges) throws PinTrouble {
        if (gpio.driver() == Config.Gpio.Driver.SIMULATED) {
            return simulated(line);
        }
        try (KernelEdges.KernelLine taken = KernelEdges.take(gpio.chip(), line, bias, edges, CONSUMER)) {
            return new Found(taken.where(), Optional.of(taken.high()));
        }
    }

    private Found free(String line) throws PinTrouble {
        if (gpio.driver() == Config.Gpio.Driver.SIMULATED) {
            return simulated(line);
        }
        try (GpioChip chip = GpioChip.open(gpio.chip())) {
            GpioChip.LineInfo info = chip.line(line);
            if (info.used()) {
                throw chip.taken(info);
            }
            if (!Pi4jLibrary.forThisMachine()) {
                throw Pi4jLibrary.otherMachine();
            }
            return new Found(chip.name() + " " + info.words(), Optional.empty());
        }
    }

    private Found simulated(String line) throws PinTrouble {
        PinTape.require(tape);
        return new Found("simulated line " + line, Optional.empty());
    }
}

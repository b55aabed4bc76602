package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Level;
import org.matgate.protocol.stream.Event.BoxCondition;

/** What is done with plain pins, tick by tick, on pins that only remember. */
class PinsTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> moves = new ArrayList<>();
    private Optional<PinTrouble> trouble = Optional.empty();
    private boolean input = true;

    /** Remembers what is done to it. */
    private final PlainPins driver = new PlainPins() {
        @Override
        public Output output(String line, String consumer, boolean high) throws PinTrouble {
            refuse();
            moves.add(consumer + " " + high);
            return new Output() {
                @Override
                public void set(boolean next) throws PinTrouble {
                    refuse();
                    moves.add(line + " " + next);
                }

                @Override
                public String where() {
                    return "gpiochip0 line " + line;
                }

                @Override
                public void close() {
                    moves.add(line + " given back");
                }
            };
        }

        @Override
        public Input input(String line, String consumer, Config.Gpio.Bias bias) {
            return new Input() {
                @Override
                public boolean high() throws PinTrouble {
                    refuse();
                    return input;
                }

                @Override
                public String where() {
                    return "gpiochip0 line " + line;
                }

                @Override
                public void close() {
                    moves.add(line + " given back");
                }
            };
        }

        private void refuse() throws PinTrouble {
            if (trouble.isPresent()) {
                throw trouble.get();
            }
        }

        @Override
        public void close() {
            moves.add("closed");
        }
    };

    private void tick(PlainPart part, long nanos) {
        if (part.pin().wanted(nanos)) {
            part.pin().hold(driver, nanos);
        }
        part.tick(nanos);
    }

    @Test
    void aRelayCutsThePowerForItsTimeAndGivesItBack() {
        Relay relay = new Relay(
                new Config.Gpio.RelayPin("24", Config.Gpio.Level.LOW, "finish-main", 5 * SECOND), "gpiochip0");
        assertThat(relay.cycle("too early")).as("its pin is not held yet").isFalse();
        tick(relay, SECOND);
        assertThat(moves).containsExactly("matgate relay/finish-main true");
        assertThat(relay.cycle("it is mute")).isTrue();
        assertThat(relay.cycle("again")).as("one at a time").isFalse();
        tick(relay, 2 * SECOND);
        tick(relay, 7 * SECOND - 1);
        assertThat(moves).hasSize(2).endsWith("24 false");
        assertThat(relay.line().text()).isEqualTo("gpiochip0 line 24: ready, POWER OFF");
        tick(relay, 7 * SECOND);
        assertThat(moves).hasSize(3).endsWith("24 true");
        assertThat(relay.line().text()).isEqualTo("gpiochip0 line 24: ready, power on, 1 cycle");
        assertThat(relay.cycle("it is mute")).isTrue();
        tick(relay, 8 * SECOND);
        relay.rest(9 * SECOND);
        assertThat(moves).as("a stop gives the power back at once").hasSize(5).endsWith("24 true");
    }

    @Test
    void aPinThatIsTakenIsToldAndTriedAgain() {
        Lamp lamp = new Lamp(new Config.Gpio.LampPin("23", Config.Gpio.Level.HIGH), "gpiochip0");
        trouble = Optional.of(new PinTrouble("gpiochip0 line 23 is taken by \"led\"", "end that program"));
        tick(lamp, SECOND);
        assertThat(lamp.line().level()).isEqualTo(Level.WARN);
        assertThat(lamp.line().text()).isEqualTo("gpiochip0 line 23 is taken by \"led\"");
        assertThat(lamp.line().todo()).isEqualTo("end that program");
        trouble = Optional.empty();
        tick(lamp, 2 * SECOND);
        assertThat(moves).as("not at once").isEmpty();
        lamp.verdict(Level.OK, 6 * SECOND);
        tick(lamp, 6 * SECOND);
        assertThat(moves).containsExactly("matgate lamp false", "23 true");
        assertThat(lamp.line().level()).isEqualTo(Level.OK);
        trouble = Optional.of(new PinTrouble("gone", "wait"));
        lamp.rest(7 * SECOND);
        assertThat(moves).last().isEqualTo("23 given back");
        assertThat(lamp.line().text()).isEqualTo("gone");
    }

    @Test
    void aServiceWithoutAVerdictIsAFaultAfterAWhile() {
        Lamp lamp = new Lamp(new Config.Gpio.LampPin("23", Config.Gpio.Level.HIGH), "gpiochip0");
        lamp.verdict(Level.OK, 0);
        tick(lamp, Lamp.OLD_NANOS - SECOND);
        for (long at = Lamp.OLD_NANOS; at < Lamp.OLD_NANOS + SECOND; at += SECOND / 20) {
            tick(lamp, at);
        }
        assertThat(moves).as("fast blinking").filteredOn("23 false"::equals).hasSize(5);
    }

    @Test
    void powerThatFailsIsToldOnceWhenItIsFoundTwice() {
        List<BoxCondition> told = new ArrayList<>();
        boolean[] room = {true};
        PowerLine power = new PowerLine(
                new Config.Gpio.PowerPin("6", Config.Gpio.Level.LOW, Config.Gpio.Bias.NONE),
                "gpiochip0",
                (condition, detail) -> room[0] && told.add(condition));
        tick(power, SECOND);
        input = false;
        tick(power, 2 * SECOND);
        input = true;
        tick(power, 3 * SECOND);
        tick(power, 4 * SECOND);
        assertThat(told).as("a single look is none").isEmpty();
        input = false;
        room[0] = false;
        tick(power, 5 * SECOND);
        tick(power, 6 * SECOND);
        room[0] = true;
        tick(power, 7 * SECOND);
        tick(power, 8 * SECOND);
        assertThat(told).containsExactly(BoxCondition.POWER_FAILING);
        assertThat(power.line().level()).isEqualTo(Level.FAIL);
        input = true;
        tick(power, 9 * SECOND);
        tick(power, 10 * SECOND);
        assertThat(told).containsExactly(BoxCondition.POWER_FAILING, BoxCondition.POWER_OK);
        assertThat(power.line().level()).isEqualTo(Level.OK);
    }

    @Test
    void whoLooksForTheBoxIsHeard() {
        Beeper beeper =
                new Beeper(new Config.Gpio.BeeperPin("22", Config.Gpio.Level.LOW, SECOND, 4, true), "gpiochip0");
        tick(beeper, SECOND);
        beeper.find(1);
        tick(beeper, 2 * SECOND);
        tick(beeper, 2 * SECOND + SECOND / 2);
        assertThat(moves).containsExactly("matgate beeper true", "22 false", "22 true");
        assertThat(beeper.line().text()).isEqualTo("gpiochip0 line 22: ready, mute");
    }
}

package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config;

/** Our use of Pi4J, on its mock providers. */
class Pi4jPinsTest {
    private final List<Context> contexts = new ArrayList<>();

    @TempDir
    Path directory;

    private Pi4jPins pins() {
        return new Pi4jPins(new Pi4jPins.Board() {
            @Override
            public Pi4jPins.Found find(String line) {
                return new Pi4jPins.Found(Integer.parseInt(line), "gpiochip0 line " + line);
            }

            @Override
            public Context context() {
                Context made = Pi4J.newContextBuilder()
                        .disableShutdownHook()
                        .add(MockDigitalOutputProvider.newInstance(), MockDigitalInputProvider.newInstance())
                        .build();
                contexts.add(made);
                return made;
            }
        });
    }

    @Test
    void outputsAreSetAndGivenBack() throws Exception {
        Pi4jPins pins = pins();
        assertThat(contexts).as("made when it is needed").isEmpty();
        PlainPins.Output lamp = pins.output("23", "matgate lamp", false);
        DigitalOutput real = contexts.getFirst().registry().get("matgate lamp");
        assertThat(real.state()).isEqualTo(DigitalState.LOW);
        lamp.set(true);
        assertThat(real.state()).isEqualTo(DigitalState.HIGH);
        assertThat(lamp.where()).isEqualTo("gpiochip0 line 23");
        lamp.close();
        pins.output("23", "matgate lamp", true);
        assertThat(contexts).hasSize(1);
        DigitalOutput again = contexts.getFirst().registry().get("matgate lamp");
        assertThat(again.state()).isEqualTo(DigitalState.HIGH);
        pins.close();
        assertThat(contexts.getFirst().isShutdown()).isTrue();
        pins.output("23", "matgate lamp", false);
        assertThat(contexts).hasSize(2);
        pins.close();
    }

    @Test
    void inputsAreLookedAt() throws Exception {
        Pi4jPins pins = pins();
        PlainPins.Input power = pins.input("6", "matgate power", Config.Gpio.Bias.PULL_UP);
        MockDigitalInput real = contexts.getFirst().registry().get("matgate power");
        real.mockState(DigitalState.HIGH);
        assertThat(power.high()).isTrue();
        real.mockState(DigitalState.LOW);
        assertThat(power.high()).isFalse();
        pins.close();
    }

    @Test
    void aPinThatPi4jRefusesIsTrouble() throws Exception {
        Pi4jPins pins = pins();
        pins.output("23", "matgate lamp", false);
        PinTrouble trouble = catchThrowableOfType(PinTrouble.class, () -> pins.output("23", "matgate beeper", false));
        assertThat(trouble.what()).startsWith("gpiochip0 line 23: Pi4J: ").contains("23");
        pins.close();
    }

    @Test
    void aMachineThatPi4jHasNoLibraryForIsTold() {
        assumeFalse(Pi4jLibrary.forThisMachine(), "this is a machine that Pi4J knows");
        PinTrouble trouble =
                catchThrowableOfType(PinTrouble.class, () -> Pi4jLibrary.unpack(directory.resolve("native")));
        assertThat(trouble.what()).isEqualTo("Pi4J has no native library for " + System.getProperty("os.arch"));
        assertThat(directory).isEmptyDirectory();
    }
}

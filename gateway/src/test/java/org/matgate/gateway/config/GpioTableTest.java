package org.matgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.config.Config.Gpio;

class GpioTableTest {
    private static final long SECOND = 1_000_000_000L;

    /** Seven lines, so that what follows begins in the eighth. */
    private static final String REST = """
            [box]
            name = "a"
            timing_point = "finish"
            [[reader]]
            name = "m"
            family = "mercury"
            port = "/dev/null"
            """;

    @TempDir
    Path directory;

    private Gpio load(String text) throws Exception {
        return ConfigLoader.load(write(text)).gpio();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("matgate.toml"), REST + text);
    }

    private void refused(String text, String... says) throws IOException {
        Path file = write(text);
        var thrown = assertThatThrownBy(() -> ConfigLoader.load(file)).isInstanceOf(ConfigException.class);
        for (String part : says) {
            thrown.hasMessageContaining(part);
        }
    }

    @Test
    void noTableNoPins() throws Exception {
        assertThat(load("")).isEqualTo(Gpio.NONE);
        assertThat(load("[gpio]\ndriver = \"none\"\n").driver()).isEqualTo(Gpio.Driver.NONE);
    }

    @Test
    void defaults() throws Exception {
        Gpio gpio = load("""
                [gpio.gun]
                line = 17
                [gpio.mark]
                line = 27
                edge = "falling"
                [gpio.power]
                line = 6
                failing = "low"
                [gpio.beeper]
                line = 22
                [gpio.lamp]
                line = 23
                [[gpio.relay]]
                line = 24
                reader = "m"
                """);
        assertThat(gpio)
                .isEqualTo(new Gpio(
                        Gpio.Driver.GPIOD,
                        "/dev/gpiochip0",
                        Optional.of(
                                new Gpio.TimedPin("17", Gpio.Edge.RISING, Gpio.Bias.PULL_DOWN, 5 * SECOND, "finish")),
                        Optional.of(
                                new Gpio.TimedPin("27", Gpio.Edge.FALLING, Gpio.Bias.PULL_UP, SECOND / 5, "finish")),
                        Optional.of(new Gpio.PowerPin("6", Gpio.Level.LOW, Gpio.Bias.NONE)),
                        Optional.of(new Gpio.BeeperPin("22", Gpio.Level.HIGH, 10 * SECOND, 4, false)),
                        Optional.of(new Gpio.LampPin("23", Gpio.Level.HIGH)),
                        List.of(new Gpio.RelayPin("24", Gpio.Level.HIGH, "m", 5 * SECOND))));
    }

    @Test
    void everyKey() throws Exception {
        Gpio gpio = load("""
                [simulation]
                enabled = true
                pins = "pins"
                [gpio]
                driver = "simulated"
                chip = "pinctrl-bcm2711"
                [gpio.gun]
                line = "GPIO17"
                edge = "falling"
                bias = "none"
                lockout = 2.5
                timing_point = "start"
                [gpio.beeper]
                line = 22
                active = "low"
                quiet = 0
                most_per_second = 2
                mute = true
                [[gpio.relay]]
                line = 24
                active = "low"
                reader = "m"
                off = 10
                """);
        assertThat(gpio.chip()).isEqualTo("pinctrl-bcm2711");
        assertThat(gpio.gun())
                .hasValue(new Gpio.TimedPin("GPIO17", Gpio.Edge.FALLING, Gpio.Bias.NONE, 5 * SECOND / 2, "start"));
        assertThat(gpio.beeper()).hasValue(new Gpio.BeeperPin("22", Gpio.Level.LOW, 0, 2, true));
        assertThat(gpio.relays()).containsExactly(new Gpio.RelayPin("24", Gpio.Level.LOW, "m", 10 * SECOND));
        assertThat(ConfigLoader.load(directory.resolve("matgate.toml"))
                        .simulation()
                        .pins())
                .hasValue(directory.resolve("pins"));
    }

    @Test
    void mistakesAreToldWithTheirLine() throws Exception {
        refused("[gpio]\ndrive = \"gpiod\"\n", ":9:1: [gpio] drive: is not known; did you mean driver?");
        refused("[gpio.gun]\nlines = 17\n", ":8:1: [gpio.gun] lacks line", ":9:1: [gpio.gun] lines: is not known");
        refused("[gpio.gun]\nline = 9999\n", ":9:1: [gpio.gun] line: 9999 is out of range; want 0 to 1023");
        refused("[gpio.gun]\nline = 1.5\n", ":9:1: [gpio.gun] line: is the number 1.5; want a whole number");
        refused("[gpio.gun]\nline = 1\nedge = \"up\"\n", ":10:1: ", "\"up\" is not known; want one of rising, falling");
        refused("[gpio.gun]\nline = 1\nbias = \"up\"\n", ":10:1: ", "want one of pull-up, pull-down, none");
        refused("[gpio.gun]\nline = 1\nbias = \"pull-up\"\n", ":10:1: [gpio.gun] bias: pulls the line to where");
        refused("[gpio.gun]\nline = 1\nlockout = -1\n", ":10:1: [gpio.gun] lockout: ", "out of range");
        refused("[gpio.power]\nline = 1\n", ":8:1: [gpio.power] lacks failing");
        refused("[gpio.beeper]\nline = 1\nmost_per_second = 50\n", ":10:1: ", "want 1 to 5");
        refused(
                "[gpio.gun]\nline = 17\n[gpio.lamp]\nline = \"17\"\n",
                ":11:1: [gpio.lamp] line: 17 is another pin's too");
        refused("[gpio]\ngun = 17\n", ":9:1: [gpio] gun: is the number 17; want a table, written [gpio.gun]");
    }

    @Test
    void aRelayServesOneReaderThatExists() throws Exception {
        refused(
                "[[gpio.relay]]\nline = 24\nreader = \"x\"\n",
                ":10:1: [[gpio.relay]] reader: there is no reader named \"x\"; want one of m");
        refused("[[gpio.relay]]\nline = 24\n", ":8:1: [[gpio.relay]] lacks reader");
        refused(
                "[[gpio.relay]]\nline = 24\nreader = \"m\"\n[[gpio.relay]]\nline = 25\nreader = \"m\"\n",
                ":13:1: [[gpio.relay]] reader: \"m\" has another relay");
    }

    @Test
    void simulatedPinsNeedTheirDirectoryAndRealOnesNone() throws Exception {
        refused("[gpio]\ndriver = \"simulated\"\n", ":9:1: [gpio] driver: simulated pins need the directory");
        refused("[simulation]\npins = \"pins\"\n", ":9:1: [simulation] pins: works only with enabled = true");
        refused(
                "[simulation]\nenabled = true\npins = \"pins\"\n[gpio]\ndriver = \"gpiod\"\n",
                ":12:1: [gpio] driver: [simulation] pins is for simulated pins");
    }
}

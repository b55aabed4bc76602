package org.matgate.gateway.gpio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.config.Config;

/** Answers by the lamp, where no service drives it: three long flashes for yes, fifteen short ones for no. */
public final class LampSignal {
    private static final long LONG_MILLIS = 600;
    private static final long SHORT_MILLIS = 100;
    private static final int LONG_FLASHES = 3;
    private static final int SHORT_FLASHES = 15;

    /** What drives the pins takes some seconds to start, and might hang. */
    private static final Duration MOST = Duration.ofSeconds(15);

    private LampSignal() {}

    /**
     * Shows it, on the lamp that this configuration names; takes some seconds.
     *
     * @return why it could not be shown, and what to do; empty if it was, or there is no lamp
     */
    public static Optional<String> show(Config config, boolean yes) {
        Optional<Config.Gpio.LampPin> lamp = config.gpio().lamp();
        if (lamp.isEmpty() || config.gpio().driver() == Config.Gpio.Driver.NONE) {
            return Optional.empty();
        }
        FutureTask<Void> flashing = new FutureTask<>(() -> {
            flash(config, lamp.get(), yes);
            return null;
        });
        Thread.ofPlatform().daemon().name("lamp").start(flashing);
        try {
            flashing.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("what drives the lamp does not answer within " + MOST.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof PinTrouble trouble
                            ? trouble.what() + "; " + trouble.todo()
                            : String.valueOf(e.getCause()));
        }
    }

    private static void flash(Config config, Config.Gpio.LampPin lamp, boolean yes)
            throws PinTrouble, IOException, InterruptedException {
        // Not in the data directory: what root makes there the service could not replace.
        Path libraries = Files.createTempDirectory("matgate-lamp");
        boolean active = lamp.active() == Config.Gpio.Level.HIGH;
        long millis = yes ? LONG_MILLIS : SHORT_MILLIS;
        try (PlainPins pins = driver(config, libraries);
                PlainPins.Output output = pins.output(lamp.line(), "matgate lamp", !active)) {
            for (int left = yes ? LONG_FLASHES : SHORT_FLASHES; left > 0; left--) {
                output.set(active);
                TimeUnit.MILLISECONDS.sleep(millis);
                output.set(!active);
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        } finally {
            delete(libraries);
        }
    }

    private static PlainPins driver(Config config, Path libraries) throws PinTrouble, IOException {
        if (config.gpio().driver() == Config.Gpio.Driver.SIMULATED) {
            return new SimulatedPins(
                    config.simulation().pins().orElse(Path.of("pins")),
                    BoxClocks.open(config.simulation().clock()));
        }
        return Pi4jPins.gpiod(config.gpio().chip(), libraries);
    }

    /** Libraries that are loaded do without their files. */
    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

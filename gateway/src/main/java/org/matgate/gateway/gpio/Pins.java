package org.matgate.gateway.gpio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.EventSink;
import org.matgate.gateway.journal.JournalView;
import org.matgate.gateway.reader.ReaderPower;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Line;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The box's pins: gun and mark become events, beeper and lamp tell how it goes, the power line is watched, and relays
 * serve readers. Whatever is wrong with a pin is told and tried again, and touches nothing else. Thread-safe.
 */
public final class Pins implements ReaderPower, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final long VERDICT_EVERY_MILLIS = 1_000;

    /** Tells the journal of the box. */
    @FunctionalInterface
    public interface BoxTeller {
        /**
         * Offers the event.
         *
         * @return whether there was room for it
         */
        boolean tell(BoxCondition condition, String detail);
    }

    /**
     * What the box lends to its pins. All parts are thread-safe.
     *
     * @param sink where guns and marks go on their way to the journal
     * @param verdict the service's verdict on itself; may take its time
     */
    public record Box(
            BoxClock clock,
            Stamper stamper,
            EventSink sink,
            JournalView journal,
            Supplier<Level> verdict,
            BoxTeller teller) {}

    private final Box box;
    private final EdgeInput edges;
    private final PlainBoard board;
    private final Optional<Beeper> beeper;
    private final Optional<Lamp> lamp;
    private final List<Relay> relays;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable AutoCloseable commits;

    /** Pins that are not touched before {@link #start}. */
    public Pins(Config config, Box box) {
        this.box = box;
        Config.Gpio gpio = config.gpio().driver() == Config.Gpio.Driver.NONE ? Config.Gpio.NONE : config.gpio();
        boolean simulated = gpio.driver() == Config.Gpio.Driver.SIMULATED;
        Path tape = config.simulation().pins().orElse(Path.of("pins"));
        edges = new EdgeInput(
                gpio,
                () -> simulated ? new SimulatedPins(tape, box.clock()) : new KernelEdges(gpio.chip()),
                box.clock(),
                box.stamper(),
                box.sink());
        beeper = gpio.beeper().map(pin -> new Beeper(pin, gpio.chip()));
        lamp = gpio.lamp().map(pin -> new Lamp(pin, gpio.chip()));
        relays = gpio.relays().stream().map(pin -> new Relay(pin, gpio.chip())).toList();
        List<PlainPart> parts = new ArrayList<>();
        gpio.power().ifPresent(pin -> parts.add(new PowerLine(pin, gpio.chip(), box.teller())));
        beeper.ifPresent(parts::add);
        lamp.ifPresent(parts::add);
        parts.addAll(relays);
        Path libraries = config.box().data().resolve("native").resolve("pi4j");
        board = new PlainBoard(
                () -> simulated ? new SimulatedPins(tape, box.clock()) : Pi4jPins.gpiod(gpio.chip(), libraries),
                box.clock(),
                parts);
    }

    /** Begins, on threads of its own. To be called once. */
    public void start() {
        edges.start();
        beeper.ifPresent(heard -> commits = box.journal().subscribe(heard));
        board.start();
        lamp.ifPresent(
                shown -> Thread.ofPlatform().daemon().name("pins-verdict").start(() -> judge(shown)));
    }

    private void judge(Lamp shown) {
        try {
            do {
                try {
                    Level verdict = box.verdict().get();
                    shown.verdict(verdict, box.clock().monotonicNanos());
                } catch (RuntimeException e) {
                    LOG.error("the service cannot judge itself; the lamp will tell a fault", e);
                }
            } while (!stop.await(VERDICT_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean cycle(String reader, String why) {
        return relays.stream().anyMatch(relay -> relay.reader().equals(reader) && relay.cycle(why));
    }

    /** Somebody looks for the box: it makes itself heard for so many seconds, also where it is mute. */
    public void find(String who, int seconds) {
        LOG.info(
                "{} looks for the box: {} for {} s", who, beeper.isEmpty() ? "no beeper to sound" : "beeping", seconds);
        beeper.ifPresent(sounding -> sounding.find(seconds));
    }

    /** A line for each pin. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>(edges.lines());
        lines.addAll(board.lines());
        return lines;
    }

    /** Leaves all pins: beeper and lamp are off, every reader has power. */
    @Override
    public void close() {
        stop.countDown();
        edges.close();
        board.close();
        AutoCloseable open = commits;
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.warn("the beeper's subscription does not end", e);
            }
        }
    }
}

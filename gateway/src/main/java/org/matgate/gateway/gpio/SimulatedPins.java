package org.matgate.gateway.gpio;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.config.Config;

/**
 * The seam for rehearsals: pins that a simulator moves and watches through the files of {@link PinTape}. What is made of
 * their edges is the same as with the kernel's. Thread-safe.
 */
final class SimulatedPins implements EdgeSource, PlainPins {
    /** How often the file is looked at. */
    private static final long LOOK_NANOS = 4_000_000L;

    private final PinTape tape;
    private final AtomicBoolean woken = new AtomicBoolean();

    SimulatedPins(Path directory, BoxClock clock) throws PinTrouble {
        tape = new PinTape(directory, clock);
    }

    /** A line that the simulator moves. */
    private final class SimulatedLine implements EdgeSource.Line, PlainPins.Input {
        private final String line;
        private final boolean idleHigh;
        private final Deque<RawEdge> edges = new ArrayDeque<>();

        SimulatedLine(String line, boolean idleHigh) {
            this.line = line;
            this.idleHigh = idleHigh;
        }

        @Override
        public String where() {
            return "simulated line " + line;
        }

        @Override
        public boolean high() throws PinTrouble {
            return tape.level(line).orElse(idleHigh);
        }

        @Override
        public List<RawEdge> read() {
            synchronized (edges) {
                List<RawEdge> read = new ArrayList<>(edges);
                edges.clear();
                return read;
            }
        }

        private void take(RawEdge edge) {
            synchronized (edges) {
                edges.add(edge);
            }
        }

        private boolean waits() {
            synchronized (edges) {
                return !edges.isEmpty();
            }
        }

        @Override
        public void close() {
            tape.forget(line);
        }
    }

    @Override
    public EdgeSource.Line open(Config.Gpio.TimedPin pin, String consumer) throws PinTrouble {
        SimulatedLine line = new SimulatedLine(pin.line(), !pin.activeHigh());
        tape.follow();
        tape.listen(pin.line(), line::take);
        return line;
    }

    @Override
    public void await(List<EdgeSource.Line> lines, long nanos) throws PinTrouble {
        for (long waited = 0; !woken.getAndSet(false); waited += LOOK_NANOS) {
            tape.follow();
            if (waited >= nanos || lines.stream().anyMatch(line -> ((SimulatedLine) line).waits())) {
                return;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_NANOS, nanos - waited));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void wake() {
        woken.set(true);
    }

    @Override
    public PlainPins.Input input(String line, String consumer, Config.Gpio.Bias bias) throws PinTrouble {
        tape.follow();
        return new SimulatedLine(line, bias != Config.Gpio.Bias.PULL_DOWN);
    }

    @Override
    public PlainPins.Output output(String line, String consumer, boolean high) throws PinTrouble {
        tape.write(line, high);
        return new PlainPins.Output() {
            private Optional<Boolean> last = Optional.of(high);

            @Override
            public String where() {
                return "simulated line " + line;
            }

            @Override
            public void set(boolean next) throws PinTrouble {
                if (!last.equals(Optional.of(next))) {
                    tape.write(line, next);
                    last = Optional.of(next);
                }
            }

            @Override
            public void close() {
                last = Optional.empty();
            }
        };
    }

    @Override
    public void close() {
        wake();
    }
}

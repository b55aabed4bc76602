package org.matgate.gateway.gpio;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.definition.BoardModel;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain pins through Pi4J. Its context takes seconds to make, so it is made when the first line is taken; there is one a
 * process, and one chip in it. Used by one thread.
 */
final class Pi4jPins implements PlainPins {
    private static final Logger LOG = LoggerFactory.getLogger(Pi4jPins.class);

    /** Pi4J's own debounce of inputs, microseconds; the power line is looked at often and needs none of it. */
    private static final long NO_DEBOUNCE = 0;

    /** A line as Pi4J wants it: its number, and how it is called for a person. */
    record Found(int offset, String where) {}

    /** What Pi4J is given to work with; another in tests, where there is no chip. */
    interface Board {
        /** The line of this number or name, if it is there and free. */
        Found find(String line) throws PinTrouble;

        /** A context with digital inputs and outputs. */
        Context context() throws PinTrouble;
    }

    private final Board board;
    private @Nullable Context context;

    Pi4jPins(Board board) {
        this.board = board;
    }

    /**
     * The pins of a real chip.
     *
     * @param chip path, name or label
     * @param libraries where Pi4J's native libraries are unpacked, if code may be run from there
     */
    static Pi4jPins gpiod(String chip, Path libraries) {
        return new Pi4jPins(new Board() {
            @Override
            public Found find(String line) throws PinTrouble {
                try (GpioChip opened = GpioChip.open(chip)) {
                    GpioChip.LineInfo info = opened.line(line);
                    if (info.used()) {
                        throw opened.taken(info);
                    }
                    return new Found(info.offset(), opened.name() + " " + info.words());
                }
            }

            @Override
            public Context context() throws PinTrouble {
                Pi4jLibrary.unpack(libraries);
                try (GpioChip opened = GpioChip.open(chip)) {
                    return gpiodContext(opened.name());
                }
            }
        });
    }

    private static Context gpiodContext(String chipName) {
        // Pi4J does nothing on a board that it does not know.
        if (!BoardInfoHelper.runningOnRaspberryPi()) {
            BoardInfoHelper.current().setBoardModel(BoardModel.GENERIC);
        }
        return Pi4J.newContextBuilder()
                .disableShutdownHook()
                .add(GpioDDigitalOutputProvider.newInstance(), GpioDDigitalInputProvider.newInstance())
                .setGpioChipName(chipName)
                .build();
    }

    private Context context() throws PinTrouble {
        if (context == null) {
            LOG.info("pins: starting Pi4J");
            context = board.context();
        }
        return Objects.requireNonNull(context);
    }

    @Override
    public Output output(String line, String consumer, boolean high) throws PinTrouble {
        Found found = board.find(line);
        DigitalOutput output = take(found, () -> {
            Context made = context();
            return made.create(DigitalOutputConfig.newBuilder(made)
                    .id(consumer)
                    .address(found.offset())
                    .initial(state(high))
                    .build());
        });
        return new Output() {
            @Override
            public String where() {
                return found.where();
            }

            @Override
            public void set(boolean next) throws PinTrouble {
                try {
                    output.state(state(next));
                } catch (RuntimeException e) {
                    throw trouble(found, e);
                }
            }

            @Override
            public void close() {
                release(output.id());
            }
        };
    }

    @Override
    public Input input(String line, String consumer, Config.Gpio.Bias bias) throws PinTrouble {
        Found found = board.find(line);
        DigitalInput input = take(found, () -> {
            Context made = context();
            return made.create(DigitalInputConfig.newBuilder(made)
                    .id(consumer)
                    .address(found.offset())
                    .pull(
                            switch (bias) {
                                case PULL_UP -> PullResistance.PULL_UP;
                                case PULL_DOWN -> PullResistance.PULL_DOWN;
                                case NONE -> PullResistance.OFF;
                            })
                    .debounce(NO_DEBOUNCE)
                    .build());
        });
        return new Input() {
            @Override
            public String where() {
                return found.where();
            }

            @Override
            public boolean high() throws PinTrouble {
                try {
                    return input.state() == DigitalState.HIGH;
                } catch (RuntimeException e) {
                    throw trouble(found, e);
                }
            }

            @Override
            public void close() {
                release(input.id());
            }
        };
    }

    private static DigitalState state(boolean high) {
        return high ? DigitalState.HIGH : DigitalState.LOW;
    }

    /** What makes a pin. */
    private interface Making<T> {
        T make() throws PinTrouble;
    }

    private static <T> T take(Found found, Making<T> making) throws PinTrouble {
        try {
            return making.make();
        } catch (LinkageError e) {
            throw new PinTrouble(
                    found.where() + ": Pi4J's native library does not load: " + e.getMessage(),
                    "see the log; gun and mark work without it; restart the service when it is put right");
        } catch (RuntimeException e) {
            throw trouble(found, e);
        }
    }

    private static PinTrouble trouble(Found found, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new PinTrouble(found.where() + ": Pi4J: " + cause.getMessage(), "it is tried again all the time");
    }

    private void release(String id) {
        Context made = context;
        try {
            if (made != null && made.registry().exists(id)) {
                made.registry().remove(id);
            }
        } catch (RuntimeException e) {
            LOG.warn("pins: Pi4J does not give {} back: {}", id, e.toString());
        }
    }

    @Override
    public void close() {
        Context made = context;
        context = null;
        if (made != null) {
            try {
                made.shutdown();
            } catch (RuntimeException e) {
                LOG.warn("pins: Pi4J does not shut down in order: {}", e.toString());
            }
        }
    }
}

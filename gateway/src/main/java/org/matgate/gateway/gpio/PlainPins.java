package org.matgate.gateway.gpio;

import org.matgate.gateway.config.Config;

/** Lines whose moments do not matter. Used by one thread. */
interface PlainPins extends AutoCloseable {
    /** A line that is ours. */
    interface Pin extends AutoCloseable {
        /** For a person, such as {@code gpiochip0 line 22}. */
        String where();

        /** Gives the line back; an output's level is the chip's from then on. */
        @Override
        void close();
    }

    /** A line that we set. */
    interface Output extends Pin {
        void set(boolean high) throws PinTrouble;
    }

    /** A line that we look at. */
    interface Input extends Pin {
        boolean high() throws PinTrouble;
    }

    /**
     * Takes a line as an output.
     *
     * @param consumer who the kernel says holds it, at most 31 characters
     * @param high its level from the beginning
     */
    Output output(String line, String consumer, boolean high) throws PinTrouble;

    /** Takes a line as an input. */
    Input input(String line, String consumer, Config.Gpio.Bias bias) throws PinTrouble;

    @Override
    void close();
}

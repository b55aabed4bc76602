package org.matgate.gateway.clock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the clock by which a box goes. */
public final class BoxClocks {
    private BoxClocks() {}

    /**
     * The kernel's clocks, or those that are played from a file.
     *
     * @throws IOException if they cannot be read; the text says why and what to do
     */
    public static BoxClock open(Optional<Path> simulated) throws IOException {
        KernelClock kernel = KernelClock.open();
        return simulated.isPresent() ? SimulatedClock.open(simulated.get(), kernel) : kernel;
    }
}

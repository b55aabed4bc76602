package org.matgate.gateway.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seam for rehearsals: clocks played from a text file, to which a simulator appends or which it replaces atomically.
 * Each line is a state of the clocks; columns are separated by blanks, every line ends in a line feed (what has none yet
 * is still being written), empty lines and lines that begin with {@code #} say nothing.
 *
 * <table>
 * <caption>The columns</caption>
 * <tr><th>column</th><th>meaning</th></tr>
 * <tr><td>effective_machine_nanos</td><td>the machine's CLOCK_MONOTONIC from which the state holds; may lie in the
 *     future. Of two states with the same, the later line holds</td></tr>
 * <tr><td>boot_id</td><td>UUID of the simulated boot</td></tr>
 * <tr><td>monotonic_offset_nanos</td><td>simulated CLOCK_MONOTONIC less the machine's where the boot's first state
 *     begins; the same on every line of a boot</td></tr>
 * <tr><td>monotonic_rate_ppb</td><td>how fast the simulated CLOCK_MONOTONIC gains on the machine's from here on, quartz
 *     and slewing together; it never jumps</td></tr>
 * <tr><td>raw_rate_ppb</td><td>the same of CLOCK_MONOTONIC_RAW, the quartz alone, which equals CLOCK_MONOTONIC at the
 *     boot's first state</td></tr>
 * <tr><td>utc_minus_monotonic_nanos</td><td>CLOCK_REALTIME less CLOCK_MONOTONIC: constant but for steps</td></tr>
 * <tr><td>synchronised</td><td>true or false: whether the kernel says that UTC is steered</td></tr>
 * <tr><td>max_error_nanos</td><td>the kernel's bound on the error of UTC</td></tr>
 * <tr><td>leap</td><td>none, insert (a second at the end of the UTC day), delete, in-progress</td></tr>
 * </table>
 *
 * The boot is that of the state which holds when the clock is opened; lines of other boots are for processes that start
 * later. A line that is wrong in a file that grows is logged, and the states that held before go on. Thread-safe.
 */
public final class SimulatedClock implements BoxClock {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedClock.class);

    private final Path file;
    private final BoxClock machine;
    private final UUID bootId;
    private final long monotonicOffsetNanos;
    private Version version;
    private volatile SimulatedStates states;
    private String lastTrouble = "";

    /** What changes when the file does. */
    private record Version(
            long size, long modifiedNanos, @Nullable Object fileKey) {}

    private SimulatedClock(Path file, BoxClock machine, SimulatedState first, Version version, SimulatedStates states) {
        this.file = file;
        this.machine = machine;
        this.bootId = first.bootId();
        this.monotonicOffsetNanos = first.monotonicOffsetNanos();
        this.version = version;
        this.states = states;
    }

    /**
     * Opens the clock in its state of now.
     *
     * @param machine the machine's own clock
     * @throws IOException if there is no such file, a line is wrong, or no state holds now; the text says file, line and
     *     what would be right
     */
    public static SimulatedClock open(Path file, BoxClock machine) throws IOException {
        try {
            Version version = versionOf(file);
            List<SimulatedState> all = SimulatedState.parse(Files.readString(file));
            long now = machine.monotonicNanos();
            SimulatedState first = SimulatedState.holdingAt(all, now);
            return new SimulatedClock(file, machine, first, version, SimulatedStates.of(all, first.bootId()));
        } catch (SimulatedState.BadLine e) {
            throw new IOException(file + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(
                    file + ": cannot read the simulated clock (" + e + "); the simulator must write it"
                            + " before the box starts",
                    e);
        }
    }

    @Override
    public long monotonicNanos() {
        return monotonicOfMachine(machine.monotonicNanos());
    }

    @Override
    public long monotonicOfMachine(long machineMonotonicNanos) {
        return states.at(machineMonotonicNanos).monotonicAt(machineMonotonicNanos);
    }

    @Override
    public synchronized ClockReading read() {
        followFile();
        ClockReading real = machine.read();
        return states.at(real.monotonicNanos()).reading(real.monotonicNanos(), real.bracketNanos());
    }

    @Override
    public UUID bootId() {
        return bootId;
    }

    private void followFile() {
        try {
            Version now = versionOf(file);
            if (now.equals(version)) {
                return;
            }
            List<SimulatedState> all = SimulatedState.parse(Files.readString(file));
            SimulatedState.requireOffset(all, bootId, monotonicOffsetNanos);
            states = states.followedBy(SimulatedStates.of(all, bootId), machine.monotonicNanos());
            version = now;
            lastTrouble = "";
        } catch (SimulatedState.BadLine e) {
            trouble(file + e.getMessage());
        } catch (IOException e) {
            trouble(file + ": " + e);
        }
    }

    private void trouble(String what) {
        if (!what.equals(lastTrouble)) {
            lastTrouble = what;
            LOG.warn("{}; the simulated clock goes on as it was", what);
        }
    }

    private static Version versionOf(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.fileKey());
    }
}

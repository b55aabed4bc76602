package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.SerialPortLink;
import org.matgate.simulator.reader.MercuryOptions;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import org.matgate.simulator.replay.ReadFile;
import org.matgate.simulator.replay.ReaderLimits;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim mat mercury}. */
@Command(
        name = "mercury",
        description = {
            "A ThingMagic Mercury module on a serial line.",
            "Prints READY and what to open, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class MercuryMatCommand implements Callable<Integer> {
    private static final int EPC_BYTES = 12;

    /** Where the line is. */
    static final class Where {
        @Option(names = "--pty", required = true, description = "A pseudo-terminal that it opens itself.")
        private boolean pty;

        @Option(names = "--port", required = true, paramLabel = "DEVICE", description = "A serial port: /dev/ttyUSB0.")
        private Optional<String> port = Optional.empty();
    }

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    @Option(
            names = "--link",
            paramLabel = "PATH",
            description = "With --pty: a symbolic link to it, for a stable name.")
    private Optional<Path> link = Optional.empty();

    @Option(names = "--baud", paramLabel = "N", description = "Speed of the line: ${DEFAULT-VALUE}.")
    private int baud = MercuryOptions.DEFAULT.baud();

    @Option(names = "--antennas", paramLabel = "N", description = "Ports with an antenna, 1 to 16: ${DEFAULT-VALUE}.")
    private int antennas = MercuryOptions.DEFAULT.ports();

    @Option(names = "--bootloader", description = "It waits in its boot loader.")
    private boolean bootloader;

    @Mixin
    private RecordedOptions recorded = new RecordedOptions();

    @Mixin
    private MatOptions options = new MatOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        options.require(where.pty || link.isEmpty(), "--link goes with --pty only");
        options.require(baud >= 300 && baud <= 10_000_000, "--baud " + baud + ": want 300 to 10000000");
        options.require(antennas >= 1 && antennas <= 16, "--antennas " + antennas + ": want 1 to 16");
        MercuryOptions module = MercuryOptions.DEFAULT
                .withBaud(baud)
                .withPorts(antennas)
                .withBootloader(bootloader)
                .withDriftPpm(options.driftPpm());
        Optional<ReadFile> file = recorded.reads(options, ReaderLimits.uhf(antennas));
        MatRun.Sights sights = new MatRun.Sights(file, recorded, EPC_BYTES, antennas);
        MatRun run = new MatRun(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
        try (StopSignal stop = new StopSignal(() -> {})) {
            return run.run(
                    this::open,
                    (end, clock, wireLog) -> run.see(
                            end,
                            clock,
                            wireLog,
                            stop,
                            sights,
                            (e, c, log) -> SimulatedMat.mercury(options.name(), e, c, log, WireDamage.NONE, module)));
        }
    }

    private ReaderEnd open() throws IOException {
        return where.port.isPresent() ? SerialPortLink.open(where.port.get(), baud) : Pty.open(link);
    }
}

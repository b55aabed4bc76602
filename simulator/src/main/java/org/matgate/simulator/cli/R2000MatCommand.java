package org.matgate.simulator.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.reader.R2000Options;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import org.matgate.simulator.replay.ReadFile;
import org.matgate.simulator.replay.ReaderLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim mat r2000}. */
@Command(
        name = "r2000",
        description = {
            "An R2000-class module (Invelion, Rodinbell, Yanzeo) on a serial line or a TCP port (4001 on real ones).",
            "Prints READY and what to open, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class R2000MatCommand implements Callable<Integer> {
    private static final int EPC_BYTES = 12;

    @Mixin
    private AnyLink link = new AnyLink();

    @Option(names = "--baud", paramLabel = "N", description = "Speed of its line, 38400 or 115200: ${DEFAULT-VALUE}.")
    private int baud = R2000Options.DEFAULT.baud();

    @Option(names = "--antennas", paramLabel = "N", description = "Ports with an antenna, 1 to 8: ${DEFAULT-VALUE}.")
    private int antennas = R2000Options.DEFAULT.ports();

    @Option(names = "--older-firmware", description = "It does not know sessions while it switches antennas.")
    private boolean olderFirmware;

    @Mixin
    private RecordedOptions recorded = new RecordedOptions();

    @Mixin
    private MatOptions options = new MatOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        link.check();
        options.require(baud == 38_400 || baud == 115_200, "--baud " + baud + ": want 38400 or 115200");
        options.require(antennas >= 1 && antennas <= 8, "--antennas " + antennas + ": want 1 to 8");
        R2000Options module =
                R2000Options.DEFAULT.withBaud(baud).withPorts(antennas).withOlderFirmware(olderFirmware);
        Optional<ReadFile> file = recorded.reads(options, ReaderLimits.uhf(antennas));
        MatRun.Sights sights = new MatRun.Sights(file, recorded, EPC_BYTES, antennas);
        MatRun run = new MatRun(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
        try (StopSignal stop = new StopSignal(() -> {})) {
            return run.run(
                    () -> link.open(baud),
                    (end, clock, wireLog) -> run.see(
                            end,
                            clock,
                            wireLog,
                            stop,
                            sights,
                            (e, c, log) -> SimulatedMat.r2000(options.name(), e, c, log, WireDamage.NONE, module)));
        }
    }
}

package org.matgate.simulator.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.protocol.ipico.IpicoTag;
import org.matgate.simulator.reader.IpicoOptions;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import org.matgate.simulator.replay.ByteReplay;
import org.matgate.simulator.replay.CaptureFile;
import org.matgate.simulator.replay.ReaderLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim mat ipico}. */
@Command(
        name = "ipico",
        description = {
            "An IPICO reader, as a rule on a TCP port, which invents what it sees or plays a file; lines of IPICO readers byte"
                    + " for byte.",
            "Prints READY and what to connect to, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class IpicoMatCommand implements Callable<Integer> {
    @Mixin
    private AnyLink link = new AnyLink();

    @Option(names = "--baud", paramLabel = "N", description = "Speed of its line: ${DEFAULT-VALUE}.")
    private int baud = IpicoOptions.DEFAULT.baud();

    @Option(names = "--zone", paramLabel = "OFFSET", description = "Zone of its calendar: ${DEFAULT-VALUE}.")
    private String zone = "Z";

    @Option(names = "--clock-offset", paramLabel = "SECONDS", description = "Its clock is so much ahead.")
    private double clockOffset;

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
        options.require(baud >= 300 && baud <= 10_000_000, "--baud " + baud + ": want 300 to 10000000");
        Optional<CaptureFile> lines = recorded.lines(options);
        MatRun run = new MatRun(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
        return lines.isPresent() ? replay(run, lines.get()) : see(run);
    }

    private int see(MatRun run) throws InterruptedException {
        IpicoOptions reader = IpicoOptions.DEFAULT
                .withBaud(baud)
                .withZone(options.zone(zone))
                .withDriftPpm(options.driftPpm())
                .withClockOffsetNanos(Math.round(clockOffset * 1e9));
        MatRun.Sights sights =
                new MatRun.Sights(recorded.reads(options, ReaderLimits.ipico()), recorded, IpicoTag.CHIP_BYTES, 1);
        try (StopSignal stop = new StopSignal(() -> {})) {
            return run.run(
                    () -> link.open(baud),
                    (end, clock, wireLog) -> run.see(
                            end,
                            clock,
                            wireLog,
                            stop,
                            sights,
                            (e, c, log) -> SimulatedMat.ipico(options.name(), e, c, log, WireDamage.NONE, reader)));
        }
    }

    private int replay(MatRun run, CaptureFile lines) throws InterruptedException {
        try (ReplayRun replay = new ReplayRun()) {
            return run.run(
                    () -> link.open(baud),
                    (end, clock, wireLog) -> replay.play(
                                    run,
                                    (e, c, log) -> ByteReplay.ipico(options.name(), lines, recorded.speed(), e, c, log),
                                    recorded.stay(),
                                    end,
                                    clock,
                                    wireLog)
                            .offered());
        }
    }
}

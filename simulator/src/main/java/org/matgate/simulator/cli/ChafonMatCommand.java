package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.SerialPortLink;
import org.matgate.simulator.reader.ChafonOptions;
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

/** {@code matsim mat chafon}. */
@Command(
        name = "chafon",
        description = {
            "A Chafon UHFReader288, or a UHFReader18, on a serial line.",
            "Prints READY and what to open, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class ChafonMatCommand implements Callable<Integer> {
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
    private int baud = ChafonOptions.DEFAULT.baud();

    @Option(
            names = "--antennas",
            paramLabel = "N",
            description = "Ports with an antenna, 1 to 8: 4; a UHFReader18 has one.")
    private Optional<Integer> antennas = Optional.empty();

    @Option(names = "--uhfreader18", description = "A UHFReader18: one antenna, no signal strength.")
    private boolean plain;

    @Option(names = "--real-time", description = "It was left in the mode in which it speaks by itself.")
    private boolean realTime;

    @Option(names = "--antenna-check", description = "It looks for its antenna before each inventory.")
    private boolean antennaCheck;

    @Option(names = "--tags-a-frame", paramLabel = "N", description = "Tags in a frame, 1 to 16: ${DEFAULT-VALUE}.")
    private int tagsAFrame = ChafonOptions.DEFAULT.tagsAFrame();

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
        int ports = antennas.orElse(plain ? 1 : ChafonOptions.DEFAULT.ports());
        options.require(
                ports >= 1 && ports <= (plain ? 1 : 8),
                "--antennas " + ports + ": want 1 to 8, or 1 with --uhfreader18");
        options.require(tagsAFrame >= 1 && tagsAFrame <= 16, "--tags-a-frame " + tagsAFrame + ": want 1 to 16");
        options.require(
                !plain || !(realTime || antennaCheck), "--real-time and --antenna-check do not go with --uhfreader18");
        ChafonOptions reader = (plain ? ChafonOptions.reader18() : ChafonOptions.DEFAULT.withPorts(ports))
                .withBaud(baud)
                .withTagsAFrame(tagsAFrame)
                .withRealTime(realTime)
                .withAntennaCheck(antennaCheck);
        Optional<ReadFile> file = recorded.reads(options, ReaderLimits.inTurn(ports));
        MatRun.Sights sights = new MatRun.Sights(file, recorded, EPC_BYTES, ports);
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
                            (e, c, log) -> SimulatedMat.chafon(options.name(), e, c, log, WireDamage.NONE, reader)));
        }
    }

    private ReaderEnd open() throws IOException {
        return where.port.isPresent() ? SerialPortLink.open(where.port.get(), baud) : Pty.open(link);
    }
}

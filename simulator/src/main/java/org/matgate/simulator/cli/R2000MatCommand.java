package org.matgate.simulator.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.SerialPortLink;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.R2000Options;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim mat r2000}. */
@Command(
        name = "r2000",
        description = {
            "An R2000-class module (Invelion, Rodinbell, Yanzeo) on a serial line or a TCP port.",
            "Prints READY and what to open, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class R2000MatCommand implements Callable<Integer> {
    private static final int EPC_BYTES = 12;

    /** Where its line ends. */
    static final class Where {
        @Option(names = "--pty", required = true, description = "A pseudo-terminal that it opens itself.")
        private boolean pty;

        @Option(names = "--port", required = true, paramLabel = "DEVICE", description = "A serial port: /dev/ttyUSB0.")
        private Optional<String> port = Optional.empty();

        @Option(
                names = "--tcp",
                required = true,
                paramLabel = "PORT",
                description = "Port to listen on, 4001 on real ones; 0 takes a free one.")
        private Optional<Integer> tcp = Optional.empty();
    }

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    @Option(
            names = "--link",
            paramLabel = "PATH",
            description = "With --pty: a symbolic link to it, for a stable name.")
    private Optional<Path> link = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "With --tcp: address to listen on: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(names = "--baud", paramLabel = "N", description = "Speed of its line, 38400 or 115200: ${DEFAULT-VALUE}.")
    private int baud = R2000Options.DEFAULT.baud();

    @Option(names = "--antennas", paramLabel = "N", description = "Ports with an antenna, 1 to 8: ${DEFAULT-VALUE}.")
    private int antennas = R2000Options.DEFAULT.ports();

    @Option(names = "--older-firmware", description = "It does not know sessions while it switches antennas.")
    private boolean olderFirmware;

    @Mixin
    private MatOptions options = new MatOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        options.require(where.pty || link.isEmpty(), "--link goes with --pty only");
        options.require(baud == 38_400 || baud == 115_200, "--baud " + baud + ": want 38400 or 115200");
        options.require(antennas >= 1 && antennas <= 8, "--antennas " + antennas + ": want 1 to 8");
        int port = where.tcp.orElse(0);
        options.require(port >= 0 && port <= 65_535, "--tcp " + port + ": want 0 to 65535");
        R2000Options module =
                R2000Options.DEFAULT.withBaud(baud).withPorts(antennas).withOlderFirmware(olderFirmware);
        MatRun run = new MatRun(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
        try (StopSignal stop = new StopSignal(() -> {})) {
            return run.run(
                    this::open,
                    (end, clock, wireLog) -> run.invent(
                            end,
                            clock,
                            wireLog,
                            stop,
                            EPC_BYTES,
                            antennas,
                            (e, c, log) -> SimulatedMat.r2000(options.name(), e, c, log, WireDamage.NONE, module)));
        }
    }

    private ReaderEnd open() throws IOException {
        if (where.tcp.isPresent()) {
            return TcpLink.listen(new InetSocketAddress(InetAddress.getByName(bind), where.tcp.get()));
        }
        return where.port.isPresent() ? SerialPortLink.open(where.port.get(), baud) : Pty.open(link);
    }
}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.ipico.IpicoTag;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.IpicoOptions;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.replay.IpicoReplay;
import org.matgate.simulator.replay.Speed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code matsim mat ipico}. */
@Command(
        name = "ipico",
        description = {
            "An IPICO reader on a TCP port, which invents what it sees or plays captured lines.",
            "Prints READY and what to connect to, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class IpicoMatCommand implements Callable<Integer> {
    @Option(
            names = "--tcp",
            required = true,
            paramLabel = "PORT",
            description = "Port to listen on; 0 takes a free one.")
    private int port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(names = "--file", paramLabel = "LINES", description = "Plays these captured lines, byte for byte.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "With --file: 1 as the lines' own times say, 20 so many times faster, max at once: 1.")
    private Optional<String> speed = Optional.empty();

    @Option(names = "--stay", description = "With --file: keeps the connection open after the last line.")
    private boolean stay;

    @Option(names = "--zone", paramLabel = "OFFSET", description = "Zone of its calendar: ${DEFAULT-VALUE}.")
    private String zone = "Z";

    @Option(names = "--clock-offset", paramLabel = "SECONDS", description = "Its clock is so much ahead.")
    private double clockOffset;

    @Mixin
    private MatOptions options = new MatOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        options.require(port >= 0 && port <= 65_535, "--tcp " + port + ": want 0 to 65535");
        options.require(file.isPresent() || (speed.isEmpty() && !stay), "--speed and --stay go with --file only");
        options.require(file.isEmpty() || options.rate() == 0, "--rate and --file exclude each other");
        options.require(
                file.isEmpty() || Files.isReadable(file.get()), "--file: cannot read " + file.orElse(Path.of("")));
        MatRun run = new MatRun(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
        return file.isPresent() ? replay(run, file.get(), speed()) : invent(run);
    }

    private Speed speed() {
        try {
            return Speed.parse(speed.orElse("1"));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private TcpLink listen() throws IOException {
        try {
            return TcpLink.listen(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (UnknownHostException e) {
            throw new IOException("--bind " + bind + ": there is no such address here", e);
        }
    }

    private int invent(MatRun run) throws InterruptedException {
        IpicoOptions reader = IpicoOptions.DEFAULT
                .withZone(options.zone(zone))
                .withDriftPpm(options.driftPpm())
                .withClockOffsetNanos(Math.round(clockOffset * 1e9));
        try (StopSignal stop = new StopSignal(() -> {})) {
            return run.run(
                    this::listen,
                    (end, clock, wireLog) -> run.invent(
                            end,
                            clock,
                            wireLog,
                            stop,
                            IpicoTag.CHIP_BYTES,
                            1,
                            (e, c, log) -> SimulatedMat.ipico(options.name(), e, c, log, WireDamage.NONE, reader)));
        }
    }

    private int replay(MatRun run, Path lines, Speed atSpeed) throws InterruptedException {
        AtomicReference<@Nullable IpicoReplay> running = new AtomicReference<>();
        try (StopSignal stop = new StopSignal(() -> {
            IpicoReplay replay = running.get();
            if (replay != null) {
                replay.stop();
            }
        })) {
            return run.run(
                    this::listen,
                    (end, clock, wireLog) -> play(run, lines, atSpeed, running, stop, end, clock, wireLog));
        }
    }

    private long play(
            MatRun run,
            Path lines,
            Speed atSpeed,
            AtomicReference<@Nullable IpicoReplay> running,
            StopSignal stop,
            ReaderEnd end,
            SimClock clock,
            WireLog wireLog)
            throws IOException {
        IpicoReplay replay = new IpicoReplay(options.name(), lines, atSpeed, end, clock, wireLog);
        running.set(replay);
        run.ready(end);
        if (!stop.asked()) {
            replay.run(stay);
        }
        return replay.offered();
    }
}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.reader.LlrpOptions;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireDamage;
import org.matgate.simulator.replay.ReadFile;
import org.matgate.simulator.replay.ReaderLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim mat llrp}. */
@Command(
        name = "llrp",
        description = {
            "An LLRP reader on a TCP port, which serves one client and turns others away.",
            "Prints READY and what to connect to, and at the end offered= and how many reads it has put on the wire."
        },
        mixinStandardHelpOptions = true)
final class LlrpMatCommand implements Callable<Integer> {
    private static final int EPC_BYTES = 12;

    @Option(
            names = "--tcp",
            required = true,
            paramLabel = "PORT",
            description = "Port to listen on, 5084 on real readers; 0 takes a free one.")
    private int port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on: ${DEFAULT-VALUE}.")
    private String bind = "127.0.0.1";

    @Option(
            names = "--vendor",
            paramLabel = "NAME",
            description = "Who made it, impinj, zebra or other: ${DEFAULT-VALUE}.")
    private String vendor = "impinj";

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "By whose rules it transmits, fcc or etsi: ${DEFAULT-VALUE}.")
    private String region = "fcc";

    @Option(names = "--antennas", paramLabel = "N", description = "Ports with an antenna, 1 to 32: ${DEFAULT-VALUE}.")
    private int antennas = LlrpOptions.DEFAULT.antennas();

    @Option(names = "--clock-offset", paramLabel = "SECONDS", description = "Its clock is so much ahead.")
    private double clockOffset;

    @Option(names = "--uptime", description = "It does not know the time, but only how long it has been on.")
    private boolean uptime;

    @Option(
            names = "--memory",
            paramLabel = "READS",
            description = "How many reads it can keep while nobody is connected: ${DEFAULT-VALUE}.")
    private int memory = LlrpOptions.DEFAULT.bufferedReads();

    @Option(
            names = "--tag-memory",
            paramLabel = "READS",
            description = "With --vendor zebra: after so many it must be told to purge them, or reads no more:"
                    + " ${DEFAULT-VALUE}.")
    private int tagMemory = LlrpOptions.DEFAULT.tagMemory();

    @Mixin
    private RecordedOptions recorded = new RecordedOptions();

    @Mixin
    private MatOptions options = new MatOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        options.require(port >= 0 && port <= 65_535, "--tcp " + port + ": want 0 to 65535");
        options.require(antennas >= 1 && antennas <= 32, "--antennas " + antennas + ": want 1 to 32");
        options.require(memory >= 1 && memory <= 1_000_000, "--memory " + memory + ": want 1 to 1000000");
        options.require(tagMemory >= 1, "--tag-memory " + tagMemory + ": want at least 1");
        LlrpOptions reader = LlrpOptions.DEFAULT
                .withVendor(word("--vendor", LlrpOptions.Vendor.class, vendor))
                .withRegion(word("--region", LlrpOptions.Region.class, region))
                .withAntennas(antennas)
                .withUtcClock(!uptime)
                .withDriftPpm(options.driftPpm())
                .withClockOffsetNanos(Math.round(clockOffset * 1e9))
                .withBufferedReads(memory)
                .withTagMemory(tagMemory);
        Optional<ReadFile> file = recorded.reads(options, ReaderLimits.uhf(antennas));
        MatRun.Sights sights = new MatRun.Sights(file, recorded, EPC_BYTES, antennas);
        MatRun run = new MatRun(
                options, spec.commandLine().getOut(), spec.commandLine().getErr());
        try (StopSignal stop = new StopSignal(() -> {})) {
            return run.run(
                    () -> listen(reader),
                    (end, clock, wireLog) -> run.see(
                            end,
                            clock,
                            wireLog,
                            stop,
                            sights,
                            (e, c, log) -> SimulatedMat.llrp(options.name(), e, c, log, WireDamage.NONE, reader)));
        }
    }

    private <E extends Enum<E>> E word(String option, Class<E> words, String text) {
        String known = Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        options.require(
                Arrays.asList(known.split(", ", -1)).contains(text), option + " '" + text + "': want one of " + known);
        return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
    }

    private TcpLink listen(LlrpOptions reader) throws IOException {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(bind), port);
            return TcpLink.listenForOne(address, reader.refusal(SimClock.system()));
        } catch (UnknownHostException e) {
            throw new IOException("--bind " + bind + ": there is no such address here", e);
        }
    }
}

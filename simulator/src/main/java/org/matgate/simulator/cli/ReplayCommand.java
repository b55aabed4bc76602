package org.matgate.simulator.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.PacedWriter;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.replay.ByteReplay;
import org.matgate.simulator.replay.CaptureFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matsim replay}. */
@Command(
        name = "replay",
        description = {
            "Plays a capture of what a reader said, byte for byte at its times, and answers nothing.",
            "Each line of it is a time (seconds, 07:31:00.25 or 2026-02-15T07:31:00.25Z), < or nothing for what the"
                    + " reader said or > for what the host said, and the bytes in hexadecimal: 12.25 < FF 14 00. It"
                    + " begins when somebody listens.",
            "Prints READY and what to open, and at the end sent= and how many bytes it has put on the wire."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    private static final int SLOWEST_BAUD = 300;
    private static final int FASTEST_BAUD = 10_000_000;

    @Parameters(paramLabel = "CAPTURE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--baud", paramLabel = "N", description = "Speed of a serial line: ${DEFAULT-VALUE}.")
    private int baud = 115_200;

    @Option(names = "--stay", description = "Keeps the connection open after the last byte, until it is stopped.")
    private boolean stay;

    @Mixin
    private AnyLink link = new AnyLink();

    @Mixin
    private PlayOptions play = new PlayOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        link.check();
        if (baud < SLOWEST_BAUD || baud > FASTEST_BAUD) {
            throw new ParameterException(
                    spec.commandLine(), "--baud " + baud + ": want " + SLOWEST_BAUD + " to " + FASTEST_BAUD);
        }
        play.speed();
        CaptureFile capture = play.looked(() -> CaptureFile.timed(file, play.from(), play.skipBad()));
        play.tell(capture.notes());
        PrintWriter out = spec.commandLine().getOut();
        MatRun run = new MatRun(out, spec.commandLine().getErr());
        try (ReplayRun replay = new ReplayRun()) {
            return run.run(() -> link.open(baud), (end, clock) -> {
                long sent = replay.play(
                                run, (e, c, log) -> bytes(capture, e, c), stay, end, clock, (truth, at, fate) -> {})
                        .bytes();
                return "sent=" + sent;
            });
        }
    }

    private ByteReplay bytes(CaptureFile capture, ReaderEnd end, SimClock clock) {
        PacedWriter writer = link.serial() ? PacedWriter.baud(end, clock, baud) : PacedWriter.unpaced(end, clock);
        return ByteReplay.deaf("replay", capture, play.speed(), end, writer, clock);
    }
}

package org.matgate.simulator.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.rehearsal.MatgateCommand;
import org.matgate.simulator.rehearsal.Progress;
import org.matgate.simulator.rehearsal.Workplace;
import org.matgate.simulator.torture.OwnMounts;
import org.matgate.simulator.torture.Torture;
import org.matgate.simulator.torture.TortureResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim torture}: an endless race in which everything goes wrong, and the verdict. */
@Command(
        name = "torture",
        description = {
            "Runs an endless race of 500 reads/s through a real matgate, in cycles of some seconds with kill -9, power"
                    + " cuts, torn files, network cuts, engine kills, a full or read-only disk and clock steps at random moments;",
            "after every cycle the referee accounts for every read, and it stops at the first FAIL."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:PASS", "1:FAIL", "2:wrong call"},
        mixinStandardHelpOptions = true)
public final class TortureCommand implements Callable<Integer> {
    @Option(
            names = "--cycles",
            paramLabel = "N",
            description = "How many; 0: until it is stopped. Default ${DEFAULT-VALUE}.")
    private long cycles = 20;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the first cycle; the next one has N + 1. Default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the verdict as JSON, too.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Leave the evidence of the last cycles in DIR, which is empty or not there yet. Without it"
                    + " evidence is left only after a FAIL.")
    private Optional<Path> keep = Optional.empty();

    @Option(
            names = "--matgate",
            paramLabel = "COMMAND",
            description = "How matgate is started; usually the launcher beside matsim's own.")
    private Optional<String> matgate = Optional.empty();

    @Option(
            names = "--lying-disk",
            paramLabel = "N",
            description = "A power cut takes the last N commits, synced or not: to see that the referee notices.")
    private int lyingDisk;

    /** Whether this process has mounts of its own. */
    @Option(names = OwnMounts.OPTION, hidden = true)
    private boolean ownMounts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (cycles < 0 || lyingDisk < 0) {
            err.println("matsim torture: " + (cycles < 0 ? "--cycles " + cycles : "--lying-disk " + lyingDisk)
                    + "; want 0 or more");
            return 2;
        }
        try {
            if (!ownMounts) {
                Optional<Integer> exit = OwnMounts.again();
                if (exit.isPresent()) {
                    return exit.get();
                }
                out.println("Without the right to mount (unshare) the disk is never full.");
            }
            return torture(Workplace.open(keep), out);
        } catch (IOException e) {
            err.println("matsim: " + FileProblem.text(e));
            return 2;
        }
    }

    private int torture(Workplace place, PrintWriter out) throws InterruptedException {
        List<String> command = MatgateCommand.find(matgate, System::getProperty);
        Progress progress = new Progress(
                out,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
        TortureResult result;
        try (place) {
            result = new Torture(
                            cycles,
                            seed,
                            command,
                            Version.software(),
                            ownMounts,
                            Math.max(1, lyingDisk),
                            SimClock.system(),
                            progress)
                    .run(place);
            if (json.isPresent()) {
                Files.writeString(json.get(), result.json());
            }
        } catch (IOException e) {
            out.println("FAIL because " + FileProblem.text(e));
            out.println("verdict: FAIL cycles=0 offered=0");
            out.flush();
            return 1;
        }
        out.println(result.lastLine());
        out.flush();
        return result.pass() ? 0 : 1;
    }
}

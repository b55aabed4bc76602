package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.bench.Bench;
import org.matgate.simulator.bench.BenchText;
import org.matgate.simulator.bench.Ground;
import org.matgate.simulator.engine.NativeLibrary;
import org.matgate.simulator.rehearsal.MatgateCommand;
import org.matgate.simulator.rehearsal.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code matsim bench}: how fast it is, beside what bounds it. */
@Command(
        name = "bench",
        description = {
            "Measures the product beside what bounds it, both in turns in one run, and prints a table: what, the aim,"
                    + " whether it is reached, and what was measured. Takes about ten minutes.",
            "It measures the machine with it: let nothing else run meanwhile. On a machine that is busy as it begins,"
                    + " nothing is claimed."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:measured, whatever came out", "1:something could not be measured", "2:wrong call"},
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "A short look that all of it works; its figures mean little.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was measured as JSON, too.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only this part: stream, journal, llrp, mercury, backlog, cost, wire or disk; may be given"
                    + " several times.")
    private List<String> only = List.of();

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "An empty or new directory on the disk to measure; it is left as it is then. Without it, a"
                    + " temporary one.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--matgate",
            paramLabel = "COMMAND",
            description = "How matgate is started; usually the launcher beside matsim's own.")
    private Optional<String> matgate = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        for (String name : only) {
            if (!Bench.names().contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--only " + name + ": want one of " + String.join(", ", Bench.names()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Workplace place = Workplace.open(directory)) {
            NativeLibrary.load();
            List<String> command = MatgateCommand.find(matgate, System::getProperty);
            Bench.Result result =
                    Bench.run(new Ground(place.directory().directory(), command, SimClock.system(), quick, out), only);
            BenchText.lines(result).forEach(out::println);
            out.flush();
            if (json.isPresent()) {
                Files.writeString(json.get(), BenchText.json(result));
            }
            return result.failures().isEmpty() ? 0 : 1;
        } catch (IOException e) {
            err.println("matsim: " + FileProblem.text(e));
            return 1;
        }
    }
}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.Referee;
import org.matgate.simulator.referee.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matsim judge}: judges again what a rehearsal left behind. */
@Command(
        name = "judge",
        description = "Judges again what 'matsim rehearse --keep DIR' left behind.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:PASS", "1:FAIL", "2:wrong call, or nothing to judge"},
        mixinStandardHelpOptions = true)
public final class JudgeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The directory that was kept.")
    private Path directory = Path.of(".");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the verdict as JSON, too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write it as a page with plots, too.")
    private Optional<Path> html = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!Files.isRegularFile(directory.resolve("truth.csv"))) {
            spec.commandLine()
                    .getErr()
                    .println("matsim: " + directory + " has no truth.csv; want a directory that"
                            + " 'matsim rehearse --keep' made");
            return 2;
        }
        Verdict verdict;
        try {
            CaseDirectory found = new CaseDirectory(directory);
            verdict = Referee.judge(found.evidence()).withReasons(found.failures());
        } catch (IOException e) {
            spec.commandLine().getErr().println("matsim: " + FileProblem.text(e));
            return 2;
        }
        return VerdictPrinter.print(
                verdict,
                json,
                html,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }
}

package org.matgate.simulator.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.ScenarioException;
import org.matgate.simulator.referee.Verdict;
import org.matgate.simulator.rehearsal.MatgateCommand;
import org.matgate.simulator.rehearsal.Progress;
import org.matgate.simulator.rehearsal.Rehearsal;
import org.matgate.simulator.rehearsal.RehearsalException;
import org.matgate.simulator.rehearsal.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matsim rehearse}: a whole race on this machine, and the verdict. */
@Command(
        name = "rehearse",
        description =
                "Runs a race with virtual mats, a real matgate for each timing point and an engine, in real time or faster;"
                        + " then compares what the engine holds with what truly happened.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:PASS", "1:FAIL", "2:wrong call or scenario"},
        mixinStandardHelpOptions = true)
public final class RehearseCommand implements Callable<Integer> {
    private static final int MOST_SPEED = 1000;

    @Parameters(
            paramLabel = "SCENARIO",
            description = "A shipped one, such as demo or almaty-marathon, or a file such as my-race.toml.")
    private String scenario = "demo";

    @Option(names = "--seed", paramLabel = "N", description = "Grow random numbers from N, not the scenario's seed.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How much faster than real time the race may be, 1 to 1000. Above 1 the readers' lines run"
                    + " unpaced, and the race slows down while something does not follow.")
    private double speed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the verdict as JSON, too.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write it as a page with plots, too.")
    private Optional<Path> html = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "Leave all evidence in DIR, which is empty or not there yet; 'matsim judge DIR' judges it again.")
    private Optional<Path> keep = Optional.empty();

    @Option(
            names = "--matgate",
            paramLabel = "COMMAND",
            description = "How matgate is started; usually the launcher beside matsim's own.")
    private Optional<String> matgate = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!(speed >= 1 && speed <= MOST_SPEED)) {
            err.println("matsim: --speed " + speed + ": want 1 (real time) to " + MOST_SPEED);
            return 2;
        }
        Scenario race;
        Workplace place;
        try {
            race = Scenario.load(scenario);
            place = Workplace.open(keep);
        } catch (ScenarioException e) {
            err.println("matsim: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            err.println("matsim: " + FileProblem.text(e));
            return 2;
        }
        return VerdictPrinter.print(
                rehearse(race.withSeed(seed.orElse(race.seed())), place, out), json, html, out, err);
    }

    private Verdict rehearse(Scenario race, Workplace place, PrintWriter out) throws InterruptedException {
        List<String> command = MatgateCommand.find(matgate, System::getProperty);
        Progress progress = new Progress(
                out,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
        String version = Version.software();
        try (place) {
            return new Rehearsal(
                            race, race.seed(), speed, command, place.directory(), version, SimClock.system(), progress)
                    .run(place::guards);
        } catch (IOException | RehearsalException e) {
            return Verdict.withoutRace(race.name(), race.seed(), version, String.valueOf(e.getMessage()));
        }
    }
}

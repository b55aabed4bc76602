package org.matgate.gateway.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.matgate.gateway.check.Check;
import org.matgate.gateway.check.Listener;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code matgate check}: whether all is ready for the race. */
@Command(
        name = "check",
        description = {
            "Looks at everything before the race, a line each: the configuration, the disk, the clock, every port, every"
                    + " reader with its antennas, every engine; each OK, WARN or FAIL, and what to do where it is not OK.",
            "Readers are brought up by their real drivers. Then WAVE A CHIP over each antenna, until all have read it or"
                    + " the time is up. Nothing is written into the journal.",
            "An LLRP reader that keeps reads for the service is looked at and not tested."
                    + " After a crash or a power cut start the service first.",
            "Where the service runs it holds the readers: then its own view of them is shown, and nobody is disturbed.",
            "Without --config it takes ./matgate.toml, else /etc/matgate/matgate.toml.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all is well",
            " 1:something does not work",
            " 2:wrong call; nothing was checked",
            " 3:all works, but something wants attention"
        })
public final class CheckCommand implements Callable<Integer> {
    private static final int LONGEST_TEST_SECONDS = 3_600;

    @Option(names = "--config", paramLabel = "FILE", description = "The box's configuration.")
    private Optional<Path> configFile = Optional.empty();

    @Option(names = "--json", description = Screen.JSON_HELP)
    private boolean json;

    @Option(
            names = "--test-read",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long you have to wave a chip over every antenna: ${DEFAULT-VALUE}; 0 for no test.")
    private int testRead;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (testRead < 0 || testRead > LONGEST_TEST_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(), "--test-read " + testRead + "; want 0 to " + LONGEST_TEST_SECONDS + " seconds");
        }
        Screen screen = new Screen(spec);
        Optional<Path> file = configFile.or(ConfigFile::usual);
        if (file.isEmpty()) {
            screen.error("matgate: " + ConfigFile.tried() + "; name the configuration: --config FILE");
            return 2;
        }
        Report report = report(file.get(), screen);
        screen.line(json ? report.json("check") : report.summary(screen.paint()));
        return report.exitCode();
    }

    private Report report(Path file, Screen screen) throws InterruptedException {
        Config config;
        try {
            config = ConfigLoader.load(file);
        } catch (ConfigException e) {
            Report report = new Report(problems(e));
            Listener listener = new Lines(screen, 8, 0);
            report.lines().forEach(listener::line);
            return report;
        }
        Check.Task task = new Check.Task(file, config, Version.software(), PortSearch.MACHINE, testRead);
        return Check.run(task, new Lines(screen, 9, nameWidth(config)));
    }

    private static List<Line> problems(ConfigException e) {
        return Arrays.stream(String.valueOf(e.getMessage()).split("\\R"))
                .map(problem -> new Findings()
                        .fail(true, "put that right first; nothing else was looked at")
                        .line("config", "", problem, Facts.NONE))
                .toList();
    }

    private static int nameWidth(Config config) {
        Stream<String> names = Stream.concat(
                Stream.of(config.box().name(), "01234567"),
                Stream.concat(
                        config.engines().stream().map(Config.Engine::name),
                        config.readers().stream().map(reader -> reader.source().reader() + "/16")));
        names = Stream.concat(names, config.gpio().relays().stream().map(relay -> "relay/" + relay.reader()));
        return names.mapToInt(String::length).max().orElse(0) + 2;
    }

    /** Shows each line as it comes. */
    private final class Lines implements Listener {
        private final Screen screen;
        private final int partWidth;
        private final int nameWidth;
        private boolean asked;

        Lines(Screen screen, int partWidth, int nameWidth) {
            this.screen = screen;
            this.partWidth = partWidth;
            this.nameWidth = nameWidth;
        }

        @Override
        public void line(Line line) {
            if (!json) {
                Report.text(line, partWidth, nameWidth, screen.paint()).forEach(screen::line);
            }
        }

        @Override
        public void progress(String text) {
            screen.progress(text);
        }

        @Override
        public void ask(String text) {
            if (screen.terminal()) {
                screen.progress(text);
            } else if (!asked) {
                asked = true;
                screen.error(text);
            }
        }
    }
}

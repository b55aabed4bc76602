package org.matgate.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.status.Report;
import org.matgate.gateway.status.StatusClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate status}: how the running service stands. */
@Command(
        name = "status",
        description = {
            "Shows how the running service stands: a line each for the box, its clock, every reader, the journal and"
                    + " every engine, each OK, WARN or FAIL, and what to do where it is not OK.",
            "It only looks: ask as often as you like, also in the middle of a race.",
            "Without --config and --data it takes ./matgate.toml, else /etc/matgate/matgate.toml,"
                    + " else the data directory /var/lib/matgate.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all is well",
            " 1:something does not work",
            " 2:wrong call, or no service to ask; the message says how to start it",
            " 3:all works, but something wants attention"
        })
public final class StatusCommand implements Callable<Integer> {
    private static final long WATCH_MILLIS = 1_000;

    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Option(names = "--json", description = Screen.JSON_HELP)
    private boolean json;

    @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
    private boolean watch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = new Screen(spec);
        Path data;
        try {
            data = where.directory();
        } catch (ConfigException e) {
            screen.error(String.valueOf(e.getMessage()));
            screen.error("matgate: to ask the running service all the same, name its data directory: --data DIR");
            return 2;
        }
        while (watch) {
            screen.clear();
            show(screen, data);
            TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
        }
        return show(screen, data);
    }

    private int show(Screen screen, Path data) {
        return switch (StatusClient.ask(data)) {
            case StatusClient.Said said -> {
                print(screen, said.report());
                yield said.report().exitCode();
            }
            case StatusClient.NoService none -> {
                screen.error("matgate: " + none.why() + "; start it: sudo systemctl start matgate, or"
                        + " matgate run --config matgate.toml");
                yield 2;
            }
            case StatusClient.NoAnswer mute -> {
                screen.error("matgate: " + mute.why());
                yield 2;
            }
        };
    }

    private void print(Screen screen, Report report) {
        if (json) {
            screen.line(report.json("status"));
        } else {
            report.text(screen.paint()).forEach(screen::line);
        }
    }
}

package org.matgate.gateway;

import java.nio.file.Path;
import java.security.Security;
import org.matgate.gateway.cli.BenchCommand;
import org.matgate.gateway.cli.CheckCommand;
import org.matgate.gateway.cli.ClockAnchorCommand;
import org.matgate.gateway.cli.ClockCommand;
import org.matgate.gateway.cli.EnrollCommand;
import org.matgate.gateway.cli.ExportCommand;
import org.matgate.gateway.cli.FirstBootCommand;
import org.matgate.gateway.cli.JournalCommand;
import org.matgate.gateway.cli.ProbeCommand;
import org.matgate.gateway.cli.RunCommand;
import org.matgate.gateway.cli.StatusCommand;
import org.matgate.gateway.cli.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code matgate}. */
@Command(
        name = "matgate",
        description =
                "Reads the chips at a timing mat, keeps every read on disk and delivers it to the results engine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Matgate {
    Matgate() {}

    /** A name server's answer holds for so many seconds: an engine that moved is dialled where it is now. */
    private static final String ANSWERS_HOLD = "1";

    /** Runs the command and exits: 0 done, 1 failed, 2 wrong call or configuration; 3 done, with a warning. */
    public static void main(String[] arguments) {
        // Before the first look-up, at which the machine reads them; else it keeps answers for half a minute.
        Security.setProperty("networkaddress.cache.ttl", ANSWERS_HOLD);
        Security.setProperty("networkaddress.cache.negative.ttl", ANSWERS_HOLD);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Matgate())
                .addSubcommand(new RunCommand(Gateway::start))
                .addSubcommand(new CheckCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new EnrollCommand())
                .addSubcommand(new FirstBootCommand())
                .addSubcommand(new ProbeCommand())
                .addSubcommand(new CommandLine(new ClockCommand()).addSubcommand(new ClockAnchorCommand()))
                .addSubcommand(JournalCommand.commandLine())
                .addSubcommand(new CommandLine(new ExportCommand()).setCaseInsensitiveEnumValuesAllowed(true))
                .addSubcommand(new BenchCommand(BenchBox::start, () -> MachineId.read(Path.of("/"))));
    }
}

package org.matgate.simulator;

import org.matgate.simulator.cli.BenchCommand;
import org.matgate.simulator.cli.EngineCommand;
import org.matgate.simulator.cli.JudgeCommand;
import org.matgate.simulator.cli.MatCommand;
import org.matgate.simulator.cli.RehearseCommand;
import org.matgate.simulator.cli.ReplayCommand;
import org.matgate.simulator.cli.TortureCommand;
import org.matgate.simulator.cli.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code matsim}. */
@Command(
        name = "matsim",
        description = "Mats, readers, races and faults in software, speaking the readers' real wire protocols.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Matsim {
    private Matsim() {}

    /** Runs the command and exits: 0 done, 1 failed, 2 wrong call. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Matsim())
                .addSubcommand(new RehearseCommand())
                .addSubcommand(new TortureCommand())
                .addSubcommand(new JudgeCommand())
                .addSubcommand(new MatCommand())
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new EngineCommand())
                .addSubcommand(new BenchCommand())
                .setParameterExceptionHandler(Matsim::refuse);
    }

    /** One line that says what is wrong, rather than a page of help. */
    private static int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
        command.getErr().println("try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}

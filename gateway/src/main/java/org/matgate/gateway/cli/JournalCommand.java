package org.matgate.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code matgate journal}: what the crew does with the box's journals. */
@Command(
        name = "journal",
        description = {
            "Lists, looks at, copies and ends the journals in which the box keeps every event.",
            "All of it may be done while the service runs: it only reads, in short looks, and what changes something goes"
                    + " through the service. Leave the live file alone with other tools: sqlite3 before 3.51.3 can damage"
                    + " it. Take a copy.",
            ""
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class JournalCommand {
    private JournalCommand() {}

    /** The command with all that belongs to it. */
    public static CommandLine commandLine() {
        return new CommandLine(new JournalCommand())
                .addSubcommand(new JournalListCommand())
                .addSubcommand(new JournalInfoCommand())
                .addSubcommand(new JournalCopyCommand())
                .addSubcommand(new JournalVerifyCommand())
                .addSubcommand(new JournalNewCommand())
                .addSubcommand(new JournalDeleteCommand())
                .addSubcommand(new JournalSalvageCommand());
    }
}

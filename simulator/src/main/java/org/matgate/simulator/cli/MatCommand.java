package org.matgate.simulator.cli;

import picocli.CommandLine.Command;

/** {@code matsim mat}: one reader. */
@Command(
        name = "mat",
        description = "One simulated reader, for a box or anything else that reads such readers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "FAMILY",
        subcommands = {
            LlrpMatCommand.class,
            MercuryMatCommand.class,
            R2000MatCommand.class,
            IpicoMatCommand.class,
            ChafonMatCommand.class
        })
public final class MatCommand {}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.EnrolledBoxes;
import org.matgate.simulator.engine.NativeLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matsim engine revoke}. */
@Command(
        name = "revoke",
        description = "Lets a box in no more. An engine that runs ends its session within a second.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:done", " 1:the file cannot be used", " 2:wrong call, or no such box"})
final class EngineRevokeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The name under which it was enrolled.")
    private String name = "";

    @Option(names = "--db", paramLabel = "FILE", description = "The engine's file. Default ${DEFAULT-VALUE}.")
    private Path file = Path.of("matsim-engine.db");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!Files.exists(file)) {
            return refuse("there is no " + file + "; name the engine's file with --db", 2);
        }
        try {
            NativeLibrary.load();
            try (EnrolledBoxes boxes = EnrolledBoxes.open(file)) {
                SimClock clock = SimClock.system();
                if (!boxes.revoke(name, clock.utcNanos(clock.monotonicNanos()))) {
                    return refuse("no box named " + name + " is let in; matsim engine boxes lists them", 2);
                }
                spec.commandLine().getOut().println(name + " is let in no more");
                return 0;
            }
        } catch (IOException e) {
            return refuse(FileProblem.text(e), 1);
        }
    }

    private int refuse(String why, int exit) {
        spec.commandLine().getErr().println("matsim engine revoke: " + why);
        return exit;
    }
}

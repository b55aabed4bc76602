package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.matgate.simulator.engine.EnrolledBoxes;
import org.matgate.simulator.engine.NativeLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matsim engine boxes}. */
@Command(
        name = "boxes",
        description = "Lists the boxes that were enrolled, with when, and whether they are let in.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:done", " 1:the file cannot be used", " 2:wrong call"})
final class EngineBoxesCommand implements Callable<Integer> {
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
                for (EnrolledBoxes.Box box : boxes.all()) {
                    spec.commandLine()
                            .getOut()
                            .println(box.name() + "  enrolled " + utc(box.enrolledUtcNanos())
                                    + (box.revokedUtcNanos().isPresent()
                                            ? "  REVOKED "
                                                    + utc(box.revokedUtcNanos().getAsLong())
                                            : ""));
                }
                if (boxes.all().isEmpty()) {
                    spec.commandLine()
                            .getOut()
                            .println("no box is enrolled: the engine lets everybody in, over plain TCP");
                }
                return 0;
            }
        } catch (IOException e) {
            return refuse(FileProblem.text(e), 1);
        }
    }

    private static String utc(long nanos) {
        return Instant.ofEpochSecond(0, nanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private int refuse(String why, int exit) {
        spec.commandLine().getErr().println("matsim engine boxes: " + why);
        return exit;
    }
}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.protocol.channel.EnrollCode;
import org.matgate.protocol.channel.Token;
import org.matgate.protocol.receiver.EngineKey;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.engine.EnrolledBoxes;
import org.matgate.simulator.engine.EnrolledBoxes.Box;
import org.matgate.simulator.engine.NativeLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matsim engine enroll}: a box is given a token, and a code that brings it there. */
@Command(
        name = "enroll",
        description = {
            "Lets a box in: prints a one-line code with the engine's address and key and a token of the box's own, and the"
                    + " same as a QR code. On the box: matgate enroll CODE.",
            "The engine's key is made where there is none. The code is a secret, and is shown here only.",
            "An engine that runs on this file notices a box that is added; one that had no box before must be restarted."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:done", " 1:the file cannot be used", " 2:wrong call, or enrolled already"})
final class EngineEnrollCommand implements Callable<Integer> {
    private static final int MAX_NAME_CHARS = 100;

    @Parameters(paramLabel = "NAME", description = "What the box is to be called here, such as finish-a.")
    private String name = "";

    @Option(names = "--db", paramLabel = "FILE", description = "The engine's file. Default ${DEFAULT-VALUE}.")
    private Path file = Path.of("matsim-engine.db");

    @Option(
            names = "--host",
            required = true,
            paramLabel = "HOST",
            description = "The name or address by which the box reaches this engine.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", description = "Default ${DEFAULT-VALUE}.")
    private int port = 7300;

    @Option(names = "--replace", description = "Give an enrolled box a new token; its old one is void at once.")
    private boolean replace;

    @Option(names = "--no-qr", description = "Leave out the QR code.")
    private boolean noQr;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (name.isBlank() || name.length() > MAX_NAME_CHARS || name.chars().anyMatch(Character::isISOControl)) {
            return refuse("a box's name has 1 to " + MAX_NAME_CHARS + " characters that can be printed", 2);
        }
        try {
            NativeLibrary.load();
            try (EnrolledBoxes boxes = EnrolledBoxes.open(file)) {
                Optional<Box> before = boxes.all().stream()
                        .filter(box -> box.name().equals(name))
                        .findFirst();
                if (!replace
                        && before.isPresent()
                        && before.get().revokedUtcNanos().isEmpty()) {
                    return refuse(name + " is enrolled already; --replace makes its present token void", 2);
                }
                boolean first = boxes.all().isEmpty();
                boolean newKey = !Files.exists(EnrolledBoxes.keyFile(file));
                EngineKey key = boxes.key();
                // Looked at before the token is given out: host and port may not do for a code.
                EnrollCode probe = new EnrollCode(host, port, key.pin(), Token.random());
                SimClock clock = SimClock.system();
                String token = boxes.enroll(name, clock.utcNanos(clock.monotonicNanos()));
                tell(new EnrollCode(probe.host(), port, key.pin(), token), first, newKey);
                return 0;
            }
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()) + "; nobody was enrolled", 2);
        } catch (IOException e) {
            return refuse(FileProblem.text(e), 1);
        }
    }

    private void tell(EnrollCode code, boolean first, boolean newKey) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(code.text());
        if (!noQr) {
            out.println();
            QrCode.lines(code.text()).forEach(out::println);
        }
        out.println();
        out.println("On the box " + name
                + ": matgate enroll CODE, with the line above; it is a secret and not shown again.");
        out.println("The engine's pin is " + code.pin() + ", its key is in " + EnrolledBoxes.keyFile(file) + ".");
        if (first) {
            out.println("Now start the engine, anew if it runs: matsim engine --db " + file + " --bind 0.0.0.0 --port "
                    + code.port());
        } else if (newKey) {
            out.println("THE KEY IS NEW: boxes that were enrolled before do not trust it; enroll each with --replace,"
                    + " and restart the engine.");
        }
        out.flush();
    }

    private int refuse(String why, int exit) {
        spec.commandLine().getErr().println("matsim engine enroll: " + why);
        return exit;
    }
}

package org.matgate.simulator.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.matgate.simulator.replay.From;
import org.matgate.simulator.replay.MistakesException;
import org.matgate.simulator.replay.Speed;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How something recorded is played. */
final class PlayOptions {
    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "1 as it was, 20 so many times faster, max or 0 as fast as the link takes it: 1.")
    private Optional<String> speed = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From this moment of the file on: 07:31:00, 2026-02-15T07:31:00Z, seconds where the file has"
                    + " seconds, or +120 seconds after its first row. What lies between it and the next row is waited"
                    + " for.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--skip-bad", description = "Leaves out what cannot be played, and tells it, instead of refusing.")
    private boolean skipBad;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** A step that reads the file. */
    @FunctionalInterface
    interface Look<T> {
        T at() throws IOException, MistakesException;
    }

    /** Whether any is there. */
    boolean given() {
        return speed.isPresent() || from.isPresent() || skipBad;
    }

    Speed speed() {
        return parsed(speed.orElse("1"), Speed::parse);
    }

    From from() {
        return from.isEmpty() ? From.START : parsed(from.get(), From::parse);
    }

    boolean skipBad() {
        return skipBad;
    }

    private <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    /** What was found in a file; a wrong call if it cannot be played. */
    <T> T looked(Look<T> look) {
        try {
            return look.at();
        } catch (MistakesException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + FileProblem.text(e), e);
        }
    }

    /** To whoever called. */
    void tell(List<String> notes) {
        notes.forEach(note -> spec.commandLine().getErr().println("matsim: " + note));
        spec.commandLine().getErr().flush();
    }
}

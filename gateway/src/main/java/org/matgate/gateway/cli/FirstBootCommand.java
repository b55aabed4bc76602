package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.firstboot.Answer;
import org.matgate.gateway.firstboot.Answer.Outcome;
import org.matgate.gateway.firstboot.FirstBoot;
import org.matgate.gateway.gpio.LampSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate first-boot}: takes in what was dropped on the boot partition; before the service starts. */
@Command(
        name = "first-boot",
        description = {
            "Takes in a configuration (matgate.toml) and an enrolment code (matgate-code.txt) that somebody has put on"
                    + " the boot partition, if they are new and right, and answers in matgate-answer.txt beside them.",
            "What is wrong leaves the box as it was. The code is removed once it is taken. A lamp gives three long"
                    + " flashes for yes, many short ones for no. To be run before the service starts; without files"
                    + " it does nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all that is new was taken, or there was nothing",
            " 1:something could not be read or written",
            " 2:wrong call; nothing was done",
            " 3:something was not taken; the answer says why"
        })
public final class FirstBootCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "DIR",
            description = "The partition, such as /boot/firmware.")
    private Path from = Path.of("/boot/firmware");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The box's configuration, which is written. Default ${DEFAULT-VALUE}.")
    private Path config = Path.of("/etc/matgate/matgate.toml");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The box's data directory: what was taken is noted there, and its owner, the service's user,"
                    + " is to own the configuration. Default ${DEFAULT-VALUE}.")
    private Path data = Path.of("/var/lib/matgate");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        if (!Files.isDirectory(from)) {
            screen.error("matgate: there is no directory " + from + "; is the boot partition mounted?");
            return 2;
        }
        if (!Files.isDirectory(data)) {
            screen.error("matgate: there is no data directory " + data
                    + ", which tells who the service's user is; the package makes it, or name another: --data DIR");
            return 2;
        }
        try {
            FirstBoot box = new FirstBoot(from, config, data);
            Answer answer = box.withStrangers(box.run());
            answer.lines().forEach(screen::line);
            if (answer.parts().isEmpty()) {
                screen.line("nothing new in " + from);
                return 0;
            }
            boolean written = answered(box, answer, screen);
            return !written || answer.has(Outcome.FAILED) ? 1 : answer.has(Outcome.REFUSED) ? 3 : 0;
        } catch (IOException e) {
            screen.error("matgate: " + e);
            return 1;
        }
    }

    private boolean answered(FirstBoot box, Answer answer, Screen screen) {
        boolean fresh = box.isNew(answer);
        boolean written = true;
        try {
            box.write(answer);
        } catch (IOException e) {
            screen.error("matgate: " + from.resolve(Answer.FILE) + " cannot be written: " + e
                    + ". Is the partition read-only, or full? All else is as told above");
            written = false;
        }
        boolean told = answer.has(Outcome.TAKEN) || answer.has(Outcome.REFUSED) || answer.has(Outcome.FAILED);
        if (told && (fresh || answer.has(Outcome.TAKEN))) {
            flash(!answer.has(Outcome.REFUSED) && !answer.has(Outcome.FAILED))
                    .ifPresent(why -> screen.error("matgate: the lamp cannot be lit: " + why));
        }
        return written;
    }

    /** The lamp that the configuration in force names, if one is. */
    private Optional<String> flash(boolean yes) {
        try {
            return LampSignal.show(ConfigLoader.load(config), yes);
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }
}

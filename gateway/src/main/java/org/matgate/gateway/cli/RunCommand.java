package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import org.matgate.gateway.link.PortCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate run}: the service, until SIGTERM or Ctrl-C. */
@Command(
        name = "run",
        description = {
            "Reads the configured readers until it is stopped by SIGTERM or Ctrl-C.",
            "Prints a line that begins with READY on standard output once readers, journal and engines are started;"
                    + " the log goes to standard error."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:stopped in order",
            " 1:could not start or stop, or the disk did not give the configuration",
            " 2:wrong call or configuration; nothing was started"
        })
public final class RunCommand implements Callable<Integer> {
    /** Starts the service; separate from the command, which only knows how to be called. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts it.
         *
         * @throws IOException if it cannot start; the text says why and what to do
         */
        Service start(Config config) throws IOException;
    }

    /** The running service. */
    public interface Service extends AutoCloseable {
        /** One line that says what runs. */
        String summary();

        /** Stops it in order, within a bounded time; a RuntimeException says that this went wrong. */
        @Override
        void close();
    }

    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The box's configuration, such as /etc/matgate/matgate.toml.")
    private Path configFile = Path.of("matgate.toml");

    @Option(
            names = "--wait-for-ports",
            description = "Start although a serial port is not there yet, and wait for it; for a service that starts"
                    + " by itself. Without it a port that is not there is refused, as it may be a typing error.")
    private boolean waitForPorts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Starter starter;

    public RunCommand(Starter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config;
        try {
            config = ConfigLoader.load(configFile);
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.isPassing() ? 1 : 2;
        }
        List<String> missing = waitForPorts ? List.of() : PortCheck.missingPorts(configFile, config);
        if (!missing.isEmpty()) {
            missing.forEach(spec.commandLine().getErr()::println);
            return 2;
        }
        Service service;
        try {
            service = starter.start(config);
        } catch (IOException e) {
            spec.commandLine().getErr().println("matgate: " + e.getMessage());
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "stop"));
        spec.commandLine().getOut().println("READY " + service.summary());
        new CountDownLatch(1).await(); // The shutdown hook ends the process.
        return 0;
    }

    /** The virtual machine would answer SIGTERM with exit code 143; a stop in order is 0. */
    private static void stop(Service service) {
        int exit = 1;
        try {
            service.close();
            exit = 0;
        } catch (RuntimeException e) {
            log.error("stopping failed", e);
        } finally {
            Runtime.getRuntime().halt(exit);
        }
    }
}

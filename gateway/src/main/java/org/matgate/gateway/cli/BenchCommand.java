package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.matgate.gateway.bench.Box;
import org.matgate.gateway.bench.GatewayBench;
import org.matgate.gateway.bench.GatewayBench.Effort;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.config.ConfigLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate bench}: the gateway's part of {@code matsim bench}, which knows what to make of its lines. */
@Command(
        name = "bench",
        hidden = true,
        description = "Measures the journal and the way to the engine, for matsim bench.",
        mixinStandardHelpOptions = true)
public final class BenchCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Box.Starter starter;
    private final Supplier<String> machineId;

    public BenchCommand(Box.Starter starter, Supplier<String> machineId) {
        this.starter = starter;
        this.machineId = machineId;
    }

    @Command(name = "journal", description = "Intake to commit beside sqlite-jdbc alone, in turns.")
    int journal(
            @Option(names = "--directory", required = true) Path directory,
            @Option(names = "--warm-up", defaultValue = "1") int warmUp,
            @Option(names = "--rounds", defaultValue = "5") int rounds,
            @Option(names = "--rows", defaultValue = "200000") int rows) {
        return run(bench -> bench.journal(directory, new Effort(warmUp, rounds, rows)));
    }

    @Command(name = "stream", description = "Intake to acknowledgement beside sqlite-jdbc alone, in turns.")
    int stream(
            @Option(names = "--directory", required = true) Path directory,
            @Option(names = "--config", required = true) List<Path> files,
            @Option(names = "--warm-up", defaultValue = "1") int warmUp,
            @Option(names = "--rounds", defaultValue = "5") int rounds,
            @Option(names = "--rows", defaultValue = "200000") int rows) {
        return run(bench -> {
            List<Config> boxes = new ArrayList<>();
            for (Path file : files) {
                boxes.add(ConfigLoader.load(file));
            }
            bench.stream(directory, boxes, starter, new Effort(warmUp, rounds, rows));
        });
    }

    @Command(name = "fill", description = "Fills the box's journal.")
    int fill(
            @Option(names = "--config", required = true) Path file,
            @Option(names = "--rows", defaultValue = "1000000") int rows) {
        return run(bench -> bench.fill(ConfigLoader.load(file), rows));
    }

    private interface Measurement {
        void take(GatewayBench bench) throws Exception;
    }

    private int run(Measurement measurement) {
        try {
            measurement.take(
                    new GatewayBench(machineId.get(), spec.commandLine().getOut()));
            return 0;
        } catch (ConfigException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } catch (IOException e) {
            spec.commandLine().getErr().println("matgate: " + e.getMessage());
            return 1;
        } catch (Exception e) {
            throw new IllegalStateException("measuring failed", e);
        }
    }
}

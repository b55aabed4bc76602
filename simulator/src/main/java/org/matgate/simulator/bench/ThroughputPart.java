package org.matgate.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.matgate.simulator.bench.GatewayTool.Measurement;

/** How much goes through, beside what sqlite-jdbc alone inserts of the same rows. */
final class ThroughputPart implements Part {
    private static final double JOURNAL_AIM = 0.9;
    private static final double STREAM_AIM = 0.8;
    private static final double TLS_AIM = 0.9;

    private final boolean stream;

    /** @param stream whether the engine is part of it, or only the journal */
    ThroughputPart(boolean stream) {
        this.stream = stream;
    }

    @Override
    public List<Row> measure(Ground ground) throws IOException, InterruptedException {
        return stream ? stream(ground) : journal(ground);
    }

    private static List<Row> journal(Ground ground) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(ground.directory().resolve("journal"));
        Map<String, List<Measurement>> measured = GatewayTool.run(ground, arguments("journal", directory, ground));
        return List.of(row("journal intake alone", "journal", JOURNAL_AIM, measured));
    }

    private static List<Row> stream(Ground ground) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(ground.directory().resolve("stream"));
        try (BenchEngine plain = BenchEngine.start(directory.resolve("engine.db"), ground.clock());
                BenchEngine tls = BenchEngine.startTls(directory.resolve("engine-tls.db"), ground.clock())) {
            List<String> arguments = arguments("stream", directory.resolve("plain"), ground);
            arguments.addAll(List.of("--config", box("stream", plain, directory)));
            arguments.addAll(List.of("--config", box("tls", tls, directory)));
            Map<String, List<Measurement>> measured = GatewayTool.run(ground, arguments);
            return List.of(row("durable end to end", "stream", STREAM_AIM, measured), tls(measured));
        }
    }

    private static String box(String name, BenchEngine engine, Path directory) throws IOException {
        // The reader is nobody: the reads come from the measuring process itself.
        return BoxConfig.named(name)
                .reader("nobody", "ipico", "address", "127.0.0.1:9")
                .engine(engine)
                .write(directory.resolve(name))
                .toString();
    }

    private static List<String> arguments(String what, Path directory, Ground ground) {
        return new ArrayList<>(List.of(
                what,
                "--directory",
                directory.toString(),
                "--warm-up",
                String.valueOf(ground.fullOrQuick(6, 1)),
                "--rounds",
                String.valueOf(ground.fullOrQuick(7, 1)),
                "--rows",
                String.valueOf(ground.fullOrQuick(300_000, 5_000))));
    }

    private static Row row(String what, String name, double aim, Map<String, List<Measurement>> measured) {
        List<Measurement> ceiling = measured.getOrDefault("plain", List.of());
        List<Measurement> product = measured.getOrDefault(name, List.of());
        double ratio = GatewayTool.ratio(product, ceiling);
        double perSecond = median(product, Measurement::perSecond);
        double ceilingPerSecond = median(ceiling, Measurement::perSecond);
        double cpu = median(product, Measurement::cpuMicrosPerRow);
        double ceilingCpu = median(ceiling, Measurement::cpuMicrosPerRow);
        return new Row(
                what,
                String.format(Locale.ROOT, "at least %.1f × sqlite-jdbc alone", aim),
                String.format(
                        Locale.ROOT,
                        "%.2f ×: %,.0f events/s beside %,.0f (CPU of the box %.2f µs an event, %.2f)",
                        ratio,
                        perSecond,
                        ceilingPerSecond,
                        cpu,
                        ceilingCpu),
                Row.outcome(ratio >= aim),
                Map.of(
                        "ratio", ratio,
                        "events_per_second", perSecond,
                        "ceiling_per_second", ceilingPerSecond,
                        "cpu_micros_per_event", cpu,
                        "ceiling_cpu_micros_per_event", ceilingCpu));
    }

    private static Row tls(Map<String, List<Measurement>> measured) {
        List<Measurement> plain = measured.getOrDefault("stream", List.of());
        List<Measurement> tls = measured.getOrDefault("tls", List.of());
        double ratio = GatewayTool.ratio(tls, plain);
        double perSecond = median(tls, Measurement::perSecond);
        double cpu = median(tls, Measurement::cpuMicrosPerRow);
        return new Row(
                "the same over TLS",
                String.format(Locale.ROOT, "at least %.1f × of that", TLS_AIM),
                String.format(
                        Locale.ROOT,
                        "%.2f ×: %,.0f events/s beside %,.0f (CPU of the box %.2f µs an event, %.2f)",
                        ratio,
                        perSecond,
                        median(plain, Measurement::perSecond),
                        cpu,
                        median(plain, Measurement::cpuMicrosPerRow)),
                Row.outcome(ratio >= TLS_AIM),
                Map.of("ratio", ratio, "events_per_second", perSecond, "cpu_micros_per_event", cpu));
    }

    private static double median(List<Measurement> rounds, java.util.function.ToDoubleFunction<Measurement> figure) {
        return Figures.median(rounds.stream().map(figure::applyAsDouble).toList());
    }
}

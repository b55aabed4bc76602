package org.matgate.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is measured, part after part. */
public final class Bench {
    /** Beyond this somebody else works on the machine, and what is measured is theirs as much as ours. */
    static final double MOST_LOAD = 0.5;

    private static final Map<String, Part> PARTS = parts();

    /**
     * What came out.
     *
     * @param loadBefore the machine's load average over a minute as it began
     * @param cores how many the machine has
     * @param failures parts that could not be measured, and why
     */
    public record Result(double loadBefore, int cores, boolean quick, List<Row> rows, List<String> failures) {
        public Result {
            rows = List.copyOf(rows);
            failures = List.copyOf(failures);
        }

        /** Whether the figures may be held against the aims. */
        public boolean claimed() {
            return !quick && loadBefore <= MOST_LOAD;
        }
    }

    private Bench() {}

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("stream", new ThroughputPart(true));
        parts.put("journal", new ThroughputPart(false));
        parts.put("llrp", new LatencyPart(true));
        parts.put("mercury", new LatencyPart(false));
        parts.put("backlog", new BacklogPart());
        parts.put("cost", new CostPart());
        parts.put("wire", new WirePart());
        parts.put("disk", new DiskPart());
        return parts;
    }

    /** The parts' names. */
    public static List<String> names() {
        return List.copyOf(PARTS.keySet());
    }

    /**
     * Measures.
     *
     * @param only of {@link #names}; all where it is empty
     */
    public static Result run(Ground ground, List<String> only) throws IOException, InterruptedException {
        double load = load();
        List<Row> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Map.Entry<String, Part> part : PARTS.entrySet()) {
            if (only.isEmpty() || only.contains(part.getKey())) {
                ground.say(part.getKey());
                try {
                    rows.addAll(part.getValue().measure(ground));
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    failures.add(part.getKey() + ": "
                            + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
                }
            }
        }
        return new Result(load, Runtime.getRuntime().availableProcessors(), ground.quick(), rows, failures);
    }

    private static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }
}

package org.matgate.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code matgate bench …} and takes what it measured. */
final class GatewayTool {
    private static final Pattern MEASURED =
            Pattern.compile("measured (\\S+) round=(\\d+) rows=(\\d+) nanos=(\\d+) cpu=(\\d+)");

    private static final int LAST_LINES = 10;

    /**
     * One measurement.
     *
     * @param cpuNanos what the gateway's process used for it
     */
    record Measurement(long rows, long nanos, long cpuNanos) {
        double perSecond() {
            return rows * 1e9 / nanos;
        }

        double cpuMicrosPerRow() {
            return cpuNanos / 1e3 / rows;
        }
    }

    private GatewayTool() {}

    /**
     * What each contestant took, round by round; round 0, which warms up, is left out.
     *
     * @throws IOException if it fails; with what it said last
     */
    static Map<String, List<Measurement>> run(Ground ground, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ground.matgate());
        command.add("bench");
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, List<Measurement>> measured = new HashMap<>();
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                last.add(line);
                if (last.size() > LAST_LINES) {
                    last.remove();
                }
                Matcher matcher = MEASURED.matcher(line);
                if (matcher.matches() && !matcher.group(2).equals("0")) {
                    measured.computeIfAbsent(matcher.group(1), unused -> new ArrayList<>())
                            .add(new Measurement(
                                    Long.parseLong(matcher.group(3)),
                                    Long.parseLong(matcher.group(4)),
                                    Long.parseLong(matcher.group(5))));
                }
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(command + " failed with exit code " + exit + ":\n" + String.join("\n", last));
            }
        } finally {
            process.destroyForcibly();
        }
        return measured;
    }

    /** The product's speed over the ceiling's, the median over rounds. */
    static double ratio(List<Measurement> product, List<Measurement> ceiling) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(product.size(), ceiling.size()); i++) {
            ratios.add(product.get(i).perSecond() / ceiling.get(i).perSecond());
        }
        return Figures.median(ratios);
    }
}

package org.matgate.gateway.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Takes contestants in turns, A B A B …, and prints a line a measurement: {@code measured NAME round=N rows=N nanos=N
 * cpu=N}, where {@code cpu} is what this process used, in nanoseconds. What is of round 0 warms up.
 */
final class Rounds {
    /** What is measured. */
    @FunctionalInterface
    interface Work {
        /** Does it once, and returns when all is durable. */
        void run(int rows) throws Exception;
    }

    private record Contestant(String name, Work work) {}

    private final List<Contestant> contestants = new ArrayList<>();
    private final LongSupplier monotonicNanos;
    private final PrintWriter out;

    Rounds(LongSupplier monotonicNanos, PrintWriter out) {
        this.monotonicNanos = monotonicNanos;
        this.out = out;
    }

    void add(String name, Work work) {
        contestants.add(new Contestant(name, work));
    }

    /**
     * The first of a round takes turns, so that nobody always finds the same heap behind it.
     *
     * @param warmUp rounds before the first that counts: until the compiler is done, it takes a core of what is measured
     */
    void run(int warmUp, int rounds, int rows) throws Exception {
        for (int round = 1 - warmUp; round <= rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                measure(contestants.get(Math.floorMod(i + round, contestants.size())), Math.max(0, round), rows);
            }
        }
    }

    private void measure(Contestant contestant, int round, int rows) throws Exception {
        long cpu = cpu().toNanos();
        long began = monotonicNanos.getAsLong();
        contestant.work.run(rows);
        long nanos = monotonicNanos.getAsLong() - began;
        out.printf(
                Locale.ROOT,
                "measured %s round=%d rows=%d nanos=%d cpu=%d%n",
                contestant.name,
                round,
                rows,
                nanos,
                cpu().toNanos() - cpu);
        out.flush();
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

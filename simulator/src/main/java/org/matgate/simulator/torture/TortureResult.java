package org.matgate.simulator.torture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.matgate.simulator.referee.Counts;
import org.matgate.simulator.referee.VerdictJson;

/** What became of a torture so far, in bounded memory. Not thread-safe. */
public final class TortureResult {
    /** An endless torture remembers so many. */
    private static final int MOST_CYCLES = 1000;

    private final long seed;
    private final String version;
    private final Deque<CycleResult> last = new ArrayDeque<>();
    private Counts counts = Counts.NONE;
    private long cycles;
    private boolean pass = true;

    /** @param version of the simulator, to be told in the verdict */
    TortureResult(long seed, String version) {
        this.seed = seed;
        this.version = version;
    }

    void add(CycleResult cycle) {
        last.add(cycle);
        if (last.size() > MOST_CYCLES) {
            last.remove();
        }
        counts = counts.plus(cycle.counts());
        cycles++;
        pass &= cycle.pass();
    }

    /** Whether nothing speaks against the box; without a cycle nothing speaks for it either. */
    public boolean pass() {
        return pass && cycles > 0;
    }

    /** The last line. */
    public String lastLine() {
        return String.format(
                Locale.ROOT,
                "verdict: %s cycles=%d offered=%d stored=%d delivered=%d destroyed=%d undetectable=%d lost=%d"
                        + " duplicated=%d invented=%d",
                pass() ? "PASS" : "FAIL",
                cycles,
                counts.offered(),
                counts.stored(),
                counts.delivered(),
                counts.destroyed(),
                counts.undetectable(),
                counts.lost(),
                counts.duplicated(),
                counts.invented());
    }

    /** The same for programs, with the last {@value #MOST_CYCLES} cycles. */
    public String json() {
        return "{\n  \"verdict\": \"" + (pass() ? "PASS" : "FAIL") + "\",\n  \"seed\": " + seed + ",\n  \"version\": "
                + VerdictJson.quote(version) + ",\n  \"cycles\": " + cycles + ",\n  \"total\": "
                + VerdictJson.counts(counts) + ",\n  \"last_cycles\": ["
                + last.stream().map(TortureResult::json).collect(Collectors.joining(","))
                + "\n  ]\n}\n";
    }

    private static String json(CycleResult cycle) {
        return "\n    {\"cycle\": " + cycle.number() + ", \"seed\": " + cycle.seed() + ", \"verdict\": \""
                + (cycle.pass() ? "PASS" : "FAIL") + "\", \"seconds\": "
                + String.format(Locale.ROOT, "%.1f", cycle.seconds()) + ", \"counts\": "
                + VerdictJson.counts(cycle.counts()) + ", \"blows\": " + list(cycle.blows()) + ", \"reasons\": "
                + list(cycle.reasons()) + "}";
    }

    private static String list(List<String> texts) {
        return texts.stream().map(VerdictJson::quote).collect(Collectors.joining(", ", "[", "]"));
    }
}

package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bench measures; how fast is its own affair, on a machine of its own. */
@Timeout(400)
class MatsimBenchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir
    Path directory;

    private String quick(String only) throws Exception {
        Path json = directory.resolve("bench.json");
        try (Command bench = Command.matsim("bench", "--quick", "--only", only, "--json", json)) {
            assertThat(bench.awaitExit(PATIENCE)).as(bench.text()).isZero();
            assertThat(bench.text()).contains("quick: too short a look to compare with the aims");
        }
        String text = Files.readString(json);
        assertThat(text).contains("\"claimed\": false").contains("\"failures\": []");
        return text;
    }

    private static double figure(String json, String what, String name) {
        Matcher row =
                Pattern.compile("\"what\": \"" + Pattern.quote(what) + ".*").matcher(json);
        assertThat(row.find()).as("row %s in %s", what, json).isTrue();
        Matcher figure = Pattern.compile('"' + name + "\": ([0-9.]+)").matcher(row.group());
        assertThat(figure.find()).as("%s in %s", name, row.group()).isTrue();
        return Double.parseDouble(figure.group(1));
    }

    @Test
    void throughputIsMeasuredBesideItsCeiling() throws Exception {
        String json = quick("stream,journal");
        for (String what : new String[] {"durable end to end", "journal intake alone"}) {
            assertThat(figure(json, what, "ratio")).isPositive();
            assertThat(figure(json, what, "events_per_second")).isBetween(100.0, 1e7);
            assertThat(figure(json, what, "ceiling_per_second")).isBetween(100.0, 1e7);
        }
        assertThat(figure(json, "the same over TLS", "ratio")).isPositive();
        assertThat(figure(json, "the same over TLS", "events_per_second")).isBetween(100.0, 1e7);
    }

    @Test
    void aBoxIsMeasuredWithItsReaders() throws Exception {
        String json = quick("mercury,backlog,wire");
        assertThat(figure(json, "Mercury", "reads")).isBetween(50.0, 1000.0);
        assertThat(figure(json, "Mercury", "p50_ms")).isPositive();
        assertThat(figure(json, "Mercury", "floor_p50_ms")).isPositive();
        assertThat(figure(json, "backlog", "live_reads")).isPositive();
        assertThat(figure(json, "backlog", "drained_per_second")).isPositive();
        for (String line : new String[] {"on the wire per read", "the same as fast as it goes"}) {
            assertThat(figure(json, line, "llrp_backlog_bytes")).isBetween(5.0, 60.0);
            assertThat(figure(json, line, "mercury_backlog_bytes")).isBetween(5.0, 60.0);
            assertThat(figure(json, line, "llrp_live_bytes")).isBetween(5.0, 1000.0);
            assertThat(figure(json, line, "mercury_live_bytes")).isBetween(5.0, 1000.0);
        }
    }

    @Test
    void aPartThatIsNotThereIsRefused() throws Exception {
        try (Command bench = Command.matsim("bench", "--only", "speed")) {
            assertThat(bench.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(bench.text()).contains("--only speed: want one of stream, journal");
        }
    }
}

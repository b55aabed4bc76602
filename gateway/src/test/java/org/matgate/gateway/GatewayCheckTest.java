package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.check.Check;
import org.matgate.gateway.check.Listener;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.PortSearch;
import org.matgate.gateway.status.Level;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.Report;

/** What a check says of the service, where it runs and where it does not. */
@Timeout(60)
class GatewayCheckTest {
    @TempDir
    Path directory;

    private static Report check(Path file, Config config) throws Exception {
        return Check.run(new Check.Task(file, config, "matgate test", PortSearch.MACHINE, 0), new Listener() {
            @Override
            public void line(Line line) {}

            @Override
            public void progress(String text) {}

            @Override
            public void ask(String text) {}
        });
    }

    private static Line line(Report report, String part) {
        return report.lines().stream()
                .filter(line -> line.part().equals(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + part + " in " + report));
    }

    @Test
    void aServiceThatDoesNotRunIsSaidAndIsNoTrouble() throws Exception {
        Config config = new Config(
                new Config.Box("a", directory, "finish"),
                List.of(),
                List.of(),
                Config.Gpio.NONE,
                new Config.Simulation(false, Optional.empty(), Optional.empty()),
                Config.Journal.DEFAULT);
        Line service = line(check(directory.resolve("matgate.toml"), config), "service");
        assertThat(service.level()).isEqualTo(Level.OK);
        assertThat(service.text())
                .isEqualTo(
                        "does not run; this did in its place what it does; to start it: sudo systemctl start matgate");
        assertThat(service.facts().json()).isEqualTo("{\"answers\":false}");
    }
}

package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** {@code deploy/bench/sustained}, for a short while: four fast readers, and a disk that stands still, as a card's does. */
@Timeout(400)
class DiskStallIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @Test
    void aBoxWithFourFastReadersOutlastsADiskThatStandsStill() throws Exception {
        String script = Command.ROOT.resolve("deploy/bench/sustained").toString();
        try (Command sustained = Command.run(script, 10, 2)) {
            int exit = sustained.awaitExit(PATIENCE);
            // A busy machine makes times uncertain; that alone is no fault here.
            List<String> failures = sustained
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("FAIL because "))
                    .toList();
            assertThat(failures).as(sustained.text()).allMatch(line -> line.endsWith(" is of no use"));
            assertThat(exit).as(sustained.text()).isEqualTo(failures.isEmpty() ? 0 : 1);
            assertThat(sustained.lastLine())
                    .as(sustained.text())
                    .containsPattern("offered=[1-9]\\d{4} ")
                    .endsWith("lost=0 duplicated=0 invented=0");
            if (sustained.text().contains("nothing can be mounted here")) {
                throw new TestAbortedException("skipped, but for the readers: " + sustained.text());
            }
            assertThat(sustained.text()).contains("the disk stands still for 2 s", "the disk goes on");
        }
    }
}

package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole races with real processes; and the same with a gateway that is broken on purpose. */
@Timeout(400)
class RehearsalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(280);
    private static final Pattern VERDICT = Pattern.compile("verdict: (PASS|FAIL) offered=(\\d+) stored=(\\d+)"
            + " delivered=(\\d+) destroyed=(\\d+) undetectable=(\\d+) lost=(\\d+) duplicated=(\\d+) invented=(\\d+)");

    @TempDir
    Path directory;

    private record Verdict(
            boolean pass, long offered, long delivered, long lost, long duplicated, long invented, String text) {}

    private Verdict rehearse(int exit, Object... arguments) throws Exception {
        try (Command rehearsal = begin(arguments)) {
            return verdict(exit, rehearsal);
        }
    }

    private static Command begin(Object... arguments) throws Exception {
        Object[] all = new Object[arguments.length + 1];
        all[0] = "rehearse";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Command.matsim(all);
    }

    private static Verdict verdict(int exit, Command rehearsal) throws Exception {
        assertThat(rehearsal.awaitExit(PATIENCE)).as(rehearsal.text()).isEqualTo(exit);
        Matcher line = VERDICT.matcher(rehearsal.lastLine());
        assertThat(line.matches()).as(rehearsal.text()).isTrue();
        return new Verdict(
                line.group(1).equals("PASS"),
                Long.parseLong(line.group(2)),
                Long.parseLong(line.group(4)),
                Long.parseLong(line.group(7)),
                Long.parseLong(line.group(8)),
                Long.parseLong(line.group(9)),
                rehearsal.text());
    }

    /** By the newcomer's command, which sees that all is built. */
    @Test
    void theDemoPassesWithItsFaults() throws Exception {
        Path json = directory.resolve("verdict.json");
        Verdict verdict;
        try (Command demo = Command.run(Command.ROOT.resolve("deploy/demo").toString(), "--json", json)) {
            verdict = verdict(0, demo);
        }
        assertThat(verdict.text()).doesNotContain("Building");
        assertThat(verdict.pass()).isTrue();
        assertThat(verdict.offered()).as(verdict.text()).isGreaterThan(2000);
        assertThat(verdict.text()).contains("time error").contains("delay");
        assertThat(Files.readString(json)).contains("\"verdict\"").contains("\"offered\"");
    }

    /** A reader of each family, and everything that goes wrong with readers. */
    @Test
    void everyFamilyPassesWithItsFaults() throws Exception {
        Verdict verdict = rehearse(0, "families");
        assertThat(verdict.pass()).isTrue();
        assertThat(verdict.offered()).as(verdict.text()).isGreaterThan(12_000);
        assertThat(verdict.text())
                .contains(
                        "split-mercury",
                        "split-chafon",
                        "finish-llrp",
                        "finish-r2000",
                        "finish-r2000-tcp",
                        "finish-ipico");
    }

    /** Boxes that boot in 1970, never hear the time, lose it, stall; and start guns. */
    @Test
    void everyClockIsPutRight() throws Exception {
        Verdict verdict = rehearse(0, "clocks");
        assertThat(verdict.pass()).isTrue();
        assertThat(verdict.text())
                .contains(
                        "times of readers that stamp", "times of other readers", "2 times of guns", "reads by engine");
        // How many depends on who is ready first; that they are restated is proved by a gateway that does not.
        assertThat(verdict.text()).containsPattern("restated: [1-9][0-9]* times by more than 1 ms");
    }

    /** A box that learns the time and leaves the past as it was; beside one that does not. */
    @Test
    void aGatewayThatDoesNotRestateFailsAndOneThatDoesPasses() throws Exception {
        Path race = clockless();
        try (Command forgets = begin(race, "--matgate", SabotagedGateway.in(directory, "forget"));
                Command whole = begin(race)) {
            Verdict verdict = verdict(1, forgets);
            assertThat(verdict.lost() + verdict.duplicated() + verdict.invented())
                    .as(verdict.text())
                    .isZero();
            assertThat(verdict.text()).contains("reads are unsynchronised, although somebody vouches");
            assertThat(verdict(0, whole).pass()).isTrue();
        }
    }

    /** A contact that bounces; and a clock that is wrong and says that it is right. */
    @Test
    void aGatewayThatTakesABounceForAGunOrWhoseClockIsWrongFails() throws Exception {
        try (Command second = begin(clockless(), "--matgate", SabotagedGateway.in(directory, "second-gun"));
                Command shifted = begin("quiet", "--matgate", SabotagedGateway.in(directory, "shift"))) {
            assertThat(verdict(1, second).text())
                    .contains("the engine holds a gun at finish")
                    .contains("that nobody fired");
            Verdict verdict = verdict(1, shifted);
            assertThat(verdict.lost() + verdict.duplicated() + verdict.invented())
                    .as(verdict.text())
                    .isZero();
            assertThat(verdict.text()).containsIgnoringCase("uncertainty");
        }
    }

    /** Minutes in much less, with a cable out and the engine away on the way. */
    @Test
    void aRaceFasterThanRealTimePasses() throws Exception {
        Path kept = directory.resolve("kept");
        Verdict verdict = rehearse(0, hurried(), "--speed", "60", "--keep", kept);
        assertThat(verdict.pass()).isTrue();
        assertThat(verdict.offered()).as(verdict.text()).isGreaterThan(1000);
        assertThat(verdict.text()).contains("speed: 60 asked for").contains("lines ran unpaced");
        List<String> clock = Files.readAllLines(kept.resolve("raceclock.csv"));
        assertThat(clock.getFirst()).isEqualTo("race_nanos,monotonic_nanos,rate");
        double fastest = clock.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                .max()
                .orElse(0);
        assertThat(fastest).as(verdict.text()).isGreaterThan(1);
    }

    /** A reader of each of three kinds, and what has to last for a box to notice. */
    private Path hurried() throws Exception {
        return Files.writeString(directory.resolve("hurried.toml"), """
                [race]
                name = "Hurried"
                seed = 3
                duration = 240
                [[distance]]
                name = "loop"
                gun = 10
                length = 400
                runners = 80
                starts_per_second = 2
                finish = { min = 60, median = 100 }
                [[timing_point]]
                name = "start"
                at = 0
                [[timing_point]]
                name = "finish"
                at = "finish"
                [[mat]]
                name = "start-main"
                timing_point = "start"
                family = "r2000"
                [[mat]]
                name = "finish-main"
                timing_point = "finish"
                family = "llrp"
                [[mat]]
                name = "finish-backup"
                timing_point = "finish"
                line = "backup"
                family = "mercury"
                [[gun]]
                box = "start"
                distance = "loop"
                [[fault]]
                kind = "engine-away"
                from = 90
                until = 120
                [[fault]]
                kind = "unplugged"
                mat = "finish-backup"
                from = 95
                until = 115
                """);
    }

    /** A race at a box without a clock, which gets the time in the middle of it. */
    private Path clockless() throws Exception {
        return Files.writeString(directory.resolve("clockless.toml"), """
                [race]
                name = "Clockless"
                seed = 3
                duration = 12.0
                [[distance]]
                name = "dash"
                gun = 0.5
                length = 30
                runners = 40
                starts_per_second = 6
                finish = { mean = 4.0, sd = 0.5 }
                [[timing_point]]
                name = "finish"
                at = "finish"
                [[mat]]
                name = "finish-main"
                timing_point = "finish"
                family = "mercury"
                [[clock]]
                box = "finish"
                starts = "1970-01-01T00:00:00Z"
                synchronised = false
                [[gun]]
                box = "finish"
                distance = "dash"
                [[fault]]
                kind = "clock-sync"
                box = "finish"
                at = 8.0
                """);
    }

    /** Two that fail each in its own way; and whatever the boxes do and the speed is, the truth of a seed is one. */
    @Test
    void aGatewayThatDropsOrDoublesReadsFailsAndTheTruthIsTheSame() throws Exception {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Path json = directory.resolve("other.json");
        Path html = directory.resolve("other.html");
        try (Command drops = begin("quiet", "--keep", one, "--matgate", SabotagedGateway.in(directory, "drop"));
                Command doubles = begin(
                        "quiet",
                        "--speed",
                        3,
                        "--keep",
                        other,
                        "--json",
                        json,
                        "--html",
                        html,
                        "--matgate",
                        SabotagedGateway.in(directory, "double"))) {
            Verdict dropped = verdict(1, drops);
            assertThat(dropped.lost()).as(dropped.text()).isPositive();
            assertThat(dropped.duplicated() + dropped.invented())
                    .as(dropped.text())
                    .isZero();
            Verdict doubled = verdict(1, doubles);
            assertThat(doubled.duplicated()).as(doubled.text()).isPositive();
            assertThat(doubled.lost() + doubled.invented()).as(doubled.text()).isZero();
        }
        for (String truth : List.of("runners.csv", "crossings.csv", "lingerings.csv")) {
            assertThat(other.resolve(truth)).hasSameBinaryContentAs(one.resolve(truth));
        }
        assertThat(Files.readAllLines(one.resolve("crossings.csv"))).hasSizeGreaterThan(20);
        assertThat(Files.readString(json)).containsPattern("\"speed\": \\{\"asked\": 3.0, \"reached\": [1-3]\\.\\d+}");
        assertThat(Files.readString(html)).contains("3 asked for, ");
    }
}

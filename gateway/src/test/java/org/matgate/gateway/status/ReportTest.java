package org.matgate.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Line GOOD = Line.ok(
            "box", "finish-a", "up 3 s", Facts.NONE.with("up_seconds", 3.0).with("pid", 7));
    private static final Line POOR =
            new Findings().warn(true, "mend it").line("clock", "", "NOT SYNCHRONISED", Facts.NONE);
    private static final Line BAD =
            new Findings().warn(true, "look").fail(true, "plug it in").line("reader", "main", "FINDING", Facts.NONE);

    @Test
    void theWorstPartIsTheVerdict() {
        assertThat(new Report(List.of()).exitCode()).isZero();
        assertThat(new Report(List.of(GOOD)).exitCode()).isZero();
        assertThat(new Report(List.of(GOOD, POOR)).exitCode()).isEqualTo(3);
        assertThat(new Report(List.of(BAD, GOOD, POOR)).exitCode()).isEqualTo(1);
    }

    @Test
    void whatIsWorstIsToBeDoneFirst() {
        assertThat(BAD.level()).isEqualTo(Level.FAIL);
        assertThat(BAD.todo()).isEqualTo("plug it in; look");
    }

    @Test
    void aPersonGetsALineAPartAndTheVerdictLast() {
        assertThat(new Report(List.of(GOOD, POOR, BAD)).text((level, text) -> text))
                .containsExactly(
                        "OK    box     finish-a  up 3 s",
                        "WARN  clock             NOT SYNCHRONISED",
                        "      -> mend it",
                        "FAIL  reader  main      FINDING",
                        "      -> plug it in; look",
                        "NOT READY: 1 failure, 1 warning");
        assertThat(new Report(List.of(POOR)).text((level, text) -> "<" + text + ">"))
                .containsExactly("<WARN>  clock  NOT SYNCHRONISED", "      -> mend it", "<WORKING, with 1 warning>");
        assertThat(new Report(List.of(GOOD)).text((level, text) -> text).getLast())
                .isEqualTo("ALL WELL");
    }

    @Test
    void aProgramGetsTheSame() {
        assertThat(new Report(List.of(GOOD, POOR)).json("status"))
                .isEqualTo("{\"format\":1,\"command\":\"status\",\"verdict\":\"warn\",\"lines\":["
                        + "{\"level\":\"ok\",\"part\":\"box\",\"name\":\"finish-a\",\"text\":\"up 3 s\",\"todo\":\"\","
                        + "\"facts\":{\"up_seconds\":3.000,\"pid\":7}},"
                        + "{\"level\":\"warn\",\"part\":\"clock\",\"name\":\"\",\"text\":\"NOT SYNCHRONISED\","
                        + "\"todo\":\"mend it\",\"facts\":{}}]}");
    }

    @Test
    void whatReadersAndEnginesSayCannotBreakALineOrSpeakToTheTerminal() {
        Line line =
                Line.ok("engine", "a\nb", "\033[2Jno\ttab\r\n \u202eleft", Facts.NONE.with("says", "\"\\\n\ud83d\033"));
        assertThat(line.name()).isEqualTo("a b");
        assertThat(line.text()).isEqualTo("[2Jno tab    left");
        assertThat(line.facts().json()).isEqualTo("{\"says\":\"\\\"\\\\\\u000a\\ud83d\\u001b\"}");
        assertThat(line.facts().text("says")).contains("\"\\\n\ud83d\u001b");
        Facts facts = Facts.NONE.with("a", "\"b\":\"no\",$1").with("n", 7).with("b", "yes");
        assertThat(facts.text("a")).contains("\"b\":\"no\",$1");
        assertThat(facts.text("b")).contains("yes");
        assertThat(facts.text("n")).isEmpty();
        assertThat(facts.text("c")).isEmpty();
    }

    @Test
    void somethingIsToBeDoneExactlyIfSomethingIsWrong() {
        assertThatThrownBy(() -> new Line(Level.FAIL, "box", "", "broken", "", Facts.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FAIL box");
        assertThatThrownBy(() -> new Line(Level.OK, "box", "", "fine", "hurry", Facts.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReportComesWholeThroughTheWireOrNotAtAll() {
        Report report = new Report(List.of(GOOD, POOR, BAD));
        String wire = ReportWire.encode(report);
        assertThat(ReportWire.decode(wire)).contains(report);
        for (int cut = 0; cut < wire.length() - 1; cut++) {
            assertThat(ReportWire.decode(wire.substring(0, cut)))
                    .as("cut at %d", cut)
                    .isEmpty();
        }
    }

    @Test
    void noNonsenseOnTheWireThrows() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ReportTest -Dseed=" + seed);
        Random random = new Random(seed);
        String wire = ReportWire.encode(new Report(List.of(GOOD, POOR, BAD)));
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(wire);
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
            }
            ReportWire.decode(damaged.toString())
                    .ifPresent(report -> assertThat(report.json("x"))
                            .as("seed %d", seed)
                            .startsWith("{\"format\":1")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void numbersReadAsPeopleSayThem() {
        assertThat(Words.duration(400_000_000L)).isEqualTo("0.4 s");
        assertThat(Words.duration(12_900_000_000L)).isEqualTo("12 s");
        assertThat(Words.duration(240_000_000_000L)).isEqualTo("4 min");
        assertThat(Words.duration(11_220_000_000_000L)).isEqualTo("3 h 7 min");
        assertThat(Words.duration(200L * 3_600_000_000_000L)).isEqualTo("8 days 8 h");
        assertThat(Words.millis(-3_140_000)).isEqualTo("-3.1 ms");
        assertThat(Words.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Words.bytes(85_000_000_000L)).isEqualTo("85 GB");
        assertThat(Words.utc(1_770_000_000_999_000_000L)).isEqualTo("2026-02-02 02:40:00 UTC");
    }
}

package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.matgate.simulator.reader.WireLog.Fate;

class VerdictOutputTest {
    @Test
    void linesOfAVerdict() {
        Case made = Case.good();
        made.sent("main", 3000, 50, Fate.DAMAGED);
        made.gap("main", 2900, 3100);
        assertThat(VerdictText.lines(made.judge()))
                .containsExactly(
                        "Case, seed 1, matsim test",
                        "mat               offered   stored delivered destroyed undetectable   lost duplicated invented",
                        "main                   11       10        10         1            0      0          0        0",
                        "backup                 10       10        10         0            0      0          0        0",
                        "time error: median 1.000 ms, p99 1.000 ms, max 1.000 ms",
                        "stated uncertainty: median 3.000 ms, p99 3.000 ms, max 3.000 ms",
                        "time error of 20 times of other readers: median 1.000 ms, p99 1.000 ms, max 1.000 ms; stated:"
                                + " median 3.000 ms, p99 3.000 ms, max 3.000 ms",
                        "restated: 0 times by more than 1 ms, 0 by more than 1 s, at most by 0.000 ms",
                        "delay from sighting to engine: median 20.000 ms, p99 20.000 ms, max 20.000 ms",
                        "verdict: PASS offered=21 stored=20 delivered=20 destroyed=1 undetectable=0 lost=0 duplicated=0"
                                + " invented=0");
    }

    @Test
    void jsonOfAVerdict() {
        Case made = Case.good();
        made.engine.removeLast();
        made.boxes.removeLast();
        assertThat(VerdictJson.json(made.judge())).isEqualTo("""
                        {
                          "verdict": "FAIL",
                          "scenario": "Case",
                          "seed": 1,
                          "version": "matsim test",
                          "speed": {"asked": 1.0, "reached": 0.00},
                          "total": {"offered": 20, "stored": 19, "delivered": 19, "destroyed": 0, "undetectable": 0, "lost": 1, "duplicated": 0, "invented": 0},
                          "mats": {
                            "main": {"offered": 10, "stored": 10, "delivered": 10, "destroyed": 0, "undetectable": 0, "lost": 0, "duplicated": 0, "invented": 0},
                            "backup": {"offered": 10, "stored": 9, "delivered": 9, "destroyed": 0, "undetectable": 0, "lost": 1, "duplicated": 0, "invented": 0}
                          },
                          "time_error": {"count": 19, "median_nanos": 1000000, "p99_nanos": 1000000, "max_nanos": 1000000},
                          "uncertainty": {"count": 19, "median_nanos": 3000000, "p99_nanos": 3000000, "max_nanos": 3000000},
                          "times": {
                            "other readers": {"error": {"count": 19, "median_nanos": 1000000, "p99_nanos": 1000000, "max_nanos": 1000000}, "uncertainty": {"count": 19, "median_nanos": 3000000, "p99_nanos": 3000000, "max_nanos": 3000000}}
                          },
                          "restated": {"by_more_than_1_ms": 0, "by_more_than_1_s": 0, "most_nanos": 0},
                          "boots": [],
                          "delay": {"count": 19, "median_nanos": 20000000, "p99_nanos": 20000000, "max_nanos": 20000000},
                          "reasons": [
                            "1 reads are lost"
                          ],
                          "histories": [
                            {"problem": "lost", "mat": "backup", "text": "backup: chip 00000000000000000000000A, antenna 1, -60.00 dBm, reader's time cycle 150000 µs; sighted 2023-11-14T22:13:21.900Z, sent 5.000 ms later, whole; in the box's journal: no; in the engine: no; no fault touched it"}
                          ]
                        }
                        """);
    }

    @Test
    void jsonTextIsEscaped() {
        assertThat(VerdictJson.quote("a\"b\\c\nd\u0001é\ud83d\ude00"))
                .isEqualTo("\"a\\\"b\\\\c\\u000ad\\u0001é\\ud83d\\ude00\"");
    }
}

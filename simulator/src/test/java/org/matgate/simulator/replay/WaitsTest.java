package org.matgate.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose times jump: nobody waits for years, and nobody is left to wonder. */
class WaitsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Speed REAL = new Speed(1);

    private static final String TWO_RACES = """
            time,chip
            2026-01-15T10:00:00Z,AB01
            2026-01-15T10:00:02Z,AB02
            2026-02-15T07:31:00Z,AB03
            2026-02-15T07:31:05Z,AB04
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("reads.csv"), text);
    }

    private static ReadFile reads(Path file, String from, boolean skipBad, Speed speed) throws Exception {
        Wanted wanted = new Wanted(From.parse(from), Optional.empty(), Optional.empty(), skipBad);
        return ReadFile.check(file, wanted, ReaderLimits.uhf(4), speed);
    }

    @Test
    void aWaitOfDaysIsRefusedWithWhatToDo() throws Exception {
        Path file = file(TWO_RACES);
        assertThatThrownBy(() -> reads(file, "+0", false, REAL))
                .isInstanceOf(MistakesException.class)
                .hasMessage(
                        file + ":4:1: its time, 2026-02-15T07:31:00Z, is 30 days after 2026-01-15T10:00:02Z, that of"
                                + " the row played before it: nobody waits so long; want --from 2026-02-15T07:31:00Z to begin"
                                + " there, --speed max to wait for nothing, or --skip-bad to leave this wait out\n"
                                + "nothing was started");
        assertThat(reads(file, "2026-02-15T07:31:00Z", false, REAL).notes()).isEmpty();
        assertThat(reads(file, "+0", false, Speed.MAX).notes()).isEmpty();
        assertThat(reads(file, "+0", false, new Speed(40)).notes())
                .as("less than a day")
                .isEmpty();
        assertThatThrownBy(() -> reads(file, "2026-01-15T10:00:01Z", false, REAL))
                .hasMessageContaining("reads.csv:4:1");
        assertThatThrownBy(() -> reads(file, "2026-01-20T00:00:00Z", false, REAL))
                .hasMessageContaining("reads.csv:4:1");
        assertThat(reads(file, "2026-02-14T08:00:00Z", false, REAL).notes()).isEmpty();
    }

    @Test
    void aWaitThatIsLeftOutTakesASecond() throws Exception {
        Path file = file(TWO_RACES);
        ReadFile looked = reads(file, "+0", true, REAL);
        assertThat(looked.notes())
                .singleElement()
                .asString()
                .contains("reads.csv:4:1")
                .endsWith("that wait is left out");
        Timeline timeline = looked.timeline();
        try (Reads reads = looked.open()) {
            for (long due : new long[] {0, 2 * SECOND, 3 * SECOND, 8 * SECOND}) {
                assertThat(timeline.dueNanos(reads.next().orElseThrow().nanos()))
                        .isEqualTo(due);
            }
        }
    }

    @Test
    void ofManyWaitsTheFirstThatIsMetIsNamed() throws Exception {
        StringBuilder text = new StringBuilder("time,chip\n");
        for (int day = 1; day <= 26; day += 2) {
            text.append(String.format("2026-01-%02dT10:00:00Z,AB%02d%n", day, day));
        }
        Path file = file(text.toString());
        assertThatThrownBy(() -> reads(file, "+0", false, REAL))
                .hasMessageStartingWith(file + ":3:1: its time, 2026-01-03T10:00:00Z, is 2 days after ")
                .hasMessageEndingWith("to leave this wait out\nand 11 more such waits\nnothing was started");
        assertThatThrownBy(() -> reads(file, "2026-01-03T10:00:00Z", false, REAL))
                .hasMessageStartingWith(file + ":4:1: ")
                .hasMessageContaining("and 10 more such waits");
        assertThat(reads(file, "+0", true, REAL).notes())
                .hasSize(11)
                .startsWith(
                        file + ":3:1: its time, 2026-01-03T10:00:00Z, is 2 days after 2026-01-01T10:00:00Z, that of the"
                                + " row played before it: that wait is left out")
                .endsWith("and 2 more such waits");
    }

    @Test
    void aStepBackIsToldWithLineAndValues() throws Exception {
        Path file = file("time,chip\n100,AB01\n90.5,AB02\n91,AB03\n100.5,AB04\n99.9,AB05\n");
        assertThat(reads(file, "+0", false, REAL).notes())
                .containsExactly(
                        file + ":3:1: its time, 90.5 s, is 9.5 s before 100 s above: it is played in its place in"
                                + " time; so are 1 more that go back less");
    }

    @Test
    void aTimeOfDayThatIsTheNextDaysIsNoRowOfThisDay() throws Exception {
        Path file = file("time,chip\n20:00:00,AB01\n08:30:00,AB02\n");
        assertThatThrownBy(() -> reads(file, "+0", false, REAL))
                .hasMessageContaining(file
                        + ":3:1: the time of day '08:30:00' is 11:30:00 before '20:00:00' above: a file that goes past"
                        + " midnight needs dates");
    }

    @Test
    void linesOfAReaderWhoseClockWasSet() throws Exception {
        // 2012, 2012, 2001.
        Path file = file("aa0005800012860800012603062027472353\r\naa400000000123450a2a01123018455927a7\r\n");
        assertThatThrownBy(() -> CaptureFile.ipico(file, From.START, false, REAL))
                .isInstanceOf(MistakesException.class)
                .hasMessageContaining(file + ":2:1: its time, ")
                .hasMessageContaining(" days before ")
                .hasMessageContaining("--skip-bad to leave this wait out");
        CaptureFile skipping = CaptureFile.ipico(file, From.START, true, REAL);
        assertThat(skipping.notes()).anyMatch(note -> note.contains(":2:1: its time, "));
        try (Capture lines = skipping.open()) {
            long first = lines.next().orElseThrow().nanos().orElseThrow();
            long second = lines.next().orElseThrow().nanos().orElseThrow();
            Timeline timeline = skipping.timeline(first);
            assertThat(timeline.dueNanos(first)).isZero();
            assertThat(timeline.dueNanos(second)).isEqualTo(SECOND);
        }
        assertThat(CaptureFile.ipico(file, From.START, false, Speed.MAX).notes())
                .hasSize(1);
    }

    @Test
    void bytesThatComeAYearLater() throws Exception {
        Path file = Files.writeString(folder.resolve("capture"), "0 < 01\n31536000 < 02\n31536001 < 03\n");
        assertThatThrownBy(() -> CaptureFile.timed(file, From.START, false, REAL))
                .hasMessageContaining(file + ":2:1: its time, 31536000 s, is 365 days after 0 s")
                .hasMessageContaining("--from 31536000 ");
        assertThat(CaptureFile.timed(file, From.parse("31536000"), false, REAL).notes())
                .isEmpty();
    }
}

package org.matgate.simulator.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody made well: none stops the command otherwise than by telling what is wrong where. */
@Timeout(60)
class HostileFilesTest {
    private static final Wanted LENIENT = new Wanted(From.START, Optional.empty(), Optional.empty(), true);

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("reads"), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(UTF_8));
    }

    private static List<String> chips(Path file) throws IOException, MistakesException {
        List<String> chips = new ArrayList<>();
        try (Reads reads = ReadFile.check(file, LENIENT, ReaderLimits.uhf(4)).open()) {
            for (Optional<RecordedRead> read = reads.next(); read.isPresent(); read = reads.next()) {
                chips.add(read.get().chip().hex());
            }
        }
        return chips;
    }

    private static List<String> notes(Path file) throws IOException, MistakesException {
        return ReadFile.check(file, LENIENT, ReaderLimits.uhf(4)).notes();
    }

    @Test
    void aLineWithoutEndIsOneMistakeAndThoseBehindItCount() throws Exception {
        Path file = file("time,chip\n1,ABCD\n2," + "AB".repeat(100_000) + "\n3,ABCE\n4,ABC\n");
        assertThat(chips(file)).containsExactly("ABCD", "ABCE");
        assertThat(notes(file))
                .containsExactly(
                        file + ":3:65536: a line of more than 65536 bytes: want shorter ones",
                        file + ":5:3: chip of 3 hex digits; want an even number from 2 to 124",
                        file + ": rows left out: 2");
    }

    @Test
    void theEndOfALongLineIsNoRowOfItsOwn() throws Exception {
        // Its second piece would read as a row by itself.
        String filler = "x".repeat(Lines.LONGEST);
        assertThat(chips(file("time,chip\n1,ABCD\n" + filler + "2,BBBB\n3,ABCE")))
                .containsExactly("ABCD", "ABCE");
    }

    @Test
    void aTerminalIsNotSentWhatItWouldObey() throws Exception {
        Path file = file("time,chip\n1,ABCD\n\u001b[2J" + "7".repeat(1000) + ",ABCD\n");
        assertThat(notes(file).getFirst())
                .contains("?[2J777")
                .doesNotContain("\u001b")
                .hasSizeLessThan(500);
    }

    @Test
    void manyBytesOnOneLineOfACapture() throws Exception {
        Path file = file("0 < " + "FF 00 ".repeat(10_000) + "\n1 < FF FG\n");
        assertThatThrownBy(() -> CaptureFile.timed(file, From.START, false))
                .isInstanceOf(MistakesException.class)
                .hasMessageContaining(file + ":2:9: want a time, <");
        try (Capture capture = CaptureFile.timed(file, From.START, true).open()) {
            assertThat(capture.next().orElseThrow().bytes()).hasSize(20_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "1e",
                "\"\\u12\"",
                "\"\\x\"",
                "\"",
                "{\"a\":1,\"a\":2}",
                "01x",
                "{\"a\" 1}",
                "[1 2]",
                ""
            })
    void whatIsNoJsonIsToldWithItsPlace(String value) throws Exception {
        Path file = file("{\"kind\":\"gun\",\"a\":" + value + "}\n");
        assertThatThrownBy(() -> ReadFile.check(file, Wanted.ALL, ReaderLimits.uhf(4)))
                .isInstanceOf(MistakesException.class)
                .hasMessageMatching("(?s)" + file + ":1:\\d+: .*want .*");
    }

    @Test
    void jsonAsOthersWriteIt() throws Exception {
        assertThat(chips(file("\uFEFF { \"kind\" : \"tag_read\", \"x\":[1,{\"y\":[]},null,true,-1.5e+3], \"z\":{},"
                        + "\t\"utc_nanos\":5, \"chip\":\"\\u0041bcd\", \"reader\":\"a\\n\\\"b\\\"\"}\r\n\r\n")))
                .containsExactly("ABCD");
    }

    @Test
    void whatCanBeReadOnlyOnceIsNotWaitedFor() {
        assertThatThrownBy(() -> FileFormat.of(Path.of("/dev/zero")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/zero: is no regular file");
    }

    @Test
    void aFileThatIsStillWrittenToIsNotPlayed() throws Exception {
        Path path = file("time,chip\n1,ABCD\n");
        ReadFile looked = ReadFile.check(path, Wanted.ALL, ReaderLimits.uhf(4));
        file("time,chip\n1,ABCD\n2,ABCD\n");
        assertThatThrownBy(looked::open).isInstanceOf(IOException.class).hasMessageContaining("has changed since");
    }

    @Test
    void aCaptureOfLinesMayBeginInTheMiddleOfOne() throws Exception {
        Path file = file("860800012603062027472353\r\naa0005800012860800012603062027472353\r\n");
        assertThat(FileFormat.of(file)).isEqualTo(FileFormat.IPICO_LINES);
        assertThat(chips(file)).containsExactly("058000128608");
    }

    /** Good files of every format with bytes changed, left out and put in at random. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../gateway/src/test/resources/export/csv.txt",
                "../gateway/src/test/resources/export/jsonl.txt",
                "../gateway/src/test/resources/export/ipico.txt"
            })
    void damagedFiles(String golden) throws Exception {
        long seed = 20260215;
        Random random = new Random(seed);
        byte[] good = Files.readAllBytes(Path.of(golden));
        int played = 0;
        for (int round = 0; round < 300; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(1, 30); i > 0; i--) {
                int at = random.nextInt(bad.length - 10);
                switch (random.nextInt(3)) {
                    case 0 -> bad[at] = (byte) random.nextInt(256);
                    case 1 -> System.arraycopy(good, random.nextInt(good.length - 10), bad, at, 10);
                    default -> bad[at] = (byte) "\",{}[]\n\\:-aZ".charAt(random.nextInt(12));
                }
            }
            try {
                played += chips(file(bad)).size();
                CaptureFile.ipico(file(bad), From.START, true);
                CaptureFile.timed(file(bad), From.START, true);
            } catch (MistakesException e) {
                assertThat(e).as("seed %d, round %d", seed, round).hasMessageContaining(folder.toString());
            }
        }
        assertThat(played).as("seed %d", seed).isPositive();
    }
}

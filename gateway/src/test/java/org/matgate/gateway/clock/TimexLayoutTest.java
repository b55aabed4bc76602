package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds what {@link KernelCalls} knows of C structs and constants to the C headers of this machine. */
@Timeout(60)
class TimexLayoutTest {
    private static final String PROGRAM = """
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/timex.h>
            #include <time.h>
            #define SAY(name, value) printf("%s %ld\\n", name, (long)(value))
            int main(void) {
              SAY("sizeof timespec", sizeof(struct timespec));
              SAY("tv_sec", offsetof(struct timespec, tv_sec));
              SAY("tv_nsec", offsetof(struct timespec, tv_nsec));
              SAY("sizeof timex", sizeof(struct timex));
              SAY("modes", offsetof(struct timex, modes));
              SAY("freq", offsetof(struct timex, freq));
              SAY("maxerror", offsetof(struct timex, maxerror));
              SAY("esterror", offsetof(struct timex, esterror));
              SAY("status", offsetof(struct timex, status));
              SAY("tai", offsetof(struct timex, tai));
              SAY("sizeof maxerror", sizeof(((struct timex *)0)->maxerror));
              SAY("sizeof status", sizeof(((struct timex *)0)->status));
              SAY("CLOCK_REALTIME", CLOCK_REALTIME);
              SAY("CLOCK_MONOTONIC", CLOCK_MONOTONIC);
              SAY("CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW);
              SAY("STA_INS", STA_INS);
              SAY("STA_DEL", STA_DEL);
              SAY("STA_UNSYNC", STA_UNSYNC);
              SAY("TIME_OK", TIME_OK);
              SAY("TIME_INS", TIME_INS);
              SAY("TIME_DEL", TIME_DEL);
              SAY("TIME_OOP", TIME_OOP);
              SAY("TIME_WAIT", TIME_WAIT);
              SAY("TIME_ERROR", TIME_ERROR);
              return 0;
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void headersAgree() throws Exception {
        assumeTrue(
                hasCompiler(), "no gcc on this machine: the layout of struct timex was not compared with its header");
        Path source = Files.writeString(directory.resolve("layout.c"), PROGRAM);
        Path program = directory.resolve("layout");
        run("gcc", "-o", program.toString(), source.toString());
        Map<String, Long> said = new LinkedHashMap<>();
        for (String line : run(program.toString()).lines().toList()) {
            int blank = line.lastIndexOf(' ');
            said.put(line.substring(0, blank), Long.valueOf(line.substring(blank + 1)));
        }
        assertThat(said).containsExactlyInAnyOrderEntriesOf(known());
    }

    @Test
    void leapStatesAreToldApart() {
        assertThat(KernelCalls.leap(0, 0)).isEqualTo(Leap.NONE);
        assertThat(KernelCalls.leap(KernelCalls.TIME_INS, KernelCalls.STA_INS)).isEqualTo(Leap.INSERT);
        assertThat(KernelCalls.leap(KernelCalls.TIME_DEL, KernelCalls.STA_DEL)).isEqualTo(Leap.DELETE);
        assertThat(KernelCalls.leap(KernelCalls.TIME_OOP, 0)).isEqualTo(Leap.IN_PROGRESS);
        assertThat(KernelCalls.leap(KernelCalls.TIME_WAIT, 0)).isEqualTo(Leap.IN_PROGRESS);
        assertThat(KernelCalls.leap(KernelCalls.TIME_ERROR, KernelCalls.STA_UNSYNC))
                .isEqualTo(Leap.NONE);
        assertThat(KernelCalls.leap(KernelCalls.TIME_ERROR, KernelCalls.STA_INS))
                .isEqualTo(Leap.INSERT);
        assertThat(KernelCalls.leap(KernelCalls.TIME_ERROR, KernelCalls.STA_DEL))
                .isEqualTo(Leap.DELETE);
    }

    private static Map<String, Long> known() {
        Map<String, Long> known = new LinkedHashMap<>();
        known.put("sizeof timespec", KernelCalls.TIMESPEC_BYTES);
        known.put("tv_sec", 0L);
        known.put("tv_nsec", KernelCalls.TIMESPEC_NSEC);
        known.put("sizeof timex", KernelCalls.TIMEX_BYTES);
        known.put("modes", KernelCalls.TIMEX_MODES);
        known.put("freq", KernelCalls.TIMEX_FREQ);
        known.put("maxerror", KernelCalls.TIMEX_MAXERROR);
        known.put("esterror", KernelCalls.TIMEX_ESTERROR);
        known.put("status", KernelCalls.TIMEX_STATUS);
        known.put("tai", KernelCalls.TIMEX_TAI);
        known.put("sizeof maxerror", 8L);
        known.put("sizeof status", 4L);
        known.put("CLOCK_REALTIME", (long) KernelCalls.REALTIME);
        known.put("CLOCK_MONOTONIC", (long) KernelCalls.MONOTONIC);
        known.put("CLOCK_MONOTONIC_RAW", (long) KernelCalls.MONOTONIC_RAW);
        known.put("STA_INS", (long) KernelCalls.STA_INS);
        known.put("STA_DEL", (long) KernelCalls.STA_DEL);
        known.put("STA_UNSYNC", (long) KernelCalls.STA_UNSYNC);
        known.put("TIME_OK", 0L);
        known.put("TIME_INS", (long) KernelCalls.TIME_INS);
        known.put("TIME_DEL", (long) KernelCalls.TIME_DEL);
        known.put("TIME_OOP", (long) KernelCalls.TIME_OOP);
        known.put("TIME_WAIT", (long) KernelCalls.TIME_WAIT);
        known.put("TIME_ERROR", (long) KernelCalls.TIME_ERROR);
        return known;
    }

    private static boolean hasCompiler() throws InterruptedException {
        try {
            run("gcc", "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}

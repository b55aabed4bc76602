package org.matgate.gateway;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.journal.Journal;

/** A box's data directory, and the commands that the crew gives for it; what they say is in {@link #out}. */
abstract class DataCommandCase {
    static final UUID BOOT = UUID.fromString("11111111-1111-4111-8111-111111111111");

    @TempDir
    Path directory;

    final StringWriter out = new StringWriter();

    DataCommandCase() {}

    /** A command on a screen ends logging, which is the whole process's: the tests that come after want it. */
    @BeforeAll
    static void keepLogging() {
        System.setProperty("matgate.log", "on");
    }

    @AfterAll
    static void asItWas() {
        System.clearProperty("matgate.log");
    }

    final Path data() {
        return directory.resolve("data");
    }

    /** Gives a command and returns its exit code. */
    final int run(String... words) {
        out.getBuffer().setLength(0);
        return Matgate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(Stream.concat(Stream.of(words), Stream.of("--data", data().toString()))
                        .toArray(String[]::new));
    }

    final Journal open(UUID boot) throws Exception {
        return Journal.open(new Journal.Opening(data(), "box", boot, "machine", 0, Duration.ZERO));
    }
}

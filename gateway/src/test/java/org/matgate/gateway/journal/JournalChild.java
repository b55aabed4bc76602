package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.matgate.protocol.stream.Entry;

/** A process of its own that appends reads 0, 1, 2, … for ever and prints the seq of each that is committed. */
final class JournalChild {
    /** It ends by itself after so long, so that no test waits for it for ever. */
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private JournalChild() {}

    /** How a child ended that ended by itself. */
    record Ended(int status, String output) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(LIFETIME);
            } catch (InterruptedException e) {
                // Then it ends now.
            }
            Runtime.getRuntime().halt(3);
        });
        Journal journal = Journal.open(
                new Journal.Opening(Path.of(args[0]), "box", UUID.fromString(args[1]), "machine", 1, Duration.ZERO));
        journal.subscribe((id, run) -> {
            StringBuilder lines = new StringBuilder();
            for (Entry entry : run) {
                lines.append(entry.seq()).append('\n');
            }
            System.out.print(lines);
            System.out.flush();
        });
        for (long number = 0; ; number++) {
            while (!journal.offer(SampleEvents.read(number))) {
                Thread.sleep(1);
            }
            if (number % 50 == 0) {
                Thread.sleep(1);
            }
        }
    }

    /** @param scratch for the native library, which a killed process leaves behind */
    static Process start(Path scratch, Path directory, UUID boot) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.sqlite.tmpdir=" + scratch,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalChild.class.getName(),
                        directory.toString(),
                        boot.toString()))
                .redirectErrorStream(true)
                .start();
    }

    /** Runs one that is expected to end by itself. */
    static Ended run(Path scratch, Path directory, UUID boot) throws IOException, InterruptedException {
        Process child = start(scratch, directory, boot);
        try {
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(child.waitFor(), output);
        } finally {
            child.destroyForcibly();
        }
    }
}

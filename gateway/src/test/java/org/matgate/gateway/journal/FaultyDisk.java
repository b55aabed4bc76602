package org.matgate.gateway.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** A {@link FaultyChild} on a disk that fails when told to, and that remembers all that was done to it. */
public final class FaultyDisk implements AutoCloseable {
    private final Path log;
    private final Path control;
    /** Kind, length of the name, offset, length of the data. */
    private static final int STEP_HEADER_BYTES = 1 + 4 + 8 + 8;

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    /**
     * What was done to a file.
     *
     * @param kind w written, t cut to the offset, s synced, u removed
     */
    @SuppressWarnings("ArrayRecordComponent") // thousands of them, and nobody compares two
    record Step(char kind, String file, long offset, byte[] data) {}

    /** How the child stands. */
    record Answer(long told, boolean reserved, boolean inReserve, double reserveLeft, String trouble) {}

    /** Skips the test where there is no C compiler, or no such linker. */
    public static Path library(Path scratch) throws IOException, InterruptedException {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "needs LD_PRELOAD");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc");
        Path source = scratch.resolve("faultydisk.c");
        try (InputStream code = Objects.requireNonNull(FaultyDisk.class.getResourceAsStream("faultydisk.c"))) {
            Files.write(source, code.readAllBytes());
        }
        Path library = scratch.resolve("faultydisk.so");
        Process gcc = new ProcessBuilder(
                        "/usr/bin/gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                .redirectErrorStream(true)
                .start();
        String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (gcc.waitFor() != 0) {
            throw new IOException("gcc: " + output);
        }
        return library;
    }

    FaultyDisk(Path library, Path scratch, Path directory, boolean forced, UUID boot) throws IOException {
        this(library, scratch, directory, forced, boot, '-');
    }

    /** @param how it fails from the start */
    FaultyDisk(Path library, Path scratch, Path directory, boolean forced, UUID boot, char how) throws IOException {
        log = scratch.resolve("steps-" + UUID.randomUUID());
        control = scratch.resolve("control-" + UUID.randomUUID());
        fail(how);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultyChild.class.getName(),
                        directory.toString(),
                        String.valueOf(forced),
                        boot.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "LD_PRELOAD", library.toString(),
                        "FAULTY_DIR", directory.toRealPath().toString(),
                        "FAULTY_LOG", log.toString(),
                        "FAULTY_CONTROL", control.toString()));
        process = builder.start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        orders = process.outputWriter(StandardCharsets.US_ASCII);
        String ready = answers.readLine();
        while (ready != null && !ready.equals("ready")) {
            ready = answers.readLine();
        }
        if (ready == null) {
            throw new IOException("the child did not start");
        }
    }

    /**
     * Runs a command of the crew's on a full disk to its end.
     *
     * @return its exit code and what it said
     */
    static String onAFullDisk(Path library, Path scratch, Path directory, String... command) throws Exception {
        Path control = Files.writeString(scratch.resolve("full"), "F");
        Process process = matgate(library, control, directory, command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + said;
    }

    /**
     * Starts matgate on a disk that fails as the control file says.
     *
     * @param directory the disk; its directory tmp is where Java keeps what is temporary
     */
    public static Process matgate(Path library, Path control, Path directory, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.matgate.gateway.Matgate"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "LD_PRELOAD", library.toString(),
                        "FAULTY_DIR", directory.toRealPath().toString(),
                        "FAULTY_CONTROL", control.toString()));
        return builder.start();
    }

    /** From now on it fails: F full, E errors, R read-only, - not at all. */
    void fail(char how) throws IOException {
        Path next = control.resolveSibling(control.getFileName() + ".next");
        Files.writeString(next, String.valueOf(how));
        Files.move(next, control, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Has so many more reads offered, and asks how it stands. */
    Answer offer(int reads) throws IOException {
        return order(String.valueOf(reads));
    }

    /** Has as many reads offered as there is room for, and so many more, and their count told. */
    Answer lose(int reads) throws IOException {
        return order("lose " + reads);
    }

    /** Has the child close its journal and end, and waits for that. */
    void stop() throws IOException, InterruptedException {
        orders.write("stop\n");
        orders.flush();
        process.waitFor();
    }

    private Answer order(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        String line = answers.readLine();
        while (line != null && !line.startsWith("stands ")) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("the child ended: " + process.onExit().join().exitValue());
        }
        String[] words = line.substring("stands ".length()).split(" ", 5);
        return new Answer(
                Long.parseLong(words[0]),
                Boolean.parseBoolean(words[1]),
                Boolean.parseBoolean(words[2]),
                Double.parseDouble(words[3]),
                words[4]);
    }

    /** Waits until so many were told; the test's time-out bounds it. */
    Answer await(long told) throws IOException, InterruptedException {
        Answer answer = offer(0);
        while (answer.told < told) {
            Thread.sleep(20);
            answer = offer(0);
        }
        return answer;
    }

    /** Waits until so many were told and nothing is said to be wrong any more, which it is until just after. */
    void awaitWell(long told) throws IOException, InterruptedException {
        while (!await(told).trouble.equals("-")) {
            Thread.sleep(20);
        }
    }

    /** Everything that was done so far, in order; of a child that goes on, what it is just writing down is left out. */
    List<Step> steps() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        List<Step> steps = new ArrayList<>();
        while (bytes.remaining() >= STEP_HEADER_BYTES) {
            char kind = (char) bytes.get();
            int nameBytes = bytes.getInt();
            long offset = bytes.getLong();
            int dataBytes = (int) bytes.getLong();
            if (bytes.remaining() < nameBytes + dataBytes) {
                break;
            }
            byte[] name = new byte[nameBytes];
            byte[] data = new byte[dataBytes];
            bytes.get(name).get(data);
            String path = new String(name, StandardCharsets.UTF_8);
            steps.add(new Step(kind, path.substring(path.lastIndexOf('/') + 1), offset, data));
        }
        return steps;
    }

    /** Kills the child. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.matgate.simulator.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A file system of a box's own that can be filled, in memory. It needs the right to mount, as {@code unshare} gives it
 * in a namespace of one's own, with which the mount goes, too. Thread-safe.
 */
final class SmallDisk implements AutoCloseable {
    /** A journal of an era of cycles several times over; all of it may be taken by the ballast at once. */
    private static final String SIZE = "96m";

    private static final int BALLAST_BYTES = 65_536;
    private static final long COMMAND_SECONDS = 10;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one on a directory, which is made. */
    static SmallDisk mount(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=755", "matsim", directory.toString()));
        return new SmallDisk(directory);
    }

    /** Fills it to the last byte. */
    synchronized void fill() throws IOException {
        byte[] ballast = new byte[BALLAST_BYTES];
        for (int length = ballast.length; length > 0; ) {
            try (OutputStream out = Files.newOutputStream(directory.resolve("ballast" + length))) {
                while (true) {
                    out.write(ballast, 0, length);
                }
            } catch (IOException e) {
                // Full for pieces of this length.
                length /= 16;
            }
        }
    }

    /** Makes room again. */
    synchronized void free() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("ballast")) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Takes it away with all that is on it. Nobody may use it. */
    @Override
    public void close() {
        try {
            run(List.of("umount", "-l", directory.toString()));
        } catch (IOException e) {
            // It goes with the namespace.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }
}

package org.matgate.gateway.pulse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the kernel says of this process's threads (proc_pid_task(5), proc_pid_stat(5)). Thread-safe. */
final class KernelThreads {
    /** The kernel keeps so many bytes of a thread's name; Java gives it that of its own thread. */
    private static final int NAME_BYTES = 15;

    private static final char UNINTERRUPTIBLE = 'D';

    private final Path tasks;

    KernelThreads() {
        this(Path.of("/proc/self/task"));
    }

    /** @param tasks where the threads' directories are */
    KernelThreads(Path tasks) {
        this.tasks = tasks;
    }

    /**
     * Whether a thread of this name waits for a device in such a way that no signal gets it out, not even SIGKILL: its process
     * would stay, with the journal's lock and all that it has open. Where that cannot be told it does not.
     */
    boolean unkillable(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] kept = Arrays.copyOf(bytes, Math.min(bytes.length, NAME_BYTES));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                if (waits(thread, kept)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static boolean waits(Path thread, byte[] name) {
        try {
            byte[] called = Files.readAllBytes(thread.resolve("comm"));
            if (!Arrays.equals(called, 0, Math.max(0, called.length - 1), name, 0, name.length)) {
                return false;
            }
            // The state follows the name, which stands in brackets and may have brackets in it.
            String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            int end = stat.lastIndexOf(") ");
            return end >= 0 && stat.length() > end + 2 && stat.charAt(end + 2) == UNINTERRUPTIBLE;
        } catch (IOException e) {
            return false; // It has ended meanwhile.
        }
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from the journal: a lock on the file {@code journal.lock}, which names the holder's process id.
 * The kernel drops the lock when the process ends, however it does.
 */
final class JournalLock implements AutoCloseable {
    /** A process that opens and closes a file once more loses its lock on it, so its own come to be known here. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final String NAME = "journal.lock";

    private final Path file;
    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if somebody else has it, or the directory cannot be written in; the text says what to do */
    static JournalLock take(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(NAME);
        if (!HELD.add(file)) {
            throw inUse(file, "this process");
        }
        try {
            return new JournalLock(file, lock(file));
        } catch (IOException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be opened for writing (" + DataDirectory.reason(e)
                            + "): give the directory to the user who runs matgate",
                    e);
        }
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(file, "process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Who has it, in words; empty if nobody has, or that cannot be found out. */
    static Optional<String> holder(Path directory) {
        Path file;
        try {
            file = directory.toRealPath().resolve(NAME);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (HELD.contains(file)) {
            return Optional.of("this process");
        }
        // A shared lock, for a moment: whoever holds the journal holds an exclusive one.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null
                    ? Optional.of("process " + Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static IOException inUse(Path file, String holder) {
        return new IOException(file + " is held by " + holder
                + ": another matgate runs on this data directory; stop it, or give each a data directory of its own");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private final Path file;
    private final FileChannel channel;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if somebody else has it, or the directory cannot be written in; the text says what to do */
    static JournalLock take(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("journal.lock");
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

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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from the journal: a lock on the file {@code journal.lock}, which names the holder's process id
 * and boot.
 * The kernel drops the lock when the process ends, however it does.
 */
final class JournalLock implements AutoCloseable {
    /** A process that opens and closes a file once more loses its lock on it, so its own come to be known here. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final String NAME = "journal.lock";

    /** More than a process id and a boot id. */
    private static final int MOST_TEXT = 100;

    private final Path file;
    private final FileChannel channel;
    private final String former;

    private JournalLock(Path file, FileChannel channel, String former) {
        this.file = file;
        this.channel = channel;
        this.former = former;
    }

    /** Whether whoever had it last had it in this boot. */
    boolean lastHeldIn(UUID boot) {
        return former.lines().skip(1).anyMatch(line -> line.equals(boot.toString()));
    }

    /**
     * Takes it for a service.
     *
     * @throws IOException if somebody else has it, or the directory cannot be written in; the text says what to do
     */
    static JournalLock take(Path directory, UUID boot) throws IOException {
        return take(directory, Optional.of(boot));
    }

    /** The same for a command while no service runs: in which boot one had it last stays as it is. */
    static JournalLock takeForCommand(Path directory) throws IOException {
        return take(directory, Optional.empty());
    }

    private static JournalLock take(Path directory, Optional<UUID> boot) throws IOException {
        Path file = directory.toRealPath().resolve(NAME);
        if (!HELD.add(file)) {
            throw inUse(file, "this process");
        }
        try {
            return lock(file, boot);
        } catch (IOException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static JournalLock lock(Path file, Optional<UUID> boot) throws IOException {
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
                throw inUse(file, process(file));
            }
            String former = former(channel);
            String bootLine = boot.map(UUID::toString)
                    .orElse(former.lines().skip(1).findFirst().orElse(""));
            String now = ProcessHandle.current().pid() + "\n" + bootLine + "\n";
            // Not truncated first: on a full disk the block that it has may be the last one.
            channel.write(ByteBuffer.wrap(now.getBytes(StandardCharsets.US_ASCII)), 0);
            channel.truncate(now.length());
            return new JournalLock(file, channel, former);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static String former(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_TEXT);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString();
    }

    private static String process(Path file) throws IOException {
        return "process " + Files.readString(file).lines().findFirst().orElse("");
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
            return lock == null ? Optional.of(process(file)) : Optional.empty();
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

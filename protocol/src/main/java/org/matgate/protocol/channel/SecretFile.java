package org.matgate.protocol.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** Writes files that hold a secret: only their owner may read them, and they are written whole or not at all. */
public final class SecretFile {
    /** Mode 0600. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SecretFile() {}

    /** What is to be true of the new file before it takes the other's place. */
    @FunctionalInterface
    public interface Trial {
        /** Looks at the new file, which still has another name in the same directory. */
        void of(Path written) throws IOException;
    }

    /** As {@link #replace}, for this user and without a trial. */
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, content, Optional.empty(), written -> {});
    }

    /**
     * Puts a file of mode 0600 in the place of {@code file}, or makes it. It is on disk when this returns; where it
     * throws, the old one is as it was.
     *
     * @param owner who is to own it, if not this user
     * @param trial throws if the new file must not take the old one's place
     */
    public static void replace(Path file, byte[] content, Optional<UserPrincipal> owner, Trial trial)
            throws IOException {
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = place.getParent();
        if (directory == null) {
            throw new IOException(file + " is no file");
        }
        // The random name is taken with this mode from its first moment on.
        Path written = Files.createTempFile(
                directory, "." + place.getFileName() + ".", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (owner.isPresent() && !owner.get().equals(Files.getOwner(written))) {
                Files.setOwner(written, owner.get());
            }
            trial.of(written);
            Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        // The new name too is to outlast a power cut.
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

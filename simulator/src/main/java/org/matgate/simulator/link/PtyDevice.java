package org.matgate.simulator.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One pseudo-terminal of the kernel's.
 *
 * @param master our descriptor of it
 * @param path what the other side opens
 */
record PtyDevice(int master, String path) {
    private static final int SLAVE_FLAGS = LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

    /** Opens a new one, raw, with nobody on the other side. */
    static PtyDevice open(LibC libc) throws IOException {
        int master = libc.posixOpenpt(LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        try {
            String path = libc.unlock(master);
            int slave = libc.open(path, SLAVE_FLAGS);
            if (slave < 0) {
                throw new IOException("cannot open " + path + ": errno " + libc.errno());
            }
            try {
                libc.makeRaw(slave);
            } finally {
                // Only once it has been opened and closed does the master report that nobody holds it.
                libc.close(slave);
            }
            return new PtyDevice(master, path);
        } catch (IOException | RuntimeException e) {
            libc.close(master);
            throw e;
        }
    }

    /**
     * Throws away what the last holder left unread: the kernel keeps it for the next, a serial driver does not.
     *
     * @return false if that is not possible because the port is marked as exclusive
     */
    boolean forgetUnread(LibC libc) {
        int slave = libc.open(path, SLAVE_FLAGS);
        if (slave < 0) {
            return libc.errno() != LibC.EBUSY;
        }
        libc.flushInput(slave);
        libc.close(slave);
        return true;
    }

    /** Points a symbolic link to this device, in one step; an older link is replaced, anything else is refused. */
    void linkFrom(Path link) throws IOException {
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new IOException(link + " exists and is no symbolic link");
        }
        Path fresh = link.resolveSibling(link.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, Path.of(path));
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a link that points to this device. */
    void unlinkFrom(Path link) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(Path.of(path))) {
            Files.delete(link);
        }
    }
}

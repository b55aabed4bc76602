package org.matgate.simulator.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial port without hardware: a pseudo-terminal whose other side a program opens like {@code /dev/ttyUSB0}.
 *
 * <p>It behaves as a UART does. What is sent while nobody holds the port is lost, and so is what a holder had not read
 * when it went. A holder who reads slowly stops nobody: the bytes wait for it as in a serial driver, up to
 * {@value #DRIVER_BYTES} of them; more are overrun. It has no speed of its own; {@link PacedWriter} gives it one.
 */
public final class Pty implements ReaderEnd {
    /** What Linux keeps for a serial port that nobody reads (a pseudo-terminal by itself keeps 12 KiB). */
    static final int DRIVER_BYTES = 640 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Pty.class);

    /** How long a wait may hold the lock, so that close is prompt. */
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    /** How often to look while nobody is there or bytes wait for a slow reader: a poll would return at once. */
    private static final long LOOK_NANOS = 2_000_000;

    private static final int CLOSED = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final LibC libc = new LibC();
    private final String device;
    private final Optional<Path> link;
    private final DriverBuffer waiting = new DriverBuffer(DRIVER_BYTES);
    private int master;
    private boolean held;
    private int openings;

    private Pty(int master, String device, Optional<Path> link) {
        this.master = master;
        this.device = device;
        this.link = link;
    }

    /** Opens a new pseudo-terminal. */
    public static Pty open() throws IOException {
        return open(Optional.empty());
    }

    /**
     * Opens a new pseudo-terminal.
     *
     * @param link where to put a symbolic link to it; an older link there is replaced, anything else is refused
     */
    public static Pty open(Optional<Path> link) throws IOException {
        LibC libc = new LibC();
        int master = libc.posixOpenpt(LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        try {
            String device = libc.unlock(master);
            int slave = libc.open(device, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC);
            if (slave < 0) {
                throw new IOException("cannot open " + device + ": errno " + libc.errno());
            }
            try {
                libc.makeRaw(slave);
            } finally {
                // Only once it has been opened and closed does the master report that nobody holds it.
                libc.close(slave);
            }
            if (link.isPresent()) {
                pointTo(link.get(), device);
            }
            return new Pty(master, device, link);
        } catch (IOException | RuntimeException e) {
            libc.close(master);
            throw e;
        }
    }

    private static void pointTo(Path link, String device) throws IOException {
        if (Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            throw new IOException(link + " exists and is no symbolic link");
        }
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(device));
    }

    @Override
    public String address() {
        return link.map(Path::toString).orElse(device);
    }

    /** Bytes lost because a holder did not read for too long. */
    public long overrunBytes() {
        lock.lock();
        try {
            return waiting.overrun();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int listener() {
        lock.lock();
        try {
            if (master != CLOSED) {
                look(0);
            }
            return held ? openings : 0;
        } catch (IOException e) {
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        boolean gone;
        lock.lock();
        try {
            int events = look(Math.min(waitNanos, waiting.isEmpty() ? LONGEST_WAIT_NANOS : LOOK_NANOS));
            passOn();
            if ((events & LibC.POLLIN) != 0) {
                return taken(libc.read(master, buffer));
            }
            gone = !held;
        } finally {
            lock.unlock();
        }
        if (gone && waitNanos > 0) {
            LockSupport.parkNanos(Math.min(waitNanos, LOOK_NANOS));
        }
        return 0;
    }

    private int taken(int n) throws IOException {
        if (n >= 0) {
            return n;
        }
        int errno = libc.errno();
        if (errno == LibC.EIO || errno == LibC.EAGAIN || errno == LibC.EINTR) {
            return 0;
        }
        throw new IOException("cannot read " + device + ": errno " + errno);
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            look(0);
            if (!held) {
                return 0;
            }
            waiting.add(bytes, offset, length);
            passOn();
            return openings;
        } finally {
            lock.unlock();
        }
    }

    /** Finds out who holds the port; the holder's going takes what it had not read. */
    private int look(long waitNanos) throws IOException {
        if (master == CLOSED) {
            throw new IOException(device + " is closed");
        }
        int events = libc.poll(master, waitNanos);
        boolean holds = (events & LibC.POLLHUP) == 0;
        if (holds && !held) {
            openings++;
        } else if (!holds && held) {
            waiting.clear();
            forgetUnread();
        }
        held = holds;
        return events;
    }

    /** The kernel keeps for the next holder what the last one left unread; a serial driver does not. */
    private void forgetUnread() {
        int slave = libc.open(device, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (slave < 0) {
            log.debug("{}: unread bytes stay for the next holder, errno {}", device, libc.errno());
            return;
        }
        libc.flushInput(slave);
        libc.close(slave);
    }

    private void passOn() throws IOException {
        while (held && !waiting.isEmpty()) {
            int n = libc.write(master, waiting.bytes(), waiting.offset(), waiting.length());
            if (n <= 0) {
                int errno = libc.errno();
                if (n < 0 && errno != LibC.EAGAIN && errno != LibC.EINTR && errno != LibC.EIO) {
                    throw new IOException("cannot write to " + device + ": errno " + errno);
                }
                return;
            }
            waiting.drop(n);
        }
    }

    /** A UART cannot know what was read of what it sent: waits until all is in the kernel, and then half a second. */
    @Override
    public void finish(Duration limit) {
        long left = limit.toNanos();
        while (left > 0 && isWaiting()) {
            LockSupport.parkNanos(LOOK_NANOS);
            left -= LOOK_NANOS;
        }
        LockSupport.parkNanos(Math.clamp(left, 0, 500_000_000));
    }

    private boolean isWaiting() {
        lock.lock();
        try {
            look(0);
            passOn();
            return held && !waiting.isEmpty();
        } catch (IOException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (master == CLOSED) {
                return;
            }
            libc.close(master);
            master = CLOSED;
            held = false;
        } finally {
            lock.unlock();
        }
        link.ifPresent(this::removeLink);
    }

    private void removeLink(Path path) {
        try {
            if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).equals(Path.of(device))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", path, e.getMessage());
        }
    }
}

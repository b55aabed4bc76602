package org.matgate.simulator.link;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial port without hardware: a pseudo-terminal whose other side a program opens like {@code /dev/ttyUSB0}.
 *
 * <p>It behaves as a UART does. What is sent while nobody holds the port is lost, and so is what a holder had not read
 * when it went. A holder who reads slowly stops nobody: the bytes wait for it as in a serial driver, up to
 * {@value #DRIVER_BYTES} of them; more are overrun. It has no speed of its own, {@link PacedWriter} gives it one; but a
 * holder that has set another rate than {@link #baud} hears and is heard as noise.
 */
public final class Pty implements ReaderEnd {
    /** What Linux keeps for a serial port that nobody reads (a pseudo-terminal by itself keeps 12 KiB). */
    static final int DRIVER_BYTES = 640 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Pty.class);

    /** How long a wait may hold the lock, so that close is prompt. */
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    /** How often to look while nobody is there or bytes wait for a slow reader: a poll would return at once. */
    private static final long LOOK_NANOS = 2_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final LibC libc = new LibC();
    private final Optional<Path> link;
    private final DriverBuffer waiting = new DriverBuffer(DRIVER_BYTES);
    private PtyDevice device;
    private boolean closed;
    private boolean held;
    private int openings;
    private OptionalInt baud = OptionalInt.empty();
    private int garbler;

    private Pty(Optional<Path> link) throws IOException {
        this.link = link;
        this.device = PtyDevice.open(libc);
    }

    /** Opens a new pseudo-terminal. */
    public static Pty open() throws IOException {
        return open(Optional.empty());
    }

    /**
     * Opens a new pseudo-terminal.
     *
     * @param link where to put a symbolic link to it, whose name then is its address; an older link there is replaced,
     *     anything else is refused
     */
    public static Pty open(Optional<Path> link) throws IOException {
        Pty pty = new Pty(link);
        try {
            if (link.isPresent()) {
                pty.device.linkFrom(link.get());
            }
            return pty;
        } catch (IOException e) {
            pty.close();
            throw e;
        }
    }

    @Override
    public String address() {
        lock.lock();
        try {
            return link.map(Path::toString).orElse(device.path());
        } finally {
            lock.unlock();
        }
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
    public boolean congested() {
        lock.lock();
        try {
            return held && !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int listener() {
        lock.lock();
        try {
            if (!closed) {
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
                int n = taken(libc.read(device.master(), buffer));
                garbleIfAtOdds(buffer, 0, n);
                return n;
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
        throw new IOException("cannot read " + device.path() + ": errno " + errno);
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            look(0);
            if (!held) {
                return 0;
            }
            byte[] sent = Arrays.copyOfRange(bytes, offset, offset + length);
            boolean understood = !garbleIfAtOdds(sent, 0, length);
            waiting.add(sent, 0, length);
            passOn();
            return understood ? openings : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void baud(int now) {
        lock.lock();
        try {
            baud = OptionalInt.of(now);
        } finally {
            lock.unlock();
        }
    }

    /** What a UART makes of bytes at another rate has little to do with them. @return whether the rates differ */
    private boolean garbleIfAtOdds(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0 || baud.isEmpty() || libc.baud(device.master()) == baud.getAsInt()) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            garbler = garbler * 31 + 17;
            bytes[i] = (byte) ((bytes[i] & 0xAA) >> 1 | (garbler >> 8 & 0xD5));
        }
        return true;
    }

    /** Finds out who holds the port; the holder's going takes what it had not read. */
    private int look(long waitNanos) throws IOException {
        if (closed) {
            throw new IOException(device.path() + " is closed");
        }
        int events = libc.poll(device.master(), waitNanos);
        boolean holds = (events & LibC.POLLHUP) == 0;
        if (holds && !held) {
            openings++;
        } else if (!holds && held) {
            letGo();
        }
        held = holds;
        return events;
    }

    private void letGo() throws IOException {
        waiting.clear();
        if (!device.forgetUnread(libc) && (libc.poll(device.master(), 0) & LibC.POLLHUP) != 0) {
            renew();
        }
    }

    /**
     * A holder that was killed leaves the port marked as exclusive, and then only root could open it again; on a real
     * port the mark goes with the holder. A new pseudo-terminal takes its place behind the link.
     */
    void renew() throws IOException {
        if (link.isEmpty()) {
            log.warn("{}: was left as exclusive by a process that was killed; a link to it would help", device.path());
            return;
        }
        PtyDevice fresh = PtyDevice.open(libc);
        libc.close(device.master());
        device = fresh;
        fresh.linkFrom(link.get());
    }

    private void passOn() throws IOException {
        while (held && !waiting.isEmpty()) {
            int n = libc.write(device.master(), waiting.bytes(), waiting.offset(), waiting.length());
            if (n <= 0) {
                int errno = libc.errno();
                if (n < 0 && errno != LibC.EAGAIN && errno != LibC.EINTR && errno != LibC.EIO) {
                    throw new IOException("cannot write to " + device.path() + ": errno " + errno);
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
            if (closed) {
                return;
            }
            closed = true;
            held = false;
            libc.close(device.master());
            if (link.isPresent()) {
                device.unlinkFrom(link.get());
            }
        } catch (IOException e) {
            log.warn("cannot remove {}: {}", link, e.getMessage());
        } finally {
            lock.unlock();
        }
    }
}

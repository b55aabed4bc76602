package org.matgate.gateway.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open serial port. Reading is by {@link Arrivals}, all else by jSSC, whose own ways to wait and to read do not notice
 * when the far end is gone.
 *
 * <p>Each call with the file's number holds a lock until it returns, and closing takes both locks: a call made with the
 * number of a file that was closed meanwhile could write a reader's command into whatever file has that number next.
 */
final class SerialLink implements ReaderLink {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLink.class);

    /** Start bit, eight data bits, stop bit. */
    private static final long BITS_PER_BYTE = 10;

    /** What one packet of USB brings at once. */
    private static final long PACKET_BYTES = 64;

    /** The longest wait in one call: so long closing may have to wait for it. */
    private static final long PART_NANOS = 50_000_000;

    /** A port that says that there are bytes, and then has none, is not asked again at once. */
    private static final long PARK_NANOS = 500_000;

    /** A call still on its way after this is stuck in the kernel, and knows no number of ours any more. */
    private static final long CALL_MILLIS = 500;

    private final String name;
    private final JsscPort serial;
    private final Arrivals arrivals;
    private final long nanosPerByte;
    private final boolean hasWire;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean closed;

    /** @param hasWire whether the bytes are known to come over a wire at that rate */
    SerialLink(String name, JsscPort serial, int baud, boolean hasWire) {
        this.name = name;
        this.serial = serial;
        this.arrivals = new Arrivals(serial.fd());
        this.nanosPerByte = BITS_PER_BYTE * 1_000_000_000 / baud;
        this.hasWire = hasWire;
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        // Parts are counted rather than timed: they last a little longer than asked, which a wait may.
        for (long waited = 0; ; waited += PART_NANOS) {
            int count = readWithin(buffer, Math.clamp(waitNanos - waited, 0, PART_NANOS));
            if (count > 0 || waited + PART_NANOS >= waitNanos) {
                return count;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException(name + ": interrupted while reading");
            }
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        try {
            BoundedWrite.run(name, bytes.length, BoundedWrite.LIMIT, () -> writeNow(bytes));
        } catch (IOException e) {
            close(); // half a command may be out
            throw e;
        }
    }

    @Override
    public long nanosPerByte() {
        return hasWire ? nanosPerByte : 0;
    }

    @Override
    public long gatheredNanos() {
        return hasWire ? 0 : PACKET_BYTES * nanosPerByte;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        boolean interrupted = Thread.interrupted();
        serial.purgeOutput(); // else closing waits until a stuck far end takes what is left
        boolean noRead = lockForClosing(reading);
        boolean noWrite = lockForClosing(writing);
        try {
            if (!serial.close()) {
                LOG.debug("{}: closing failed, as it does when the device is gone", name);
            }
        } finally {
            unlock(reading);
            unlock(writing);
        }
        if (!noRead || !noWrite) {
            LOG.warn("{}: closed while a call was stuck in it", name);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int readWithin(byte[] buffer, long nanos) throws IOException {
        reading.lock();
        try {
            requireOpen();
            boolean found = arrivals.await(nanos);
            requireOpen();
            if (!found) {
                return 0;
            }
            int count = arrivals.take(buffer);
            if (count == 0) {
                LockSupport.parkNanos(PARK_NANOS);
            }
            return count;
        } catch (IOException e) {
            throw failure(e);
        } finally {
            reading.unlock();
        }
    }

    private void writeNow(byte[] bytes) throws IOException {
        writing.lock();
        try {
            requireOpen();
            if (!serial.write(bytes)) {
                throw new IOException(name + " took only a part of " + bytes.length + " bytes");
            }
        } catch (IOException e) {
            throw failure(e);
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(name + " was closed");
        }
    }

    private IOException failure(Exception e) {
        return new IOException(
                closed
                        ? name + " was closed"
                        : name + " hung up: the adapter was unplugged or its far end is gone (" + e.getMessage() + ")",
                e);
    }

    private static boolean lockForClosing(ReentrantLock lock) {
        try {
            return lock.tryLock(CALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return lock.tryLock();
        }
    }

    private static void unlock(ReentrantLock lock) {
        if (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

package org.matgate.simulator.link;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import jssc.SerialPort;
import jssc.SerialPortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real serial port, 8N1 without flow control. It cannot tell whether anybody listens at the far end. */
public final class SerialPortLink implements ReaderEnd {
    private static final Logger log = LoggerFactory.getLogger(SerialPortLink.class);

    /** jSSC's own waiting spins; looking twice a millisecond costs little and is soon enough. */
    private static final long LOOK_NANOS = 500_000;

    private final SerialPort port;
    private byte[] surplus = {};
    private volatile boolean closed;

    private SerialPortLink(SerialPort port) {
        this.port = port;
    }

    /** Opens {@code device}, such as {@code /dev/ttyUSB0}. */
    public static SerialPortLink open(String device, int baud) throws IOException {
        SerialPort port = new SerialPort(device);
        try {
            port.openPort();
            // False on a pseudo-terminal, which has no modem lines; the line settings are applied all the same.
            port.setParams(baud, SerialPort.DATABITS_8, SerialPort.STOPBITS_1, SerialPort.PARITY_NONE);
            return new SerialPortLink(port);
        } catch (SerialPortException e) {
            throw new IOException("cannot open " + device + " at " + baud + ": " + e.getExceptionType(), e);
        }
    }

    @Override
    public String address() {
        return port.getPortName();
    }

    @Override
    public int listener() {
        return closed ? 0 : 1;
    }

    @Override
    public int read(byte[] buffer, long waitNanos) throws IOException {
        long left = waitNanos;
        int n = take(buffer);
        while (n == 0 && left > 0 && !closed) {
            long pause = Math.min(left, LOOK_NANOS);
            LockSupport.parkNanos(pause);
            left -= pause;
            n = take(buffer);
        }
        return n;
    }

    private int take(byte[] buffer) throws IOException {
        if (surplus.length == 0) {
            try {
                byte[] bytes = port.readBytes();
                if (bytes == null) {
                    return 0;
                }
                surplus = bytes;
            } catch (SerialPortException e) {
                throw new IOException("cannot read " + port.getPortName() + ": " + e.getExceptionType(), e);
            }
        }
        int n = Math.min(buffer.length, surplus.length);
        System.arraycopy(surplus, 0, buffer, 0, n);
        surplus = Arrays.copyOfRange(surplus, n, surplus.length);
        return n;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (!port.writeBytes(Arrays.copyOfRange(bytes, offset, offset + length))) {
                throw new IOException("cannot write to " + port.getPortName());
            }
            return 1;
        } catch (SerialPortException e) {
            throw new IOException("cannot write to " + port.getPortName() + ": " + e.getExceptionType(), e);
        }
    }

    @Override
    public void baud(int baud) {
        try {
            port.setParams(baud, SerialPort.DATABITS_8, SerialPort.STOPBITS_1, SerialPort.PARITY_NONE);
        } catch (SerialPortException e) {
            log.warn("{}: does not take {} baud: {}", address(), baud, e.getExceptionType());
        }
    }

    /** The driver sends what it holds before a close returns. */
    @Override
    public void finish(Duration limit) {}

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            port.closePort();
        } catch (SerialPortException e) {
            // The device may have gone; there is nothing left to close then.
            surplus = new byte[0];
        }
    }
}

package org.matgate.gateway.link;

import java.io.IOException;
import jssc.SerialNativeInterface;
import jssc.SerialPort;

/**
 * jSSC's calls on one open port, by the layer below {@link SerialPort}, which keeps the file's number to itself; reading
 * is done by {@link Arrivals}. The caller sees to it that no call is made after {@link #close}: the number may be another
 * file's by then.
 */
final class JsscPort {
    private static final int ONE_STOP_BIT = 0;
    private static final int NO_FLAGS = 0;

    private final SerialNativeInterface jssc;
    private final long handle;

    private JsscPort(SerialNativeInterface jssc, long handle) {
        this.jssc = jssc;
        this.handle = handle;
    }

    /** A port cannot be opened. */
    static final class OpenException extends IOException {
        private static final long serialVersionUID = 1L;

        /** One of {@link SerialNativeInterface}'s ERR numbers. */
        private final long number;

        OpenException(long number) {
            super("jSSC's error " + number);
            this.number = number;
        }

        long number() {
            return number;
        }
    }

    /** Opens a port for ourselves alone. */
    static JsscPort open(String name) throws OpenException {
        SerialNativeInterface jssc = new SerialNativeInterface();
        long handle = jssc.openPort(name, true);
        if (handle < 0) {
            throw new OpenException(handle);
        }
        return new JsscPort(jssc, handle);
    }

    /** The file's number, which is what jSSC's handle is on Linux. */
    int fd() {
        return Math.toIntExact(handle);
    }

    /** Eight data bits, no parity, one stop bit, RTS and DTR raised. False if the port did not take all of it. */
    boolean configure(int baud) {
        return jssc.setParams(
                handle, baud, SerialPort.DATABITS_8, ONE_STOP_BIT, SerialPort.PARITY_NONE, true, true, NO_FLAGS);
    }

    /** False if it took only a part. */
    boolean write(byte[] bytes) throws IOException {
        return jssc.writeBytes(handle, bytes);
    }

    /** Throws away what is not sent yet. */
    void purgeOutput() {
        // What it says is of no use: the device may be gone.
        boolean unused = jssc.purgePort(handle, SerialPort.PURGE_TXCLEAR);
    }

    /** Gives it up. False if the system says that something was wrong with that. */
    boolean close() {
        return jssc.closePort(handle);
    }
}

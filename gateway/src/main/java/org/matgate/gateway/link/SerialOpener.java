package org.matgate.gateway.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jssc.SerialNativeInterface;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a serial port, eight data bits, no parity, one stop bit, no flow control; no other program may open it then. */
record SerialOpener(Path port, int baud) implements ReaderLink.Opener {
    private static final Logger LOG = LoggerFactory.getLogger(SerialOpener.class);

    @Override
    public ReaderLink open() throws IOException {
        try {
            JsscLibrary.prepare();
        } catch (IOException e) {
            throw new IOException(port + ": " + e.getMessage(), e);
        }
        try {
            JsscPort serial = JsscPort.open(port.toString());
            configure(serial);
            return new SerialLink(toString(), serial, baud, SerialPorts.hasWire(port));
        } catch (JsscPort.OpenException e) {
            throw new IOException(port + ": " + explain(e.number()), e);
        } catch (LinkageError e) {
            throw new IOException(
                    port + ": jSSC's native library cannot be loaded (" + e.getMessage() + "); it lies in "
                            + JsscLibrary.place() + ", which must be writable and not mounted noexec; then start again",
                    e);
        }
    }

    /** The kernel gives a device that does not answer 5 s for each of the requests with which a port is set up. */
    @Override
    public Duration longest() {
        return Duration.ofSeconds(30);
    }

    @Override
    public ReaderLink.Opener at(int other) {
        return new SerialOpener(port, other);
    }

    private void configure(JsscPort serial) {
        if (!serial.configure(baud) && !isPseudoTerminal()) {
            // Also where only the modem lines are missing, so it must not end the attempt.
            LOG.warn("{}: the port did not take all settings; if nothing sensible arrives, check the baud rate", this);
        }
        // No purge: the kernel has thrown away what waited when the last program closed the port, and a reader that
        // still streams has sent reads since we opened it.
    }

    private boolean isPseudoTerminal() {
        try {
            return port.toRealPath().startsWith("/dev/pts");
        } catch (IOException e) {
            return false;
        }
    }

    private String explain(long number) {
        return switch ((int) number) {
            case (int) SerialNativeInterface.ERR_PORT_NOT_FOUND ->
                Files.exists(port)
                        ? "the port is there but cannot be opened; unplug the adapter and plug it in again"
                        : "no such port; " + SerialPorts.describe(SerialPorts.DEV);
            case (int) SerialNativeInterface.ERR_PERMISSION_DENIED ->
                "permission denied; the user "
                        + System.getProperty("user.name")
                        + " must be in the group dialout (sudo usermod -aG dialout USER, then log in again)";
            case (int) SerialNativeInterface.ERR_PORT_BUSY ->
                "in use by another program; fuser " + port + " tells which (ModemManager grabs new ports too)";
            case (int) SerialNativeInterface.ERR_INCORRECT_SERIAL_PORT ->
                "not a serial port; " + SerialPorts.describe(SerialPorts.DEV);
            default -> "cannot be opened (jSSC's error " + number + ")";
        };
    }

    @Override
    public String toString() {
        return port + " at " + baud;
    }
}

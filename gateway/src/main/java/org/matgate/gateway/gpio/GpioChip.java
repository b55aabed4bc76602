package org.matgate.gateway.gpio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;

/**
 * A chip of the kernel's GPIO character device. What cannot be had is told as a {@link PinTrouble}, with what to do. One
 * thread at a time.
 */
final class GpioChip implements AutoCloseable {
    private static final Path DEVICES = Path.of("/dev");

    private final int fd;
    private final String path;
    private final String name;
    private final String label;
    private final int lines;

    /** A line as the kernel tells of it; {@code consumer} is who holds it, empty if nobody. */
    record LineInfo(int offset, String name, String consumer, boolean used, boolean output) {
        /** For a person, such as {@code line 17 (GPIO17)}. */
        String words() {
            return "line " + offset + (name.isEmpty() ? "" : " (" + name + ")");
        }
    }

    private GpioChip(int fd, String path, String name, String label, int lines) {
        this.fd = fd;
        this.path = path;
        this.name = name;
        this.label = label;
        this.lines = lines;
    }

    /** Opens the chip of this path, name or label. */
    static GpioChip open(String wanted) throws PinTrouble {
        if (wanted.startsWith("/")) {
            return openPath(wanted);
        }
        for (Path device : devices()) {
            try {
                GpioChip chip = openPath(device.toString());
                if (chip.name.equals(wanted) || chip.label.equals(wanted)) {
                    return chip;
                }
                chip.close();
            } catch (PinTrouble e) {
                // A chip that may not be opened may still be the wanted one by its path's name.
                if (device.endsWith(wanted)) {
                    throw e;
                }
            }
        }
        throw noChip(wanted);
    }

    private static GpioChip openPath(String path) throws PinTrouble {
        int fd;
        try {
            fd = GpioCalls.open(path);
        } catch (GpioCalls.Failed e) {
            throw switch (e.errno()) {
                case GpioCalls.ENOENT, GpioCalls.ENODEV, GpioCalls.ENXIO -> noChip(path);
                case GpioCalls.EACCES, GpioCalls.EPERM ->
                    new PinTrouble(
                            path + ": this user may not open it",
                            "put the service's user into the group that owns " + path
                                    + " (gpio on Raspberry Pi OS; elsewhere a udev rule must give it one)");
                default -> new PinTrouble(path + ": " + e.getMessage(), "correct chip in [gpio]: " + present());
            };
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(GpioAbi.CHIP_INFO_BYTES, 8);
            GpioCalls.ioctl(fd, GpioAbi.GET_CHIPINFO, info);
            return new GpioChip(
                    fd, path, text(info, 0), text(info, GpioAbi.CHIP_LABEL), info.get(JAVA_INT, GpioAbi.CHIP_LINES));
        } catch (GpioCalls.Failed e) {
            GpioCalls.close(fd);
            throw new PinTrouble(
                    path + " is no GPIO chip (" + GpioCalls.word(e.errno()) + ")",
                    "correct chip in [gpio]: " + present());
        }
    }

    private static PinTrouble noChip(String wanted) {
        return new PinTrouble(
                "there is no GPIO chip " + wanted,
                "correct chip in [gpio]: " + present() + "; or take the table [gpio] out");
    }

    /** What chips this machine has, for a person. */
    static String present() {
        List<String> found = new ArrayList<>();
        for (Path device : devices()) {
            try (GpioChip chip = openPath(device.toString())) {
                found.add(device + " (" + chip.label + ", " + chip.lines + " lines)");
            } catch (PinTrouble e) {
                found.add(device.toString());
            }
        }
        return found.isEmpty() ? "this machine has none under /dev/gpiochip*" : "there is " + String.join(", ", found);
    }

    private static List<Path> devices() {
        List<Path> devices = new ArrayList<>();
        if (Files.isDirectory(DEVICES)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(DEVICES, "gpiochip*")) {
                found.forEach(devices::add);
            } catch (IOException e) {
                // A /dev that cannot be listed is one in which no chip can be found.
                return List.of();
            }
        }
        devices.sort(null);
        return devices;
    }

    /** The kernel's name, such as {@code gpiochip0}. */
    String name() {
        return name;
    }

    /** The line of this number or name. */
    LineInfo line(String wanted) throws PinTrouble {
        OptionalInt number = number(wanted);
        if (number.isPresent()) {
            if (number.getAsInt() >= lines) {
                throw new PinTrouble(
                        name + " has no line " + wanted,
                        "want 0 to " + (lines - 1) + ", or another chip: " + present());
            }
            return info(number.getAsInt());
        }
        for (int offset = 0; offset < lines; offset++) {
            LineInfo info = info(offset);
            if (info.name().equals(wanted)) {
                return info;
            }
        }
        throw new PinTrouble(
                name + " (" + label + ") has no line named \"" + wanted + "\"",
                "see the names with gpioinfo, or give the line's number; chips: " + present());
    }

    static OptionalInt number(String line) {
        boolean digits = !line.isEmpty() && line.length() <= 4 && line.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalInt.of(Integer.parseInt(line)) : OptionalInt.empty();
    }

    private LineInfo info(int offset) throws PinTrouble {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(GpioAbi.LINE_INFO_BYTES, 8);
            info.set(JAVA_INT, GpioAbi.LINE_OFFSET, offset);
            GpioCalls.ioctl(fd, GpioAbi.GET_LINEINFO, info);
            long flags = info.get(JAVA_LONG, GpioAbi.LINE_FLAGS);
            return new LineInfo(
                    offset,
                    text(info, 0),
                    text(info, GpioAbi.LINE_CONSUMER),
                    (flags & GpioAbi.FLAG_USED) != 0,
                    (flags & GpioAbi.FLAG_OUTPUT) != 0);
        } catch (GpioCalls.Failed e) {
            throw gone("line " + offset, e);
        }
    }

    /** Says that somebody else holds the line. */
    PinTrouble taken(LineInfo line) {
        return new PinTrouble(
                name + " " + line.words() + " is taken"
                        + (line.consumer().isEmpty() ? " by the kernel" : " by \"" + line.consumer() + "\""),
                "end that program, or switch the kernel's driver or overlay off, or wire the pin to another line;"
                        + " it is tried again all the time");
    }

    /**
     * Takes the line as an input, with events at both edges where {@code edges} says so.
     *
     * @param buffer events that the kernel keeps for us
     * @return the line's descriptor, to be closed
     */
    int request(LineInfo line, Config.Gpio.Bias bias, boolean edges, String consumer, int buffer) throws PinTrouble {
        long flags = GpioAbi.FLAG_INPUT
                | (edges ? GpioAbi.FLAG_EDGE_RISING | GpioAbi.FLAG_EDGE_FALLING : 0)
                | switch (bias) {
                    case PULL_UP -> GpioAbi.FLAG_PULL_UP;
                    case PULL_DOWN -> GpioAbi.FLAG_PULL_DOWN;
                    case NONE -> GpioAbi.FLAG_NO_BIAS;
                };
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(GpioAbi.REQUEST_BYTES, 8);
            request.set(JAVA_INT, 0, line.offset());
            request.setString(GpioAbi.REQUEST_CONSUMER, consumer);
            request.set(JAVA_LONG, GpioAbi.REQUEST_FLAGS, flags);
            request.set(JAVA_INT, GpioAbi.REQUEST_NUM_LINES, 1);
            request.set(JAVA_INT, GpioAbi.REQUEST_BUFFER, edges ? buffer : 0);
            GpioCalls.ioctl(fd, GpioAbi.GET_LINE, request);
            return request.get(JAVA_INT, GpioAbi.REQUEST_FD);
        } catch (GpioCalls.Failed e) {
            throw switch (e.errno()) {
                case GpioCalls.EBUSY -> taken(info(line.offset()));
                case GpioCalls.EACCES, GpioCalls.EPERM ->
                    new PinTrouble(
                            name + " " + line.words() + ": this user may not take it",
                            "run the service as a user of the group that owns " + path);
                case GpioCalls.ENODEV -> gone(line.words(), e);
                case GpioCalls.EINVAL, GpioCalls.ENXIO ->
                    new PinTrouble(
                            name + " " + line.words() + " does not take this request (" + GpioCalls.word(e.errno())
                                    + ")",
                            "the chip may not tell edges or have no such bias: try bias = \"none\", or another line;"
                                    + " the kernel must be 5.10 or newer");
                default -> gone(line.words(), e);
            };
        }
    }

    private PinTrouble gone(String what, GpioCalls.Failed e) {
        return new PinTrouble(
                name + " " + what + ": " + e.getMessage(), "the chip may be gone; it is tried again all the time");
    }

    private static String text(MemorySegment info, long offset) {
        byte[] bytes = info.asSlice(offset, GpioAbi.NAME_BYTES).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        GpioCalls.close(fd);
    }
}

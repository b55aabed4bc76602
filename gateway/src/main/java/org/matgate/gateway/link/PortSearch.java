package org.matgate.gateway.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks what serial ports this machine has, what adapters they are and who holds them. It opens none of them.
 *
 * @param dev where the ports are, {@code /dev}
 * @param sys where the kernel tells of adapters, {@code /sys}
 * @param proc where the kernel tells of processes, {@code /proc}
 */
public record PortSearch(Path dev, Path sys, Path proc) {
    /** This machine's. */
    public static final PortSearch MACHINE = new PortSearch(SerialPorts.DEV, Path.of("/sys"), Path.of("/proc"));

    /** From a port's own directory up to its USB device's there are three levels, four behind a multi-port adapter. */
    private static final int LEVELS = 6;

    /** What the kernel's serial core puts between a port and its driver. */
    private static final List<String> GENERIC_DRIVERS = List.of("port", "ctrl");

    private static final String MATGATE = "org.matgate.gateway.Matgate";

    private static final String NO_UART = "0";

    /**
     * A serial port.
     *
     * @param name what to write into a configuration: the name that survives replugging, where there is one
     * @param device what the name leads to, such as {@code /dev/ttyUSB0}
     * @param adapter maker, product and driver, as far as known; may be empty
     * @param holders other processes that have it open, as far as this user may know, such as {@code java (process 812)}
     */
    public record Port(Path name, Path device, String adapter, List<String> holders) {
        public Port {
            holders = List.copyOf(holders);
        }
    }

    /** What ports there are, in half a sentence. */
    public String describe() {
        return SerialPorts.describe(dev);
    }

    /** All ports, those with names that survive replugging first; each once. */
    public List<Port> all() {
        Map<Path, Path> names = new LinkedHashMap<>();
        for (Path name : SerialPorts.stable(dev)) {
            names.putIfAbsent(device(name), name);
        }
        for (Path name : SerialPorts.plain(dev)) {
            if (!isPlaceholder(name)) {
                names.putIfAbsent(device(name), name);
            }
        }
        return ports(names);
    }

    /** These ports, whether they are there or not. */
    public List<Port> named(List<Path> wanted) {
        Map<Path, Path> names = new LinkedHashMap<>();
        wanted.forEach(name -> names.putIfAbsent(device(name), name));
        return ports(names);
    }

    private List<Port> ports(Map<Path, Path> namesOfDevices) {
        Map<Path, List<String>> holders =
                holders(namesOfDevices.keySet().stream().toList());
        return namesOfDevices.entrySet().stream()
                .map(entry -> new Port(
                        entry.getValue(),
                        entry.getKey(),
                        adapter(entry.getKey()),
                        holders.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private static Path device(Path name) {
        try {
            return name.toRealPath();
        } catch (IOException e) {
            return name.toAbsolutePath().normalize();
        }
    }

    /** The kernel makes nodes for ports that the board does not have. */
    private boolean isPlaceholder(Path name) {
        return text(tty(name).resolve("type")).equals(Optional.of(NO_UART));
    }

    private Path tty(Path device) {
        return sys.resolve("class/tty").resolve(device.getFileName().toString());
    }

    private String adapter(Path device) {
        List<String> words = new ArrayList<>();
        @Nullable Path directory;
        try {
            directory = tty(device).resolve("device").toRealPath();
        } catch (IOException e) {
            return "";
        }
        Optional<String> driver = Optional.empty();
        for (int level = 0; directory != null && level < LEVELS; level++) {
            if (driver.isEmpty()) {
                driver = target(directory.resolve("driver"))
                        .map(path -> path.getFileName().toString())
                        .filter(name -> !GENERIC_DRIVERS.contains(name));
            }
            if (Files.exists(directory.resolve("idVendor"))) {
                text(directory.resolve("manufacturer")).ifPresent(words::add);
                text(directory.resolve("product")).ifPresent(words::add);
                break;
            }
            directory = directory.getParent();
        }
        driver.ifPresent(name -> words.add("driver " + name));
        return String.join(", ", words);
    }

    private Map<Path, List<String>> holders(List<Path> devices) {
        Map<Path, List<String>> holders = new LinkedHashMap<>();
        String self = Long.toString(ProcessHandle.current().pid());
        for (Path process : list(proc)) {
            String pid = process.getFileName().toString();
            if (!pid.chars().allMatch(Character::isDigit) || pid.equals(self)) {
                continue;
            }
            list(process.resolve("fd")).stream()
                    .map(PortSearch::target)
                    .flatMap(Optional::stream)
                    .filter(devices::contains)
                    .distinct()
                    .forEach(device -> holders.computeIfAbsent(device, key -> new ArrayList<>())
                            .add(program(process) + " (process " + pid + ")"));
        }
        return holders;
    }

    private static String program(Path process) {
        // All programs in Java are called java.
        return text(process.resolve("cmdline"))
                        .filter(line -> line.contains(MATGATE))
                        .isPresent()
                ? "matgate"
                : text(process.resolve("comm")).orElse("a program");
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is in it; nothing if it is gone or not for us to see. */
    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

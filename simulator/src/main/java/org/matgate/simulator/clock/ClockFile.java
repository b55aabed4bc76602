package org.matgate.simulator.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** A box's {@code clock.txt}, through which it is told what its clocks are to show. */
public record ClockFile(Path path) {
    private static final String HEADER = "# effective_machine_nanos boot_id monotonic_offset_nanos monotonic_rate_ppb"
            + " raw_rate_ppb utc_minus_monotonic_nanos synchronised max_error_nanos leap\n";

    /** Writes all lines at once, so that a box that reads meanwhile sees all or none of them. */
    public void write(List<ClockLine> lines) throws IOException {
        Path whole = path.resolveSibling(path.getFileName() + ".new");
        Files.writeString(
                whole, lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining("", HEADER, "")));
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The boots that it tells of, in the order of time; none if there is no file.
     *
     * @throws IOException if a line is none; the message names it
     */
    public List<BootClock> boots() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        List<ClockLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(path)) {
            number++;
            try {
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(ClockLine.parse(line.strip()));
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(path + ":" + number + ": " + e.getMessage(), e);
            }
        }
        SequencedMap<UUID, List<ClockLine>> boots = new LinkedHashMap<>();
        for (ClockLine line : BootClock.sorted(lines)) {
            boots.computeIfAbsent(line.bootId(), boot -> new ArrayList<>()).add(line);
        }
        return boots.values().stream().map(BootClock::of).toList();
    }
}

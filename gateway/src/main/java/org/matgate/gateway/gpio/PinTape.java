package org.matgate.gateway.gpio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.KernelClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files through which pins are simulated, in a directory that the simulator makes before the box starts. Lines of
 * text, columns separated by blanks; a line that has no line feed yet is still being written. Empty lines and lines that
 * begin with {@code #} say nothing; a bad line is told once and skipped.
 *
 * <table>
 * <caption>The files</caption>
 * <tr><th>file</th><th>written by</th><th>a line</th></tr>
 * <tr><td>in</td><td>the simulator, appending</td><td>{@code time line level [sequence]}: an edge. The time is the
 *     machine's CLOCK_MONOTONIC in nanoseconds, or {@code -} for an edge that nobody stamps; the line is written as in
 *     the configuration; the level, 0 or 1, is that after the edge; the sequence counts the line's edges, so that one
 *     that is left out shows as dropped</td></tr>
 * <tr><td>out</td><td>the box, appending</td><td>{@code time line level}: the box has set an output</td></tr>
 * </table>
 *
 * What is in the file {@code in} when the box starts is history: it tells the present levels only. Thread-safe.
 */
final class PinTape {
    private static final Logger LOG = LoggerFactory.getLogger(PinTape.class);
    private static final int MOST_BYTES_A_LOOK = 1 << 16;
    /** A longer line is none. */
    private static final int LONGEST_LINE = 1_000;

    private final Path directory;
    private final Path in;
    private final BoxClock clock;
    private final BoxClock machine;
    private final Map<String, Boolean> levels = new HashMap<>();
    /** The last sequence of each line, and that before the first edge which its listener is told. */
    private final Map<String, Long> sequences = new HashMap<>();

    private final Map<String, Long> sequencesBefore = new HashMap<>();
    private final Map<String, Consumer<EdgeSource.RawEdge>> listeners = new HashMap<>();
    private final Set<String> troubles = new HashSet<>();
    private final StringBuilder partial = new StringBuilder();
    private long position;
    private boolean history = true;

    /** @param clock maps the machine's time to the box's */
    PinTape(Path directory, BoxClock clock) throws PinTrouble {
        try {
            machine = KernelClock.open();
        } catch (IOException e) {
            throw new PinTrouble(String.valueOf(e.getMessage()), "use another Java");
        }
        this.directory = directory;
        this.in = directory.resolve("in");
        this.clock = clock;
    }

    /** The line's level, where any was told. */
    synchronized Optional<Boolean> level(String line) throws PinTrouble {
        follow();
        return Optional.ofNullable(levels.get(line));
    }

    /** Has the line's edges told from now on, on the thread that calls {@link #follow}. */
    synchronized void listen(String line, Consumer<EdgeSource.RawEdge> listener) {
        listeners.put(line, listener);
        sequencesBefore.put(line, sequences.getOrDefault(line, 0L));
    }

    synchronized void forget(String line) {
        listeners.remove(line);
    }

    /** Reads what the simulator has written since the last look. */
    synchronized void follow() throws PinTrouble {
        require(directory);
        if (Files.exists(in)) {
            try (SeekableByteChannel channel = Files.newByteChannel(in, StandardOpenOption.READ)) {
                read(channel);
            } catch (IOException e) {
                throw new PinTrouble(in + ": cannot be read: " + e, "give the service's user the right to read it");
            }
        }
        history = false;
    }

    /** The directory must be there. */
    static void require(Path directory) throws PinTrouble {
        if (!Files.isDirectory(directory)) {
            throw new PinTrouble(
                    directory + ": there is no such directory",
                    "the simulator must make it before the box starts; else correct pins in [simulation]");
        }
    }

    private void read(SeekableByteChannel channel) throws IOException {
        if (channel.size() < position) {
            trouble(in + " has become shorter; only what is appended from now on counts");
            position = channel.size();
            partial.setLength(0);
        }
        if (channel.size() == position) {
            return;
        }
        channel.position(position);
        ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES_A_LOOK);
        for (int length; (length = channel.read(buffer)) > 0; buffer.clear()) {
            position += length;
            partial.append(new String(buffer.array(), 0, length, StandardCharsets.ISO_8859_1));
            int from = 0;
            for (int end; (end = partial.indexOf("\n", from)) >= 0; from = end + 1) {
                line(partial.substring(from, end).strip());
            }
            partial.delete(0, from);
            if (partial.length() > LONGEST_LINE) {
                trouble(in + ": a line of more than " + LONGEST_LINE + " characters is skipped");
                partial.setLength(0);
            }
        }
    }

    private void line(String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        String[] columns = text.split("\\s+", -1);
        try {
            if (columns.length < 3 || columns.length > 4 || !columns[2].matches("[01]")) {
                throw new NumberFormatException("columns");
            }
            boolean high = columns[2].equals("1");
            long sequence = columns.length == 4 ? Long.parseUnsignedLong(columns[3]) : 0;
            long stamp =
                    columns[0].equals("-") ? EdgeSource.NO_STAMP : clock.monotonicOfMachine(Long.parseLong(columns[0]));
            edge(columns[1], new EdgeSource.RawEdge(stamp, high, sequence));
        } catch (NumberFormatException e) {
            trouble(in + ": '" + text.substring(0, Math.min(text.length(), 80))
                    + "' is skipped; want time line level [sequence], such as" + " 123456789012345 17 1");
        }
    }

    private void edge(String line, EdgeSource.RawEdge edge) {
        levels.put(line, edge.high());
        if (edge.sequence() > 0) {
            sequences.put(line, edge.sequence());
        }
        Consumer<EdgeSource.RawEdge> listener = listeners.get(line);
        if (history || listener == null) {
            sequencesBefore.put(line, sequences.getOrDefault(line, 0L));
            return;
        }
        // As the kernel, which counts from 1 for whoever takes the line anew.
        long sequence = Math.max(0, edge.sequence() - sequencesBefore.getOrDefault(line, 0L));
        listener.accept(new EdgeSource.RawEdge(edge.stampNanos(), edge.high(), sequence));
    }

    private void trouble(String what) {
        if (troubles.size() < 100 && troubles.add(what)) {
            LOG.warn("simulated pins: {}", what);
        }
    }

    /** Tells the simulator that an output has been set. */
    synchronized void write(String line, boolean high) throws PinTrouble {
        try {
            String text = machine.monotonicNanos() + " " + line + " " + (high ? "1" : "0") + "\n";
            Files.writeString(directory.resolve("out"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new PinTrouble(
                    directory.resolve("out") + ": cannot be written: " + e,
                    "the simulator must make " + directory + " before the box starts, writable for the service");
        }
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.bench.BenchmarkReads;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A row of the journal, of commits of the largest size; the disk's sync is in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventWriterBenchmark {
    private static final int ROWS = CommitLoop.MOST_EVENTS;

    private Path directory = Path.of("");
    private @Nullable EventWriter writer;
    private long seq;

    @Setup
    public void open() throws IOException, SQLException {
        directory = Files.createTempDirectory("matgate-benchmark-");
        Journal.open(new Journal.Opening(directory, "bench", new UUID(1, 1), "", 0, Duration.ZERO))
                .close();
        writer = new EventWriter(
                Schema.writer(directory.resolve("journal.db")), new Life(1, new JournalId(1, 2), false));
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void append() throws SQLException {
        List<Entry> entries = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            entries.add(new Entry(++seq, BenchmarkReads.READS.get(i)));
        }
        Objects.requireNonNull(writer).append(entries);
    }

    @TearDown
    public void close() throws IOException, SQLException {
        Objects.requireNonNull(writer).close();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package org.matgate.gateway.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.matgate.protocol.stream.Event;

/**
 * Measures the journal against a bare batch insert of the same rows by the same driver into the same table, in turns, so
 * that both meet the same machine. Run by hand: arguments are the directory, the rounds and the rows of each.
 */
final class JournalBench {
    private JournalBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args[0]), "bench");
        int rounds = Integer.parseInt(args[1]);
        int rows = Integer.parseInt(args[2]);
        List<Event.TagRead> reads = reads(rows);
        double[] bare = new double[rounds];
        double[] journal = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            bare[round] = bare(directory, reads);
            journal[round] = journal(directory, reads);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: bare %.0f rows/s, journal %.0f rows/s, ratio %.2f%n",
                    round,
                    bare[round],
                    journal[round],
                    journal[round] / bare[round]);
        }
        double[] ratios = new double[rounds];
        Arrays.setAll(ratios, round -> journal[round] / bare[round]);
        System.out.printf(
                Locale.ROOT,
                "median: bare %.0f rows/s, journal %.0f rows/s, ratio %.2f%n",
                median(bare),
                median(journal),
                median(ratios));
    }

    private static double bare(Path directory, List<Event.TagRead> reads) throws Exception {
        clear(directory);
        Path file = directory.resolve("journal.db");
        try (Connection connection = Schema.writer(file)) {
            Schema.prepare(connection, file);
            long start = System.nanoTime();
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO event(id, kind, boot, monotonic_nanos, utc_nanos, uncertainty_nanos, source, antenna,
                      chip, rssi_centi_dbm, reader_time_base, reader_time_micros, arrival_monotonic_nanos, sightings)
                    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
                long id = Schema.id(1, 1);
                for (Event.TagRead read : reads) {
                    insert.setLong(1, id++);
                    insert.setInt(2, Schema.TAG_READ);
                    insert.setInt(3, 1);
                    insert.setLong(4, read.stamp().monotonicNanos());
                    insert.setLong(5, read.stamp().utcNanos());
                    insert.setLong(6, read.stamp().uncertaintyNanos());
                    insert.setInt(7, 1);
                    insert.setInt(8, read.antenna());
                    insert.setString(9, read.chip().hex());
                    insert.setInt(10, read.rssiCentiDbm().getAsInt());
                    insert.setInt(11, 1);
                    insert.setLong(12, read.readerTime().micros());
                    insert.setLong(13, read.arrivalMonotonicNanos());
                    insert.setInt(14, read.sightings());
                    insert.addBatch();
                    if (id % CommitLoop.MOST_EVENTS == 0) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
                insert.executeBatch();
                connection.commit();
            }
            return reads.size() * 1e9 / (System.nanoTime() - start);
        }
    }

    private static double journal(Path directory, List<Event.TagRead> reads) throws Exception {
        clear(directory);
        CountDownLatch done = new CountDownLatch(reads.size());
        try (Journal journal =
                Journal.open(new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO))) {
            journal.subscribe((id, run) -> {
                for (int i = run.size(); i > 0; i--) {
                    done.countDown();
                }
            });
            long start = System.nanoTime();
            for (Event.TagRead read : reads) {
                while (!journal.offer(read)) {
                    Thread.sleep(1);
                }
            }
            done.await();
            return reads.size() * 1e9 / (System.nanoTime() - start);
        }
    }

    private static List<Event.TagRead> reads(int count) {
        List<Event.TagRead> reads = new ArrayList<>(count);
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            reads.add(SampleEvents.read(random.nextInt(5_000)));
        }
        return reads;
    }

    private static void clear(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

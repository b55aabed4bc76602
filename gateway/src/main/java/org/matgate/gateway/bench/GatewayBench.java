package org.matgate.gateway.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.BoxClocks;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.Journal;
import org.matgate.protocol.stream.Event.TagRead;

/** The gateway's own measurements; {@code simulator/README.md} says what each is for. */
public final class GatewayBench {
    /** Longer than any machine takes to deliver a round. */
    private static final Duration DELIVERY = Duration.ofMinutes(5);

    /**
     * How many events wait for the journal, and how many for the engine, when both are measured: no more than are in
     * memory anyway, so that it is the way which is measured and not the disk's reading. What was left behind has a
     * measurement of its own.
     */
    private static final int MOST_WAITING = 8192;

    /** How many measurements, and of what. */
    public record Effort(int warmUp, int rounds, int rows) {}

    private final BoxClock clock;
    private final List<TagRead> reads = SampleReads.make();
    private final String machineId;
    private final PrintWriter out;

    /**
     * Measures nothing yet.
     *
     * @param machineId the same as the service's, which then continues what was filled
     * @param out gets a line a measurement, as {@link Rounds} has it
     * @throws IOException if the machine's clock cannot be read
     */
    public GatewayBench(String machineId, PrintWriter out) throws IOException {
        this.clock = BoxClocks.open(Optional.empty());
        this.machineId = machineId;
        this.out = out;
    }

    /**
     * {@code plain} (sqlite-jdbc alone) and {@code journal} (intake to commit) in turns.
     *
     * @param directory an empty directory on the disk that is meant
     */
    public void journal(Path directory, Effort effort) throws Exception {
        try (PlainInsert plain = plain(directory.resolve("plain"));
                Journal journal = Journal.open(opening(directory.resolve("journal"), "bench"))) {
            Feeder feeder = new Feeder(journal, reads, () -> journal.fillLevel() < Feeder.FULL_ENOUGH);
            Rounds turns = rounds();
            turns.add("plain", count -> plain.insert(reads, count));
            turns.add("journal", feeder::commit);
            turns.run(effort.warmUp(), effort.rounds(), effort.rows());
        }
    }

    /**
     * {@code plain} and, for each box, {@code NAME} (intake to the engines' acknowledgement) in turns.
     *
     * @param directory an empty directory on the disk that is meant
     * @param boxes each with an engine that runs and holds nothing of it
     */
    public void stream(Path directory, List<Config> boxes, Box.Starter starter, Effort effort) throws Exception {
        List<Box> running = new ArrayList<>();
        try (PlainInsert plain = plain(directory)) {
            Rounds turns = rounds();
            turns.add("plain", count -> plain.insert(reads, count));
            for (Config config : boxes) {
                Box box = starter.start(config);
                running.add(box);
                deliver(box, 1);
                turns.add(config.box().name(), count -> deliver(box, count));
            }
            turns.run(effort.warmUp(), effort.rounds(), effort.rows());
        } finally {
            running.forEach(Box::close);
        }
    }

    private void deliver(Box box, int count) throws Exception {
        Journal journal = box.journal();
        new Feeder(
                        journal,
                        reads,
                        () -> journal.fillLevel() * Journal.INTAKE_READS < MOST_WAITING && box.behind() < MOST_WAITING)
                .commit(count);
        if (!box.awaitDelivered(DELIVERY)) {
            throw new TimeoutException("the engine does not hold all " + count + " reads after " + DELIVERY);
        }
    }

    /** Puts so many reads into the box's journal, for the service to find when it starts. */
    public void fill(Config config, int rows) throws Exception {
        try (Journal journal =
                Journal.open(opening(config.box().data(), config.box().name()))) {
            new Feeder(journal, reads, () -> journal.fillLevel() < Feeder.FULL_ENOUGH).commit(rows);
        }
    }

    private Rounds rounds() {
        return new Rounds(clock::monotonicNanos, out);
    }

    private PlainInsert plain(Path directory) throws IOException, SQLException {
        // For the table.
        Journal.open(opening(directory, "plain")).close();
        return new PlainInsert(directory.resolve("journal.db"));
    }

    private Journal.Opening opening(Path directory, String box) {
        return new Journal.Opening(
                directory, box, clock.bootId(), machineId, clock.read().utcNanos(), Duration.ZERO);
    }
}

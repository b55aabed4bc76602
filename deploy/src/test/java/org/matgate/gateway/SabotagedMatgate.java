package org.matgate.gateway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.matgate.gateway.cli.RunCommand;
import org.matgate.gateway.journal.EventSink;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Event.ReaderState;
import org.matgate.protocol.stream.Event.TagRead;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Stamp;
import picocli.CommandLine;

/** The real gateway with one fault put in on purpose, to see that a referee finds it. */
public final class SabotagedMatgate {
    private static final int EVERY = Integer.getInteger("sabotage.every", 1000);
    private static final long SHIFT_NANOS = 3_000_000_000L;
    private static final long WIDER_NANOS = 60_000_000_000L;

    /** What a piece of a clock's map may begin before it was found. */
    private static final long PRESENT_NANOS = 1_500_000_000;

    private SabotagedMatgate() {}

    public static void main(String[] arguments) {
        UnaryOperator<EventSink> sabotage = Arrays.stream(
                        System.getProperty("sabotage").split(","))
                .map(SabotagedMatgate::sabotage)
                .reduce(journal -> journal, (first, then) -> journal -> then.apply(first.apply(journal)));
        CommandLine command =
                new CommandLine(new Matgate()).addSubcommand(new RunCommand(config -> Gateway.start(config, sabotage)));
        System.exit(command.execute(arguments));
    }

    private static UnaryOperator<EventSink> sabotage(String how) {
        return switch (how) {
            case "drop" -> SabotagedMatgate::drop;
            case "double" -> SabotagedMatgate::twice;
            case "shift" -> SabotagedMatgate::shift;
            case "forget" -> SabotagedMatgate::forget;
            case "first-clock" -> SabotagedMatgate::firstClock;
            case "wide-gaps" -> SabotagedMatgate::wideGaps;
            case "second-gun" -> SabotagedMatgate::secondGun;
            case "erase" -> SabotagedMatgate::erase;
            default ->
                throw new IllegalArgumentException("-Dsabotage=" + how + "; want drop, double, shift, forget,"
                        + " first-clock, wide-gaps, second-gun or erase");
        };
    }

    /** Loses a read in so many, and says that it was taken. */
    private static EventSink drop(EventSink journal) {
        AtomicLong reads = new AtomicLong();
        return event -> (event instanceof TagRead && reads.incrementAndGet() % EVERY == 0) || journal.offer(event);
    }

    /** Keeps a read in so many twice. */
    private static EventSink twice(EventSink journal) {
        AtomicLong reads = new AtomicLong();
        return event -> journal.offer(event)
                && (!(event instanceof TagRead) || reads.incrementAndGet() % EVERY != 0 || journal.offer(event));
    }

    /** Loses what it has committed: of so many reads the last one is taken out of the journal again. */
    private static EventSink erase(EventSink journal) {
        AtomicLong reads = new AtomicLong();
        return event -> {
            if (event instanceof TagRead && reads.incrementAndGet() % EVERY == 0) {
                try (Connection connection =
                                DriverManager.getConnection("jdbc:sqlite:" + System.getProperty("sabotage.journal"));
                        Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA busy_timeout = 2000");
                    statement.executeUpdate(
                            "DELETE FROM event WHERE id = (SELECT max(id) - 1 FROM event WHERE kind = 16)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return journal.offer(event);
        };
    }

    /** Believes in a UTC that is three seconds late, and says so; what the reads alone believed would be restated. */
    private static EventSink shift(EventSink journal) {
        return event -> journal.offer(
                switch (event) {
                    case TagRead read -> shifted(read);
                    case ClockState piece ->
                        piece(piece, piece.fromMonotonicNanos(), piece.anchorUtcNanos() + SHIFT_NANOS);
                    default -> event;
                });
    }

    /** Learns the time from nobody but its own clock, and does not put right what it took before. */
    private static EventSink forget(EventSink journal) {
        return event -> {
            if (!(event instanceof ClockState piece)) {
                return journal.offer(event);
            }
            if (piece.source() == ClockSource.ENGINE) {
                return true;
            }
            // A piece that the box finds by itself has as its edition when it did.
            long from = Math.max(piece.fromMonotonicNanos(), piece.edition() - PRESENT_NANOS);
            boolean past = piece.untilMonotonicNanos() != 0 && piece.untilMonotonicNanos() <= from;
            return past || journal.offer(piece(piece, from, piece.anchorUtcNanos()));
        };
    }

    /**
     * Believes the first clock that it sees, right or wrong, and takes no notice when that is set. If it was right
     * already as a slow machine came to look, it is wrong all the same.
     */
    private static EventSink firstClock(EventSink journal) {
        AtomicLong pieces = new AtomicLong();
        return event -> {
            if (!(event instanceof ClockState piece)) {
                return journal.offer(event);
            }
            long wrong = piece.uncertaintyNanos() < SHIFT_NANOS ? SHIFT_NANOS : 0;
            return pieces.incrementAndGet() > 1
                    || journal.offer(new ClockState(
                            piece.stamp(),
                            piece.edition(),
                            0,
                            0,
                            piece.anchorMonotonicNanos(),
                            piece.anchorRawNanos(),
                            piece.anchorUtcNanos() + wrong,
                            piece.ratePpb(),
                            1_000_000,
                            0,
                            ClockSource.KERNEL,
                            piece.reason()));
        };
    }

    /** Whatever gap it tells of, it may as well have begun a minute before, and may last a minute longer. */
    private static EventSink wideGaps(EventSink journal) {
        return event -> journal.offer(
                event instanceof ReaderState state
                        ? new ReaderState(
                                state.stamp(),
                                state.reader(),
                                state.phase(),
                                state.detail(),
                                state.gaps().stream()
                                        .map(SabotagedMatgate::wide)
                                        .toList())
                        : event);
    }

    private static Gap wide(Gap gap) {
        return new Gap(
                gap.cause(),
                gap.fromMonotonicNanos() - Math.min(gap.fromMonotonicNanos(), WIDER_NANOS),
                gap.untilMonotonicNanos() + WIDER_NANOS,
                gap.fromUtcNanos() - WIDER_NANOS,
                gap.untilUtcNanos() + WIDER_NANOS,
                gap.count());
    }

    private static ClockState piece(ClockState piece, long fromMonotonicNanos, long anchorUtcNanos) {
        return new ClockState(
                piece.stamp(),
                piece.edition(),
                fromMonotonicNanos,
                piece.untilMonotonicNanos(),
                piece.anchorMonotonicNanos(),
                piece.anchorRawNanos(),
                anchorUtcNanos,
                piece.ratePpb(),
                piece.uncertaintyNanos(),
                piece.uncertaintyGrowthPpb(),
                piece.source(),
                piece.reason());
    }

    /** Takes a bounce of the start gun for another one. */
    private static EventSink secondGun(EventSink journal) {
        return event -> journal.offer(event) && (!(event instanceof Event.Gun) || journal.offer(event));
    }

    private static Event shifted(TagRead read) {
        Stamp stamp = read.stamp();
        return new TagRead(
                new Stamp(
                        stamp.bootId(),
                        stamp.monotonicNanos(),
                        stamp.utcNanos() + SHIFT_NANOS,
                        stamp.uncertaintyNanos(),
                        stamp.momentUncertaintyNanos()),
                read.source(),
                read.antenna(),
                read.chip(),
                read.rssiCentiDbm(),
                read.readerTime(),
                read.arrivalMonotonicNanos(),
                read.sightings());
    }
}

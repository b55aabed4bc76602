package org.matgate.simulator.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The clocks of a box during one boot: what its lines in {@code clock.txt} come to. Immutable. */
public final class BootClock {
    private final UUID bootId;
    private final List<Piece> pieces;

    /** A line, and the box's CLOCK_MONOTONIC and CLOCK_MONOTONIC_RAW where it begins. */
    private record Piece(ClockLine line, long monotonicNanos, long rawNanos) {
        long monotonicAt(long machineNanos) {
            return monotonicNanos + gained(machineNanos - line.fromMachineNanos(), line.monotonicRatePpb());
        }

        long rawAt(long machineNanos) {
            return rawNanos + gained(machineNanos - line.fromMachineNanos(), line.rawRatePpb());
        }

        private static long gained(long nanos, long ppb) {
            return nanos + Math.round((double) nanos * ppb / 1e9);
        }
    }

    private BootClock(UUID bootId, List<Piece> pieces) {
        this.bootId = bootId;
        this.pieces = List.copyOf(pieces);
    }

    /** @param lines of one boot, at least one, in the order of time */
    static BootClock of(List<ClockLine> lines) {
        List<Piece> pieces = new ArrayList<>();
        for (ClockLine line : lines) {
            long from = line.fromMachineNanos();
            if (pieces.isEmpty()) {
                long first = from + line.monotonicOffsetNanos();
                pieces.add(new Piece(line, first, first));
            } else {
                Piece last = pieces.getLast();
                pieces.add(new Piece(line, last.monotonicAt(from), last.rawAt(from)));
            }
        }
        return new BootClock(lines.getFirst().bootId(), pieces);
    }

    public UUID bootId() {
        return bootId;
    }

    /** When the boot began, on this machine's CLOCK_MONOTONIC. */
    public long fromMachineNanos() {
        return pieces.getFirst().line().fromMachineNanos();
    }

    /** The box's CLOCK_MONOTONIC at a moment of this machine's. */
    public long monotonicAt(long machineNanos) {
        return at(machineNanos).monotonicAt(machineNanos);
    }

    /** The box's CLOCK_MONOTONIC_RAW at a moment of this machine's CLOCK_MONOTONIC. */
    public long rawAt(long machineNanos) {
        return at(machineNanos).rawAt(machineNanos);
    }

    /** What the box takes for UTC at a moment of this machine's CLOCK_MONOTONIC, nanoseconds since 1970. */
    public long utcAt(long machineNanos) {
        Piece piece = at(machineNanos);
        return piece.monotonicAt(machineNanos) + piece.line().utcMinusMonotonicNanos();
    }

    /** What the kernel says at a moment of this machine's CLOCK_MONOTONIC. */
    public ClockLine lineAt(long machineNanos) {
        return at(machineNanos).line();
    }

    /** This machine's CLOCK_MONOTONIC at a moment of the box's; a moment before the boot goes by its first line. */
    public long machineOf(long monotonicNanos) {
        Piece holding = pieces.getFirst();
        for (Piece piece : pieces) {
            if (piece.monotonicNanos() <= monotonicNanos) {
                holding = piece;
            }
        }
        double rate = 1 + holding.line().monotonicRatePpb() / 1e9;
        long since = monotonicNanos - holding.monotonicNanos();
        // Of what is left over only the small part goes through a double.
        return holding.line().fromMachineNanos() + since + Math.round(since * (1 / rate - 1));
    }

    private Piece at(long machineNanos) {
        Piece holding = pieces.getFirst();
        for (Piece piece : pieces) {
            if (piece.line().fromMachineNanos() <= machineNanos) {
                holding = piece;
            }
        }
        return holding;
    }

    static List<ClockLine> sorted(List<ClockLine> lines) {
        return lines.stream()
                .sorted(Comparator.comparingLong(ClockLine::fromMachineNanos))
                .toList();
    }
}

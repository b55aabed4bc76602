package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The states of one simulated boot, in the order in which they begin to hold. Immutable. */
record SimulatedStates(List<Piece> pieces) {
    SimulatedStates {
        pieces = List.copyOf(pieces);
    }

    /** A state, and the monotonic clocks where it begins. */
    record Piece(SimulatedState state, long monotonicNanos, long rawNanos) {
        long monotonicAt(long machineNanos) {
            long since = machineNanos - state.effectiveNanos();
            return monotonicNanos + since + Scale.ppb(since, state.monotonicRatePpb());
        }

        long rawAt(long machineNanos) {
            long since = machineNanos - state.effectiveNanos();
            return rawNanos + since + Scale.ppb(since, state.rawRatePpb());
        }

        ClockReading reading(long machineNanos, long bracketNanos) {
            long monotonic = monotonicAt(machineNanos);
            return new ClockReading(
                    monotonic,
                    rawAt(machineNanos),
                    monotonic + state.utcLessMonotonicNanos(),
                    bracketNanos,
                    Discipline.of(state.synchronised(), state.maxErrorNanos(), state.leap()));
        }
    }

    static SimulatedStates of(List<SimulatedState> states, UUID bootId) {
        List<Piece> pieces = new ArrayList<>();
        for (SimulatedState state : states) {
            if (state.bootId().equals(bootId)) {
                append(pieces, state);
            }
        }
        return new SimulatedStates(pieces);
    }

    /**
     * These states from now until the later ones begin, then those: a simulator may have left out what is past.
     *
     * @param machineNanos now, on the machine's CLOCK_MONOTONIC
     */
    SimulatedStates followedBy(SimulatedStates later, long machineNanos) {
        if (later.pieces.isEmpty()) {
            return this;
        }
        long from = later.pieces.getFirst().state.effectiveNanos();
        Piece holding = at(machineNanos);
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : pieces.subList(pieces.lastIndexOf(holding), pieces.size())) {
            if (piece.state.effectiveNanos() < from) {
                joined.add(piece);
            }
        }
        if (joined.isEmpty()) {
            return later;
        }
        for (Piece piece : later.pieces) {
            append(joined, piece.state);
        }
        return new SimulatedStates(joined);
    }

    /** The piece that holds at this moment of the machine's CLOCK_MONOTONIC; the first one also before it begins. */
    Piece at(long machineNanos) {
        Piece holding = pieces.getFirst();
        for (Piece piece : pieces) {
            if (piece.state.effectiveNanos() <= machineNanos) {
                holding = piece;
            }
        }
        return holding;
    }

    private static void append(List<Piece> pieces, SimulatedState state) {
        long at = state.effectiveNanos();
        if (pieces.isEmpty()) {
            long first = at + state.monotonicOffsetNanos();
            pieces.add(new Piece(state, first, first));
        } else {
            pieces.add(new Piece(
                    state, pieces.getLast().monotonicAt(at), pieces.getLast().rawAt(at)));
        }
    }
}

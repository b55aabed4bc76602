package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The states of one simulated boot, in the order in which they begin to hold. Immutable. */
record SimulatedStates(List<Piece> pieces) {
    SimulatedStates {
        pieces = List.copyOf(pieces);
    }

    /** A state, and CLOCK_MONOTONIC_RAW where it begins. */
    record Piece(SimulatedState state, long rawNanos) {
        private long sinceNanos(long machineNanos) {
            return machineNanos - state.effectiveNanos();
        }

        long rawAt(long machineNanos) {
            long since = sinceNanos(machineNanos);
            return rawNanos + since + Scale.ppb(since, state.rawRatePpb());
        }

        ClockReading reading(long machineNanos, long bracketNanos) {
            long utcOffset = state.utcOffsetNanos() + Scale.ppb(sinceNanos(machineNanos), state.ratePpb());
            return new ClockReading(
                    machineNanos + state.monotonicOffsetNanos(),
                    rawAt(machineNanos),
                    machineNanos + utcOffset,
                    bracketNanos,
                    state.synchronised(),
                    state.maxErrorNanos());
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
        long raw = pieces.isEmpty()
                ? state.effectiveNanos() + state.monotonicOffsetNanos()
                : pieces.getLast().rawAt(state.effectiveNanos());
        pieces.add(new Piece(state, raw));
    }
}

package org.matgate.gateway.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.chafon.ChafonCommand;

/**
 * What a 288 is asked of itself between two inventories: its temperature, and what its antennas send back. All of it
 * once at the beginning; then little, as it costs time for reading, and nothing of antennas that read. What a reader
 * does not answer well it is not asked again. All moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class ChafonVitals {
    private static final long EVERY_NANOS = 1_000_000_000L;
    private static final long TEMPERATURE_EVERY_NANOS = 30_000_000_000L;

    private final Deque<ChafonRequest> first = new ArrayDeque<>();
    private OptionalInt kilohertz = OptionalInt.empty();
    private boolean tellsTemperature;
    private long askedNanos;
    private long temperatureNanos;

    /** There is nothing to ask. */
    void none() {
        first.clear();
        tellsTemperature = false;
        kilohertz = OptionalInt.empty();
    }

    /** @param atKilohertz where return loss is measured; empty if nobody knows at which frequencies the reader sends */
    void begin(OptionalInt atKilohertz, ChafonAntennas antennas, long nowNanos) {
        first.clear();
        kilohertz = atKilohertz;
        tellsTemperature = true;
        askedNanos = nowNanos;
        temperatureNanos = nowNanos;
        first.add(ChafonRequest.TEMPERATURE);
        kilohertz.ifPresent(
                at -> antennas.numbers().forEach(antenna -> first.add(ChafonRequest.returnLoss(at, antenna))));
    }

    /** What is to be asked now, if anything is. */
    Optional<ChafonRequest> due(ChafonAntennas antennas, long nowNanos) {
        while (!first.isEmpty()) {
            ChafonRequest request = first.remove();
            if (answers(request)) {
                return Optional.of(request);
            }
        }
        if (nowNanos - askedNanos < EVERY_NANOS) {
            return Optional.empty();
        }
        askedNanos = nowNanos;
        if (tellsTemperature && nowNanos - temperatureNanos >= TEMPERATURE_EVERY_NANOS) {
            temperatureNanos = nowNanos;
            return Optional.of(ChafonRequest.TEMPERATURE);
        }
        if (kilohertz.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt antenna = antennas.toMeasure(nowNanos);
        return antenna.isEmpty()
                ? Optional.empty()
                : Optional.of(ChafonRequest.returnLoss(kilohertz.getAsInt(), antenna.getAsInt()));
    }

    private boolean answers(ChafonRequest request) {
        return request.command() instanceof ChafonCommand.MeasureReturnLoss ? kilohertz.isPresent() : tellsTemperature;
    }

    /** The reader does not know, or did not answer. */
    void refused(ChafonRequest request) {
        if (request.command() instanceof ChafonCommand.MeasureReturnLoss) {
            kilohertz = OptionalInt.empty();
        } else if (request.equals(ChafonRequest.TEMPERATURE)) {
            tellsTemperature = false;
        }
    }
}

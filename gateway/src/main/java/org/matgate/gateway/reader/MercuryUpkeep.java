package org.matgate.gateway.reader;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryStatus;
import org.matgate.protocol.stream.Event.AntennaCondition;

/**
 * What is kept an eye on while a Mercury module reads: its temperature, asked for within the stream, and its antennas,
 * for which the stream has to pause a moment. Moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class MercuryUpkeep {
    private static final long TEMPERATURE_EVERY_NANOS = 10_000_000_000L;

    /** Looking costs some 100 ms of reading, so it is done only while there is a reason. */
    private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;

    /** What a module says of one cut cable may come many times a second. */
    private static final long LOOK_AT_ONCE_NANOS = 5_000_000_000L;

    /** The command within the stream that is answered: 04, length, op, data. */
    private static final int TEMPERATURE_OP = 0x72;

    private final List<Integer> antennas;
    private final SessionOutput output;
    private final Map<Integer, AntennaCondition> conditions = new HashMap<>();
    private boolean answersWithinTheStream = true;
    private long temperatureNanos;
    private long lookedNanos;
    private boolean reason;

    /** @param antennas in use */
    MercuryUpkeep(List<Integer> antennas, SessionOutput output) {
        this.antennas = antennas;
        this.output = output;
    }

    /** The module has begun to read. */
    void begin(long nowNanos) {
        temperatureNanos = nowNanos;
    }

    /** Perhaps another module from now on. */
    void reset() {
        answersWithinTheStream = true;
        conditions.clear();
    }

    /** What to ask now, if anything. */
    Optional<MercuryRequest> due(long nowNanos) {
        if (!answersWithinTheStream || nowNanos - temperatureNanos < TEMPERATURE_EVERY_NANOS) {
            return Optional.empty();
        }
        temperatureNanos = nowNanos;
        return Optional.of(MercuryRequest.TEMPERATURE_WITHIN);
    }

    /** The module does not answer within the stream: it is not asked again. */
    void notWithinTheStream() {
        answersWithinTheStream = false;
    }

    /** Takes what the module says of itself. */
    void heard(MercuryMessage message, long nowNanos) {
        switch (message) {
            case MercuryMessage.Temperature temperature -> output.learned(new Vital.Temperature(temperature.celsius()));
            case MercuryMessage.AntennaPorts ports -> detected(ports, nowNanos);
            case MercuryMessage.Reply reply -> reply(reply);
            default -> {}
        }
    }

    private void reply(MercuryMessage.Reply reply) {
        if (reply.status() != MercuryStatus.OK) {
            return;
        }
        byte[] data = HexFormat.of().parseHex(reply.data());
        if (reply.op() == 0x2F && data.length == 4 && data[0] == 4 && data[2] == TEMPERATURE_OP) {
            output.learned(new Vital.Temperature(data[3]));
        } else if (reply.op() == 0x61 && data.length >= 3 && data[0] == 6) {
            for (int i = 1; i + 1 < data.length; i += 2) {
                // Tenths of a decibel.
                output.learned(new Vital.ReturnLoss(data[i] & 0xFF, 10 * (data[i + 1] & 0xFF)));
            }
        }
    }

    private void detected(MercuryMessage.AntennaPorts ports, long nowNanos) {
        lookedNanos = nowNanos;
        reason = false;
        for (int antenna : antennas) {
            boolean connected = ports.ports().stream().anyMatch(port -> port.port() == antenna && port.connected());
            AntennaCondition now = connected ? AntennaCondition.CONNECTED : AntennaCondition.DISCONNECTED;
            if (conditions.put(antenna, now) != now) {
                output.antenna(antenna, now, connected ? "" : "the module does not detect it", nowNanos);
            }
        }
    }

    /** The module complains while it reads. */
    void fault(int status) {
        reason |= status == MercuryStatus.NO_ANTENNA || status == MercuryStatus.HIGH_RETURN_LOSS;
    }

    /** Whether it is time to look which antennas are there. */
    boolean shouldLook(long nowNanos) {
        long since = nowNanos - lookedNanos;
        return (reason && since >= LOOK_AT_ONCE_NANOS && !conditions.containsValue(AntennaCondition.DISCONNECTED))
                || (since >= LOOK_AGAIN_NANOS && (reason || conditions.containsValue(AntennaCondition.DISCONNECTED)));
    }

    /** The complaints are over: what was cut off may be back. */
    void faultsOver() {
        reason |= conditions.containsValue(AntennaCondition.DISCONNECTED);
        lookedNanos -= conditions.containsValue(AntennaCondition.DISCONNECTED) ? LOOK_AGAIN_NANOS : 0;
    }
}

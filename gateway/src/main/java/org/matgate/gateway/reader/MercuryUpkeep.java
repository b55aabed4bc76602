package org.matgate.gateway.reader;

import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryStatus;
import org.matgate.protocol.stream.Event.AntennaCondition;

/**
 * What is kept an eye on while a Mercury module reads: its temperature, asked for within the stream, and its antennas,
 * for which the stream has to pause a moment. Moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class MercuryUpkeep {
    private static final long TEMPERATURE_EVERY_NANOS = 10_000_000_000L;

    /**
     * Looking costs some 100 ms of reading, so it is done only while there is a reason, so long after the last time; twice
     * as long after each look that finds nothing new: who runs without an antenna is not to pay for it all day.
     */
    private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;

    private static final long LOOK_SELDOM_NANOS = 600_000_000_000L;

    /** A look is due so much sooner where there is news of an antenna; of a cut cable there may be many times a second. */
    private static final int SOONER = 6;

    /** The command within the stream that is answered: 04, length, op, data. */
    private static final int TEMPERATURE_OP = 0x72;

    private final List<Integer> antennas;
    private final SessionOutput output;
    private final Map<Integer, AntennaCondition> conditions = new HashMap<>();
    /** Antennas that the module does not detect and that have read since. */
    private final Set<Integer> readUndetected = new HashSet<>();

    private boolean answersWithinTheStream = true;
    private boolean detects = true;
    private boolean tellsReturnLoss = true;
    private long temperatureNanos;
    private long lookedNanos;
    private long lookAgainNanos = LOOK_AGAIN_NANOS;
    private boolean looking;
    private long lookingNanos;
    private boolean complains;
    /** Whether an antenna may have gone or come back since the last look. */
    private boolean news;

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
        detects = true;
        tellsReturnLoss = true;
        complains = false;
        news = false;
        conditions.clear();
        readUndetected.clear();
    }

    /** What to ask now, if anything. */
    Optional<MercuryRequest> due(long nowNanos) {
        if (!answersWithinTheStream || nowNanos - temperatureNanos < TEMPERATURE_EVERY_NANOS) {
            return Optional.empty();
        }
        temperatureNanos = nowNanos;
        return Optional.of(MercuryRequest.TEMPERATURE_WITHIN);
    }

    /** The module refused, or did not answer: it is not asked again while it reads. */
    void denied(MercuryRequest request) {
        answersWithinTheStream &= !request.equals(MercuryRequest.TEMPERATURE_WITHIN);
        detects &= !(request.command() instanceof MercuryCommand.DetectAntennas);
        tellsReturnLoss &= !(request.command() instanceof MercuryCommand.GetReturnLoss);
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
        complains = false;
        news = false;
        boolean changed = false;
        for (int antenna : antennas) {
            boolean connected = ports.ports().stream().anyMatch(port -> port.port() == antenna && port.connected());
            AntennaCondition now = connected ? AntennaCondition.CONNECTED : AntennaCondition.DISCONNECTED;
            if (conditions.put(antenna, now) != now) {
                changed = true;
                readUndetected.remove(antenna);
                output.antenna(antenna, now, connected ? "" : "the module does not detect it", nowNanos);
            }
        }
        lookAgainNanos = changed ? LOOK_AGAIN_NANOS : Math.min(2 * lookAgainNanos, LOOK_SELDOM_NANOS);
    }

    /** The module complains while it reads. */
    void fault(int status) {
        if (status == MercuryStatus.NO_ANTENNA || status == MercuryStatus.HIGH_RETURN_LOSS) {
            complains = true;
            news |= !missing();
        }
    }

    /** The complaints are over: what was cut off may be back. */
    void faultsOver() {
        news |= missing();
    }

    /** An antenna has read: one that was not there is back, unless the module cannot detect it. */
    void read(int antenna) {
        news |= conditions.get(antenna) == AntennaCondition.DISCONNECTED && readUndetected.add(antenna);
    }

    /** What to ask in a pause now, to see which antennas are there; nothing while there is no reason for one. */
    List<MercuryRequest> look(long nowNanos) {
        long since = nowNanos - lookedNanos;
        boolean due =
                since >= lookAgainNanos ? complains || missing() || news : news && since >= lookAgainNanos / SOONER;
        if (!due || !detects) {
            return List.of();
        }
        looking = true;
        lookingNanos = nowNanos;
        return MercuryRequest.look(tellsReturnLoss);
    }

    /** If it was a look that ends now, however it does: tells that the module did not read meanwhile. */
    boolean looked(long nowNanos) {
        boolean looked = looking;
        looking = false;
        if (looked) {
            output.paused(lookingNanos, "to see which antennas are there", nowNanos);
        }
        return looked;
    }

    private boolean missing() {
        return conditions.containsValue(AntennaCondition.DISCONNECTED);
    }
}

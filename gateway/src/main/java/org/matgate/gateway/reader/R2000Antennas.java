package org.matgate.gateway.reader;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.stream.Event.AntennaCondition;

/** Which antennas of an R2000 module are there, from all that it says of them; tells only what has changed. */
final class R2000Antennas {
    /** A good antenna returns less than a fifth of the power, also in the wet. */
    private static final int GOOD_DB = 7;

    private static final int CENTI = 100;

    private final SessionOutput output;
    private final Map<Integer, AntennaCondition> told = new HashMap<>();
    /** Left out in the present round. */
    private final Set<Integer> missing = new HashSet<>();
    /** Left out in the last round that was heard whole. */
    private final Set<Integer> leftOut = new HashSet<>();

    R2000Antennas(SessionOutput output) {
        this.output = output;
    }

    /** A new link: all is to be told anew. */
    void forget() {
        told.clear();
        missing.clear();
        leftOut.clear();
    }

    /** The module left this antenna out. */
    void missing(int antenna, long nowNanos) {
        missing.add(antenna);
        leftOut.add(antenna);
        tell(antenna, AntennaCondition.DISCONNECTED, R2000Code.text(R2000Code.ANTENNA_MISSING), nowNanos);
    }

    /** A chip was read with it. */
    void reads(int antenna, long nowNanos) {
        if (told.get(antenna) == AntennaCondition.DISCONNECTED) {
            leftOut.remove(antenna);
            tell(antenna, AntennaCondition.CONNECTED, "reads", nowNanos);
        }
    }

    /** A round over all antennas has ended: what it did not leave out is there. Whole if nothing of it can have been damaged on the wire. */
    void roundEnded(boolean whole, long nowNanos) {
        if (whole) {
            List<Integer> back = leftOut.stream()
                    .filter(antenna -> !missing.contains(antenna))
                    .toList();
            back.forEach(antenna -> tell(antenna, AntennaCondition.CONNECTED, "detected again", nowNanos));
            back.forEach(leftOut::remove);
        }
        missing.clear();
    }

    /** What was measured of it. */
    void returnLoss(int antenna, int db, long nowNanos) {
        output.learned(new Vital.ReturnLoss(antenna, CENTI * db));
        AntennaCondition condition = db < R2000Request.DETECTOR_DB
                ? AntennaCondition.DISCONNECTED
                : db < GOOD_DB ? AntennaCondition.HIGH_RETURN_LOSS : AntennaCondition.CONNECTED;
        tell(antenna, condition, "return loss " + db + " dB", nowNanos);
    }

    private void tell(int antenna, AntennaCondition condition, String detail, long nowNanos) {
        if (told.put(antenna, condition) != condition) {
            output.antenna(antenna, condition, detail, nowNanos);
        }
    }
}

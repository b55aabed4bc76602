package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.protocol.stream.Event.AntennaCondition;

/**
 * Whose turn it is among a reader's antennas, and how each stands. One that the reader refuses to read with is passed
 * over, and tried again now and then. All moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class ChafonAntennas {
    /** The highest number that a frame can tell apart: it has a bit for each in one byte. */
    static final int MOST = 8;

    /** Below so little, in dB, all comes back: there is no antenna, or its cable is cut. */
    private static final int LEAST_RETURN_LOSS = 3;

    private static final long TRY_AGAIN_NANOS = 2_000_000_000L;
    /** An antenna that reads or was looked at needs no look for so long. */
    private static final long LOOK_AGAIN_NANOS = 5_000_000_000L;

    private static final class Antenna {
        private final int number;
        private boolean refused;
        private boolean open;
        private long triedNanos;
        private long knownNanos;
        private AntennaCondition told = AntennaCondition.UNSPECIFIED;

        Antenna(int number) {
            this.number = number;
        }
    }

    private final SessionOutput output;
    private final List<Antenna> antennas = new ArrayList<>();
    private int turn;

    ChafonAntennas(List<Integer> numbers, SessionOutput output) {
        this.output = output;
        for (int number : numbers) {
            if (number <= MOST) {
                antennas.add(new Antenna(number));
            }
        }
    }

    /** Whether it keeps these. */
    boolean of(List<Integer> numbers) {
        return numbers()
                .equals(numbers.stream().filter(number -> number <= MOST).toList());
    }

    List<Integer> numbers() {
        return antennas.stream().map(antenna -> antenna.number).toList();
    }

    /** Nothing is known of any; what was told of them still holds. */
    void begin(long nowNanos) {
        for (Antenna antenna : antennas) {
            antenna.refused = false;
            antenna.open = false;
            antenna.knownNanos = nowNanos;
        }
    }

    /** The antenna whose turn it is; empty if the reader reads with none and has lately been asked to. */
    OptionalInt next(long nowNanos) {
        for (int i = 0; i < antennas.size(); i++) {
            Antenna antenna = antennas.get(turn % antennas.size());
            turn = (turn + 1) % antennas.size();
            if (!antenna.refused || nowNanos - antenna.triedNanos >= TRY_AGAIN_NANOS) {
                antenna.triedNanos = nowNanos;
                return OptionalInt.of(antenna.number);
            }
        }
        return OptionalInt.empty();
    }

    /** The reader has read with it, whether or not a chip was there. */
    void worked(int number, boolean chips, long nowNanos) {
        find(number).ifPresent(antenna -> {
            antenna.refused = false;
            if (chips) {
                antenna.open = false;
                antenna.knownNanos = nowNanos;
            }
            tell(antenna, "", nowNanos);
        });
    }

    /** The reader would not read with it. */
    void refused(int number, String why, long nowNanos) {
        find(number).ifPresent(antenna -> {
            antenna.refused = true;
            tell(antenna, why, nowNanos);
        });
    }

    /** What it sends back was measured. */
    void measured(int number, int decibels, long nowNanos) {
        output.learned(new Vital.ReturnLoss(number, 100 * decibels));
        find(number).ifPresent(antenna -> {
            antenna.open = decibels < LEAST_RETURN_LOSS;
            antenna.knownNanos = nowNanos;
            if (antenna.told == AntennaCondition.UNSPECIFIED && !antenna.open && !antenna.refused) {
                antenna.told = AntennaCondition.CONNECTED;
                output.antenna(number, AntennaCondition.CONNECTED, "", nowNanos);
            }
            tell(antenna, "return loss " + decibels + " dB", nowNanos);
        });
    }

    /** The one that has not shown for longest that it is there, if that is long ago. */
    OptionalInt toMeasure(long nowNanos) {
        Antenna oldest = null;
        for (Antenna antenna : antennas) {
            boolean due = nowNanos - antenna.knownNanos >= LOOK_AGAIN_NANOS;
            if (due && (oldest == null || antenna.knownNanos < oldest.knownNanos)) {
                oldest = antenna;
            }
        }
        if (oldest == null) {
            return OptionalInt.empty();
        }
        oldest.knownNanos = nowNanos;
        return OptionalInt.of(oldest.number);
    }

    /** Those that are not there, in their order. */
    List<Integer> missing() {
        return antennas.stream()
                .filter(antenna -> antenna.told == AntennaCondition.DISCONNECTED)
                .map(antenna -> antenna.number)
                .toList();
    }

    private Optional<Antenna> find(int number) {
        return antennas.stream().filter(antenna -> antenna.number == number).findFirst();
    }

    private void tell(Antenna antenna, String why, long nowNanos) {
        boolean bad = antenna.refused || antenna.open;
        boolean wasBad = antenna.told == AntennaCondition.DISCONNECTED;
        if (bad != wasBad) {
            antenna.told = bad ? AntennaCondition.DISCONNECTED : AntennaCondition.CONNECTED;
            output.antenna(antenna.number, antenna.told, bad ? why : "", nowNanos);
        }
    }
}

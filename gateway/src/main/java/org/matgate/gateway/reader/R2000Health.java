package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.r2000.R2000Message;

/**
 * When to ask an R2000 module how it is, and how warm it was. It can be asked only between two rounds: its temperature
 * takes a few ms and is asked for in any case; an antenna is measured only after a round without a chip, one at a time,
 * since the module sends on that antenna alone meanwhile. Not thread-safe.
 */
final class R2000Health {
    private static final long TEMPERATURE_EVERY_NANOS = 10_000_000_000L;
    private static final long ANTENNA_EVERY_NANOS = 10_000_000_000L;
    /** After a round that failed the temperature is asked for at once, but not more often than this. */
    private static final long FAILED_NANOS = 1_000_000_000L;

    /** Above this the vendor's own program stops such modules. */
    private static final int HOT_CELSIUS = 65;

    private static final int COOL_CELSIUS = 60;

    /**
     * The sign that stands for degrees below zero: as implementations take it; one data sheet says the other way.
     */
    private static final int NEGATIVE_SIGN = 0;

    /** No module works in such cold: where it seems to, the sign means the other thing. */
    private static final int COLDEST_CELSIUS = -40;

    private final List<Integer> antennas;
    private int nextAntenna;
    private int frequency;
    private boolean quiet;
    private boolean hot;
    private long temperatureDueNanos;
    private long temperatureNanos;
    private long antennaDueNanos;

    R2000Health(List<Integer> antennas) {
        this.antennas = antennas;
    }

    /** A new link. */
    void begin(long nowNanos) {
        hot = false;
        temperatureDueNanos = nowNanos + TEMPERATURE_EVERY_NANOS;
        temperatureNanos = nowNanos;
        antennaDueNanos = nowNanos + ANTENNA_EVERY_NANOS;
    }

    /** Antennas are measured at the frequency of this index. */
    void frequency(int index) {
        frequency = index;
    }

    /** All that can be measured, whatever the time. */
    List<R2000Request> all() {
        List<R2000Request> all = new ArrayList<>();
        antennas.forEach(antenna -> all.addAll(R2000Request.returnLoss(antenna, frequency)));
        all.add(R2000Request.temperature());
        return all;
    }

    void roundEnded(long total) {
        quiet = total == 0;
    }

    void failed(long nowNanos) {
        temperatureDueNanos = Math.min(temperatureDueNanos, Math.max(nowNanos, temperatureNanos + FAILED_NANOS));
    }

    /** What to ask before the next round, as a rule nothing. */
    List<R2000Request> polls(long nowNanos) {
        if (nowNanos >= temperatureDueNanos) {
            temperatureDueNanos = nowNanos + TEMPERATURE_EVERY_NANOS;
            temperatureNanos = nowNanos;
            return List.of(R2000Request.temperature());
        }
        if (quiet && nowNanos >= antennaDueNanos) {
            antennaDueNanos = nowNanos + ANTENNA_EVERY_NANOS;
            nextAntenna = (nextAntenna + 1) % antennas.size();
            return R2000Request.returnLoss(antennas.get(nextAntenna), frequency);
        }
        return List.of();
    }

    /** Takes note of it. @return degrees Celsius */
    int temperature(R2000Message.Temperature temperature) {
        int celsius = temperature.celsius(NEGATIVE_SIGN);
        if (celsius < COLDEST_CELSIUS) {
            celsius = -celsius;
        }
        hot = celsius >= (hot ? COOL_CELSIUS : HOT_CELSIUS);
        return celsius;
    }

    /** Whether the module is hotter than it should be. */
    boolean hot() {
        return hot;
    }
}

package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.status.Level;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

class BeepsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_000 * SECOND;

    private static Beeps beeps(boolean mute) {
        return new Beeps(new Config.Gpio.BeeperPin("22", Config.Gpio.Level.HIGH, 10 * SECOND, 4, mute));
    }

    private static Stamp stamp(long nanos) {
        return new Stamp(new UUID(1, 2), nanos, nanos, 1, 0);
    }

    private static Event read(int chip, long nanos) {
        return new Event.TagRead(
                stamp(nanos),
                new Source("m", "finish", Source.Line.MAIN),
                1,
                new Chip(String.format(java.util.Locale.ROOT, "%08X", chip)),
                OptionalInt.empty(),
                ReaderTime.NONE,
                nanos,
                1);
    }

    @Test
    void aChipBeepsOnceInItsQuietTime() {
        Beeps beeps = beeps(false);
        beeps.committed(read(1, NOW), NOW);
        assertThat(beeps.sounding(NOW)).isTrue();
        assertThat(beeps.sounding(NOW + Beeps.CHIP_NANOS)).isFalse();
        beeps.committed(read(1, NOW + 9 * SECOND), NOW + 9 * SECOND);
        assertThat(beeps.sounding(NOW + 9 * SECOND)).isFalse();
        beeps.committed(read(1, NOW + 10 * SECOND), NOW + 10 * SECOND);
        assertThat(beeps.sounding(NOW + 10 * SECOND)).isTrue();
    }

    @Test
    void manyChipsBeepFourTimesASecondAndMemoryIsBounded() {
        Beeps beeps = beeps(false);
        int beginnings = 0;
        boolean before = false;
        for (int i = 0; i < 20_000; i++) {
            long now = NOW + i * (SECOND / 2_000);
            beeps.committed(read(i, now), now);
            boolean sounds = beeps.sounding(now);
            beginnings += sounds && !before ? 1 : 0;
            before = sounds;
        }
        assertThat(beginnings).isEqualTo(40);
        assertThat(beeps.chips()).isEqualTo(Beeps.MOST_CHIPS);
    }

    @Test
    void aReadThatBecameDurableLateMakesNoSound() {
        Beeps beeps = beeps(false);
        beeps.committed(read(1, NOW - Beeps.LATE_NANOS - 1), NOW);
        assertThat(beeps.sounding(NOW)).isFalse();
    }

    @Test
    void aGunIsLong() {
        Beeps beeps = beeps(false);
        beeps.committed(new Event.Gun(stamp(NOW), "start", "17", true, false, 0), NOW);
        assertThat(beeps.sounding(NOW + Beeps.GUN_NANOS - 1)).isTrue();
        assertThat(beeps.sounding(NOW + Beeps.GUN_NANOS)).isFalse();
    }

    @Test
    void aMuteBeeperSoundsOnlyForWhoLooksForTheBox() {
        Beeps beeps = beeps(true);
        beeps.committed(read(1, NOW), NOW);
        beeps.committed(new Event.Gun(stamp(NOW), "start", "17", true, false, 0), NOW);
        assertThat(beeps.sounding(NOW)).isFalse();
        beeps.find(2, NOW);
        assertThat(beeps.sounding(NOW)).isTrue();
        assertThat(beeps.sounding(NOW + Beeps.FIND_HALF_NANOS)).isFalse();
        assertThat(beeps.sounding(NOW + 2 * Beeps.FIND_HALF_NANOS)).isTrue();
        assertThat(beeps.sounding(NOW + 2 * SECOND)).isFalse();
        beeps.find(1_000_000, NOW);
        assertThat(beeps.sounding(NOW + Beeps.MOST_FIND_SECONDS * SECOND)).isFalse();
    }

    @Test
    void theLampTellsTheVerdict() {
        assertThat(edges(Level.OK)).isZero();
        assertThat(edges(Level.WARN)).isEqualTo(20);
        assertThat(edges(Level.FAIL)).isEqualTo(100);
    }

    /** How often the lamp changes in ten seconds. */
    private static int edges(Level level) {
        int edges = 0;
        for (long at = NOW; at < NOW + 10 * SECOND; at += SECOND / 100) {
            edges += Lamp.lit(level, at) == Lamp.lit(level, at + SECOND / 100) ? 0 : 1;
        }
        return edges;
    }
}

package org.matgate.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.fault.Happening.Kind;

class LineNoiseTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 50 * SECOND;

    private final FaultLog log = new FaultLog();

    private LineNoise noise(double rate, long seed) {
        LineNoise noise = new LineNoise(List.of(new Fault.Noise("m", 2 * SECOND, 4 * SECOND, rate)), seed, log);
        noise.raceStarts(START);
        return noise;
    }

    private static byte[] frame() {
        return HexFormat.of().parseHex("FF28220000101B01FF0101C4110E164000000127");
    }

    /** What a thousand frames, one a millisecond, become. */
    private static List<String> thousand(LineNoise noise, long from) {
        List<String> wires = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            wires.add(HexFormat.of().formatHex(noise.onTheWay("m", frame(), from + i * 1_000_000L)));
        }
        return wires;
    }

    @Test
    void hitsAsManyFramesAsAskedAndTellsOfEach() {
        String whole = HexFormat.of().formatHex(frame());
        long hit = thousand(noise(0.3, 5), START + 2 * SECOND).stream()
                .filter(wire -> !wire.equals(whole))
                .count();
        assertThat(hit).isBetween(230L, 370L);
        assertThat(log.happenings()).hasSizeBetween((int) hit, (int) hit + 5);
        assertThat(log.happenings())
                .allMatch(h -> h.kind() == Kind.FRAME_HIT && h.subject().equals("m"));
    }

    @Test
    void theSameSeedHitsTheSameWay() {
        assertThat(thousand(noise(0.3, 5), START + 2 * SECOND))
                .isEqualTo(thousand(noise(0.3, 5), START + 2 * SECOND))
                .isNotEqualTo(thousand(noise(0.3, 6), START + 2 * SECOND));
    }

    @Test
    void isQuietBeforeAndAfter() {
        String whole = HexFormat.of().formatHex(frame());
        LineNoise noise = noise(1, 5);
        assertThat(thousand(noise, START + SECOND)).containsOnly(whole);
        assertThat(thousand(noise, START + 4 * SECOND)).containsOnly(whole);
        LineNoise notRacing = new LineNoise(List.of(new Fault.Noise("m", 0, 4 * SECOND, 1)), 5, log);
        assertThat(thousand(notRacing, START)).containsOnly(whole);
    }
}

package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.referee.Case.MS;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.referee.Curves.Span;
import org.matgate.simulator.referee.Curves.Trouble;

class CurvesTest {
    private static final long SECOND = 1_000_000_000;

    private final Case made = new Case();

    /** A race of a minute that begins at 1 s. */
    private Curves curves() {
        made.race = new RaceRecord(60 * SECOND, RaceClock.realTime(SECOND), 1, List.of(), Optional.empty());
        return made.judge().curves();
    }

    @Test
    void aChipThatComesAgainAfterAWhileArrivesTwice() {
        made.delivered(made.sent("main", 1_500, 1, Fate.WHOLE));
        made.delivered(made.sent("main", 3_500, 1, Fate.WHOLE));
        made.delivered(made.sent("main", 3_600, 2, Fate.WHOLE));
        made.sent("main", 20_000, 1, Fate.DAMAGED);
        Curves curves = curves();
        assertThat(curves.binNanos()).isEqualTo(SECOND);
        assertThat(curves.bins()).isEqualTo(61);
        Curves.Arrivals main = curves.mats().getFirst();
        assertThat(main.seen().get(0)).isEqualTo(1);
        assertThat(main.seen().get(2)).isEqualTo(1);
        assertThat(main.seen().get(19)).isEqualTo(1);
        assertThat(sum(main.seen())).isEqualTo(3);
        assertThat(sum(main.held())).isEqualTo(2);
    }

    @Test
    void aFastRaceIsCountedOnItsOwnClock() {
        made.delivered(made.sent("main", 1_500, 1, Fate.WHOLE));
        made.delivered(made.sent("main", 2_500, 1, Fate.WHOLE));
        made.race = new RaceRecord(
                600 * SECOND,
                RaceClock.of(List.of(new RaceClock.Piece(0, SECOND, 20))),
                20,
                List.of(),
                Optional.empty());
        Curves.Arrivals main = made.judge().curves().mats().getFirst();
        assertThat(main.seen().get(1)).isEqualTo(1);
        assertThat(main.seen().get(3)).isEqualTo(1);
    }

    @Test
    void theBacklogIsWhatWasSentAndNotYetStored() {
        // Sent 5 ms after the sighting, stored 20 ms after it.
        made.delivered(made.sent("main", 2_000, 1, Fate.WHOLE));
        made.delivered(made.sent("main", 2_001, 2, Fate.WHOLE));
        made.delivered(made.sent("backup", 2_002, 3, Fate.WHOLE));
        HeldRead late = made.held(made.sent("main", 5_000, 4, Fate.WHOLE), 0);
        made.engine.add(stored(late, late.storedUtcNanos() + 3 * SECOND));
        List<Integer> most = curves().backlogs().getFirst().most();
        assertThat(most.subList(0, 9)).containsExactly(0, 3, 0, 0, 1, 1, 1, 1, 0);
    }

    /** As the second one had, a read that is stored as a bin begins. */
    @ParameterizedTest
    @ValueSource(longs = {0, -6905919240371271504L})
    void theBacklogIsThatOfPlainCounting(long given) {
        long seed = given == 0 ? Long.getLong("seed", new SplittableRandom().nextLong()) : given;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            TruthRead read = made.sent("main", random.nextInt(1_000, 50_000), i, Fate.WHOLE);
            made.engine.add(stored(made.held(read, 0), read.sightedUtcNanos() + random.nextInt(6, 8_000) * MS));
        }
        Curves curves = curves();
        int[] most = new int[curves.bins()];
        for (long at = 0; at < curves.bins() * SECOND; at += MS) {
            long now = at;
            int underWay = (int) made.engine.stream()
                    .filter(held -> underWay(held, now + SECOND))
                    .count();
            int bin = (int) (at / SECOND);
            most[bin] = Math.max(most[bin], underWay);
        }
        assertThat(curves.backlogs().getFirst().most()).as("seed " + seed).isEqualTo(Curves.list(most));
    }

    private static boolean underWay(HeldRead held, long monotonicNanos) {
        return held.arrivalMonotonicNanos() - MS <= monotonicNanos
                && monotonicNanos < held.storedUtcNanos() - Case.OFFSET;
    }

    private static HeldRead stored(HeldRead read, long storedUtcNanos) {
        return new HeldRead(
                read.journal(),
                read.seq(),
                read.reader(),
                read.chip(),
                read.antenna(),
                read.rssiCentiDbm(),
                read.readerTime(),
                read.time(),
                read.arrivalMonotonicNanos(),
                storedUtcNanos);
    }

    @Test
    void whatWentWrongHasItsSpans() {
        made.delivered(made.sent("main", 2_000, 1, Fate.WHOLE));
        made.happened(3_000, Kind.POWER_CUT, "finish");
        made.happened(3_001, Kind.KILL_SENT, "finish");
        made.happened(4_000, Kind.NOISE_BEGAN, "main");
        made.happened(5_000, Kind.PROCESS_READY, "finish");
        made.happened(6_000, Kind.NOISE_ENDED, "main");
        made.happened(7_000, Kind.NOISE_BEGAN, "main");
        made.happened(8_000, Kind.NOISE_ENDED, "main");
        made.happened(9_000, Kind.CLOCK_CHANGED, "finish");
        made.happened(10_000, Kind.ENGINE_STOPPED, "engine");
        assertThat(curves().troubles())
                .containsExactly(
                        new Trouble("box without power", "finish", List.of(span(2, 4))),
                        new Trouble("noise", "main", List.of(span(3, 5), span(6, 7))),
                        new Trouble("clock changed", "finish", List.of(span(8, 8))),
                        new Trouble("engine away", "engine", List.of(span(9, 60))));
    }

    private static Span span(long fromSeconds, long untilSeconds) {
        return new Span(fromSeconds * SECOND, untilSeconds * SECOND);
    }

    @Test
    void histogramsCountByDecades() {
        made.delivered(made.sent("main", 2_000, 1, Fate.WHOLE));
        Histogram delays = curves().delays();
        // 20 ms: between 15.8 and 25.1.
        assertThat(delays.total()).isEqualTo(1);
        assertThat(delays.counts().indexOf(1L)).isEqualTo(21);
        assertThat(Histogram.edgeNanos(21)).isBetween(15.8e6, 15.9e6);
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}

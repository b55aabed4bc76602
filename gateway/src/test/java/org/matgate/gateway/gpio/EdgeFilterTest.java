package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeFilterTest {
    private static final long MS = 1_000_000L;
    private static final long ARMED = 1_000_000 * MS;
    private static final long LOCKOUT = 5_000 * MS;

    private final EdgeFilter filter = new EdgeFilter(LOCKOUT);
    private final List<EdgeFilter.Pulse> pulses = new ArrayList<>();

    /** The next edge, after the looks at the level that come before it. */
    private void edge(long nanos, boolean active, int missed) {
        looks(nanos);
        filter.edge(nanos, active, missed).ifPresent(pulses::add);
    }

    private void edge(long nanos, boolean active) {
        edge(nanos, active, 0);
    }

    /** The level is looked at whenever that is wanted; nobody sees it change in between. */
    private void looks(long untilNanos) {
        for (int i = 0; i < 10 && filter.levelWantedNanos() < untilNanos; i++) {
            filter.level(trueLevel, filter.levelWantedNanos());
        }
    }

    private boolean trueLevel;

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 20, 49, 51, 70, 99, 100, 101, 500, 7_000})
    void aPulseOfAnyWidthIsOneAndItsReleaseNone(long millis) {
        filter.armed(false, ARMED);
        edge(ARMED + 3_000 * MS, true);
        trueLevel = true;
        edge(ARMED + (3_000 + millis) * MS, false);
        trueLevel = false;
        looks(ARMED + 60_000 * MS);
        assertThat(pulses).containsExactly(new EdgeFilter.Pulse(ARMED + 3_000 * MS, false, 0));
        assertThat(filter.active()).isFalse();
    }

    @Test
    void aShortPulseMayBeToldAsTwoEdgesToInactive() {
        filter.armed(false, ARMED);
        edge(ARMED + 3_000 * MS, false);
        edge(ARMED + 3_005 * MS, false);
        assertThat(pulses).containsExactly(new EdgeFilter.Pulse(ARMED + 3_000 * MS, false, 0));
    }

    @Test
    void anEdgeFromBeforeTheArmingIsStale() {
        filter.armed(false, ARMED);
        edge(ARMED - 1, true);
        assertThat(pulses).isEmpty();
        assertThat(filter.stale()).isEqualTo(1);
        // One that comes with the arming and says that the line is inactive is none either.
        edge(ARMED + 1, false);
        assertThat(pulses).isEmpty();
    }

    @Test
    void theFirstActiveEdgeRightAfterTheArmingCounts() {
        filter.armed(false, ARMED);
        edge(ARMED + 1, true);
        assertThat(pulses).containsExactly(new EdgeFilter.Pulse(ARMED + 1, false, 0));
    }

    @Test
    void aLineThatIsHeldAtTheArmingCountsAfterItsRelease() {
        trueLevel = true;
        filter.armed(true, ARMED);
        edge(ARMED + 1_000 * MS, false);
        edge(ARMED + 1_001 * MS, true);
        edge(ARMED + 1_002 * MS, false);
        assertThat(pulses).isEmpty();
        trueLevel = false;
        edge(ARMED + 2_000 * MS, true);
        assertThat(pulses).hasSize(1);
    }

    @Test
    void theLockoutMarksAndIsCountedFromTheLastPulseOutsideOfIt() {
        filter.armed(false, ARMED);
        long first = ARMED + 1_000 * MS;
        for (long at :
                new long[] {first, first + 300 * MS, first + 4_800 * MS, first + 5_000 * MS, first + 9_000 * MS}) {
            edge(at, true);
            edge(at + 20 * MS, false);
        }
        assertThat(pulses).extracting(EdgeFilter.Pulse::withinLockout).containsExactly(false, true, true, false, true);
    }

    @Test
    void aWrongBeliefOfTheLevelIsPutRightByLooking() {
        filter.armed(false, ARMED);
        edge(ARMED + 1_000 * MS, true);
        // The release was merged into a further edge that was told as active.
        edge(ARMED + 1_020 * MS, true);
        trueLevel = false;
        edge(ARMED + 20_000 * MS, true);
        assertThat(pulses).hasSize(2);
    }

    @Test
    void aLevelThatIsFoundOnceOnlyIsNotBelieved() {
        filter.armed(false, ARMED);
        looks(ARMED + 1_000 * MS);
        edge(ARMED + 1_000 * MS, true);
        edge(ARMED + 1_010 * MS, false);
        // Found active by the edge that is on its way and told next.
        filter.level(true, ARMED + 1_061 * MS);
        filter.edge(ARMED + 1_101 * MS, true, 0).ifPresent(pulses::add);
        assertThat(pulses).hasSize(2);
    }

    @Test
    void edgesThatTheKernelDroppedAreToldWithThePulseThatTheyMayHaveBegun() {
        filter.armed(false, ARMED);
        edge(ARMED + 1_000 * MS, true, 3);
        edge(ARMED + 1_010 * MS, false, 2);
        edge(ARMED + 9_000 * MS, false, 1);
        assertThat(pulses).extracting(EdgeFilter.Pulse::edgesMissed).containsExactly(3, 1);
        assertThat(filter.missed()).isEqualTo(6);
    }

    @Test
    void aLineThatHumsIsToldAsChattering() {
        filter.armed(false, ARMED);
        long at = ARMED + 1_000 * MS;
        for (int i = 0; i < 200; i++, at += 10 * MS) {
            edge(at, i % 2 == 0);
            assertThat(filter.chatters(at)).as("after %d ms", 10 * i).isFalse();
        }
        edge(at, true);
        assertThat(filter.chatters(at)).isTrue();
        assertThat(filter.chatters(at + EdgeFilter.SETTLE_NANOS)).isFalse();
        assertThat(pulses).hasSize(1);
        // Calm again, and then a contact.
        trueLevel = false;
        edge(at + 1_000 * MS, true);
        assertThat(filter.chatters(at + 1_000 * MS)).isFalse();
        assertThat(pulses).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void contactsThatBounceAtClosingAndReleaseAreOnePulseEach(long seed) {
        Random random = new Random(seed);
        filter.armed(false, ARMED);
        List<Long> truth = new ArrayList<>();
        long at = ARMED;
        for (int contact = 0; contact < 500; contact++) {
            // Longer than a pulse can be mistaken for the bouncing of the one before.
            at += (200 + random.nextInt(9_800)) * MS;
            truth.add(at);
            at = bounce(at, true, random);
            at += switch (random.nextInt(3)) {
                        case 0 -> random.nextInt(30);
                        case 1 -> 100;
                        default -> 100 + random.nextInt(4_000);
                    }
                    * MS;
            at = bounce(at, false, random);
        }
        looks(at + 1_000 * MS);
        assertThat(pulses)
                .as("seed %d", seed)
                .extracting(EdgeFilter.Pulse::nanos)
                .containsExactlyElementsOf(truth);
        assertThat(filter.active()).isFalse();
    }

    /** Up to 20 ms of edges, of which the last goes to {@code to}; each is told with the level of a little later. */
    private long bounce(long from, boolean to, Random random) {
        List<Long> moments = new ArrayList<>(List.of(from));
        int pairs = random.nextInt(8);
        long at = from;
        for (int i = 0; i < 2 * pairs; i++) {
            at += 20_000 + random.nextInt(1_200_000);
            moments.add(at);
        }
        long lag = random.nextInt(2_000_000);
        looks(from);
        for (int i = 0; i < moments.size(); i++) {
            int seen = i;
            while (seen + 1 < moments.size() && moments.get(seen + 1) <= moments.get(i) + lag) {
                seen++;
            }
            boolean level = (seen % 2 == 0) == to;
            filter.edge(moments.get(i), level, 0).ifPresent(pulses::add);
        }
        trueLevel = to;
        return at;
    }
}

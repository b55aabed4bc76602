package org.matgate.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.Seeds;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;

class UtcTimelineTest {
    private static final UUID BOOT = new UUID(1, 2);
    private static final UUID OTHER_BOOT = new UUID(3, 4);
    private static final long SECOND = 1_000_000_000;
    private static final long UTC = 1_795_300_000L * SECOND;

    private static ClockState piece(long edition, long from, long until, long anchor, long utc, long uncertainty) {
        return new ClockState(
                new Stamp(BOOT, edition, utc, uncertainty, 0),
                edition,
                from,
                until,
                anchor,
                anchor,
                utc,
                0,
                uncertainty,
                0,
                uncertainty == Stamp.UNSYNCHRONISED ? ClockSource.NONE : ClockSource.KERNEL,
                "");
    }

    private static Stamp at(long monotonic) {
        return new Stamp(BOOT, monotonic, 5, Stamp.UNSYNCHRONISED, 70);
    }

    @Test
    void aBoxThatLearnsTheTimeLateHasThePastRestated() {
        UtcTimeline timeline = new UtcTimeline();
        Stamp early = at(10 * SECOND);
        assertThat(timeline.restate(early)).isEqualTo(early);
        assertThat(timeline.source(early)).isEqualTo(ClockSource.NONE);
        timeline.add(piece(1, 0, 0, 0, 0, Stamp.UNSYNCHRONISED));
        assertThat(timeline.restate(early).synchronised()).isFalse();
        timeline.add(piece(3_600 * SECOND, 3_599 * SECOND, 0, 3_600 * SECOND, UTC, 1_000));
        assertThat(timeline.restate(early).synchronised()).isFalse();
        timeline.add(new ClockState(
                at(0),
                3_601 * SECOND,
                0,
                3_600 * SECOND,
                3_600 * SECOND,
                0,
                UTC,
                20_000,
                1_000,
                5_000,
                ClockSource.KERNEL,
                "the past"));
        // 3,590 s before the anchor, on a clock that is 20 ppm slow, uncertain by 5 ppm.
        assertThat(timeline.restate(early))
                .isEqualTo(
                        new Stamp(BOOT, 10 * SECOND, UTC - 3_590 * SECOND - 71_800_000, 1_000 + 17_950_000 + 70, 70));
        assertThat(timeline.source(early)).isEqualTo(ClockSource.KERNEL);
        assertThat(timeline.restate(at(3_600 * SECOND)).utcNanos()).isEqualTo(UTC);
        assertThat(timeline.restate(new Stamp(OTHER_BOOT, 5, 6, 7, 0))).isEqualTo(new Stamp(OTHER_BOOT, 5, 6, 7, 0));
    }

    @Test
    void ofOverlappingPiecesTheHighestEditionHoldsInWhateverOrderTheyCome() {
        long seed = Seeds.seed(getClass());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<ClockState> pieces = new ArrayList<>();
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                long from = random.nextInt(100);
                long until = random.nextInt(4) == 0 ? 0 : random.nextInt(110);
                pieces.add(piece(i, from, until, random.nextInt(100), 1_000L * i, 1 + i));
            }
            List<ClockState> shuffled = new ArrayList<>(pieces);
            Collections.shuffle(shuffled, random);
            shuffled.addAll(shuffled.subList(0, shuffled.size() / 2));
            UtcTimeline timeline = new UtcTimeline();
            shuffled.forEach(timeline::add);
            for (int m = -2; m < 120; m++) {
                assertThat(timeline.restate(at(m)))
                        .as("seed %d, round %d, at %d", seed, round, m)
                        .isEqualTo(plainly(pieces, m));
            }
        }
    }

    /** The rule, as it stands in the contract. */
    private static Stamp plainly(List<ClockState> byEdition, long m) {
        Optional<ClockState> holding = byEdition.reversed().stream()
                .filter(piece -> piece.fromMonotonicNanos() <= m
                        && (piece.untilMonotonicNanos() == 0 || m < piece.untilMonotonicNanos()))
                .findFirst();
        return holding.map(piece -> new Stamp(
                        BOOT,
                        m,
                        piece.anchorUtcNanos() + m - piece.anchorMonotonicNanos(),
                        piece.uncertaintyNanos() + 70,
                        70))
                .orElse(at(m));
    }

    /** Live first, the past behind: a day of a restless clock comes last things first. */
    @Test
    @Timeout(60)
    void manyPiecesMayComeBackwards() {
        UtcTimeline timeline = new UtcTimeline();
        for (long i = 10_000; i > 0; i--) {
            assertThat(timeline.add(piece(i, i * SECOND, 0, i * SECOND, UTC + i, 9)))
                    .isTrue();
        }
        for (long i = 1; i <= 10_000; i++) {
            assertThat(timeline.restate(at(i * SECOND)).utcNanos()).isEqualTo(UTC + i);
        }
    }

    @Test
    void itSaysWhetherAPieceChangesAnything() {
        UtcTimeline timeline = new UtcTimeline();
        ClockState whole = piece(5, 0, 0, 0, UTC, 9);
        assertThat(timeline.add(whole)).isTrue();
        assertThat(timeline.add(whole)).isFalse();
        assertThat(timeline.add(piece(4, 10, 20, 0, UTC, 9))).isFalse();
        assertThat(timeline.add(piece(6, 10, 20, 0, UTC, 8))).isTrue();
        assertThat(timeline.add(piece(7, 20, 20, 0, UTC, 8))).isFalse();
    }

    @Test
    void noPieceHoweverWrongBreaksIt() {
        long seed = Seeds.seed(getClass());
        SampleEvents events = new SampleEvents(seed);
        Random random = new Random(seed);
        UtcTimeline timeline = new UtcTimeline();
        for (int i = 0; i < 3_000; i++) {
            if (events.next() instanceof ClockState piece) {
                timeline.add(piece);
            }
            Stamp restated = timeline.restate(new Stamp(new UUID(7, random.nextInt(2)), random.nextLong(), 1, 1, 9));
            assertThat(restated.uncertaintyNanos()).as("seed %d", seed).isPositive();
        }
    }
}

package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.matgate.simulator.reader.WireLog.Fate;

class RefereeRandomTest {
    /** What was done to the reads is what the verdict counts. */
    @RepeatedTest(50)
    void countsExactlyWhatWasDone() {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Case made = Case.good();
        Counts want = made.judge().total();
        for (int i = 0; i < 300; i++) {
            // Chips repeat, and with them whole reads; reads of one chip are at least 50 ms apart.
            TruthRead read =
                    made.sent(random.nextBoolean() ? "main" : "backup", 5000 + 50L * i, random.nextInt(6), Fate.WHOLE);
            want = want.plus(done(made, read, random.nextInt(20), random));
        }
        assertThat(made.judge().total()).as("seed %d", seed).isEqualTo(want);
        assertThat(made.judge().pass())
                .as("seed %d", seed)
                .isEqualTo(want.lost() + want.duplicated() + want.invented() == 0);
    }

    private static Counts done(Case made, TruthRead read, int what, SplittableRandom random) {
        String mat = read.read().reader();
        long millis = read.read().sightedMonotonicNanos() / Case.MS;
        return switch (what) {
            case 0 -> new Counts(1, 0, 0, 0, 0, 1, 0, 0);
            case 1 -> {
                made.boxes.add(made.held(read, 0));
                yield new Counts(1, 1, 0, 0, 0, 1, 0, 0);
            }
            case 2 -> {
                made.truth.removeLast();
                // Numbers of its own: what does not come twice is not taken for what does.
                TruthRead twice = made.sent(mat, millis, 100_000 + (int) millis, Fate.WHOLE);
                made.delivered(twice);
                made.engine.add(made.held(twice, random.nextInt(1000)));
                yield new Counts(1, 1, 1, 0, 0, 0, 1, 0);
            }
            case 3 -> {
                made.delivered(read);
                made.engine.add(made.withChip(made.held(read, 0), 200_000 + (int) millis));
                yield new Counts(1, 1, 1, 0, 0, 0, 0, 1);
            }
            case 4 -> {
                made.truth.removeLast();
                made.sent(mat, millis, 300_000 + (int) millis, Fate.DAMAGED);
                made.gap(mat, millis - 1, millis + 1);
                yield new Counts(1, 0, 0, 1, 0, 0, 0, 0);
            }
            default -> {
                made.delivered(read);
                yield new Counts(1, 1, 1, 0, 0, 0, 0, 0);
            }
        };
    }
}

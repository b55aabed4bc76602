package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.matgate.simulator.fault.Fault;

/** Lets some not wait for their gun. */
final class EarlyStarts {
    private static final long LEAST_NANOS = 1_000_000_000;

    private EarlyStarts() {}

    /**
     * Changes the entries of those who start too early; it moves their whole race.
     *
     * @param shortfalls is added to
     */
    static void apply(
            List<Fault.OfRunners> tricks, Distance distance, long seed, List<Entry> entries, List<String> shortfalls) {
        for (int i = 0; i < tricks.size(); i++) {
            if (tricks.get(i) instanceof Fault.EarlyStart early
                    && early.distance().equals(distance.name())) {
                SplittableRandom random = Seeds.random(seed, "early start", i);
                List<Integer> could = new ArrayList<>(IntStream.range(0, entries.size())
                        .filter(entry -> mayStartEarly(entries.get(entry)))
                        .boxed()
                        .toList());
                Collections.shuffle(could, Random.from(random));
                List<Integer> chosen = could.subList(0, Math.min(early.count(), could.size()));
                for (int entry : chosen) {
                    Entry before = entries.get(entry);
                    long most = Math.min(early.mostNanos(), before.wave().gunNanos());
                    long by = random.nextLong(Math.min(LEAST_NANOS, most), most + 1);
                    entries.set(entry, before.startingAfterGun(-by));
                }
                if (chosen.size() < early.count()) {
                    shortfalls.add(early.announcement() + ": only " + chosen.size() + " could");
                }
            }
        }
    }

    private static boolean mayStartEarly(Entry entry) {
        return entry.starts() && entry.startAfterGunNanos() >= 0 && entry.wave().gunNanos() > 0;
    }
}

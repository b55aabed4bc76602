package org.matgate.simulator.rehearsal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.WireLog;

/**
 * What a reader might have told, or told in time, and was not let: no referee misses it, so it counts against whoever told
 * the reader, asked it too seldom, or did not fetch what it had. Passes on the truth. Thread-safe.
 *
 * <p>A hurried race waits for a reader that has to be asked, however long that takes, and what it sees then it truly saw
 * so late. So how often it is asked is judged by itself: on the wall, in the time that the reader itself had to run, as
 * a box knows of no race clock, and less what a fault or the machine's terminals held up.
 */
final class NotOffered implements WireLog {
    /** Nobody who passes is to wait longer for a reader to be asked; a chip is in its field for about as long. */
    static final long LONG_WAIT_NANOS = 1_500_000_000L;

    /** A busy machine makes some waits long. */
    private static final double LONG_WAITS_SHARE = 0.01;

    private static final int LONG_WAITS_ALWAYS = 2;

    /** No machine that is not stuck is as busy. */
    static final long LONGEST_WAIT_NANOS = 5_000_000_000L;

    /** How finely it is looked what explains a part of a wait. */
    private static final long LOOK_NANOS = 50_000_000;

    private final WireLog truth;
    private final FaultLog faults;
    private final Map<String, Of> mats = new HashMap<>();
    private Scenario scenario;
    private RaceClock clock = RaceClock.realTime(0);

    /** Of one mat; moments are of CLOCK_MONOTONIC. */
    private static final class Of {
        final List<Long> ignored = new ArrayList<>();
        final List<Long> unheard = new ArrayList<>();
        final List<Long> overflowed = new ArrayList<>();
        /** Each antenna is judged by itself: one that is asked often is not to hide another. */
        final Map<Integer, Waits> waits = new TreeMap<>();
    }

    private static final class Waits {
        final List<Wait> tooLong = new ArrayList<>();
        int all;
    }

    private record Wait(long fromNanos, long untilNanos, long waitedNanos) {
        /** As much of it as nothing explains. */
        Wait without(LongPredicate explained) {
            int looks = 0;
            int unexplained = 0;
            for (long moment = fromNanos; moment <= untilNanos; moment += LOOK_NANOS) {
                looks++;
                unexplained += explained.test(moment) ? 0 : 1;
            }
            return new Wait(fromNanos, untilNanos, waitedNanos / looks * unexplained);
        }
    }

    NotOffered(Scenario scenario, WireLog truth, FaultLog faults) {
        this.scenario = scenario;
        this.truth = truth;
        this.faults = faults;
    }

    /** A race at these mats, by this clock; what was noted in an earlier one is forgotten. */
    synchronized void raceStarts(Scenario race, RaceClock itsClock) {
        scenario = race;
        mats.clear();
        clock = itsClock;
    }

    @Override
    public void offered(WireRead read, long sentMonotonicNanos, Fate fate) {
        truth.offered(read, sentMonotonicNanos, fate);
        if (fate == Fate.NOT_LISTENING) {
            note(of -> of.unheard.add(sentMonotonicNanos), read.reader());
        }
    }

    @Override
    public void ignored(String reader, long sightedMonotonicNanos) {
        note(of -> of.ignored.add(sightedMonotonicNanos), reader);
    }

    @Override
    public void overflowed(String reader, long sightedMonotonicNanos) {
        note(of -> of.overflowed.add(sightedMonotonicNanos), reader);
    }

    @Override
    public void waited(
            String reader, int antenna, long fromMonotonicNanos, long untilMonotonicNanos, long waitedNanos) {
        note(
                of -> {
                    Waits waits = of.waits.computeIfAbsent(antenna, number -> new Waits());
                    waits.all++;
                    if (waitedNanos > LONG_WAIT_NANOS) {
                        waits.tooLong.add(new Wait(fromMonotonicNanos, untilMonotonicNanos, waitedNanos));
                    }
                },
                reader);
    }

    private synchronized void note(Consumer<Of> what, String reader) {
        what.accept(mats.computeIfAbsent(reader, name -> new Of()));
    }

    /** What went wrong with this mat, each for a person. */
    synchronized List<String> reasons(Mat mat) {
        Of of = mats.getOrDefault(mat.name(), new Of());
        Hindrances hindrances = new Hindrances(scenario, clock, faults.happenings());
        List<String> reasons = new ArrayList<>();
        List<Long> untold = unexplained(of.ignored, moment -> hindrances.keepFromReading(mat, moment));
        if (!untold.isEmpty()) {
            reasons.add("mat " + mat.name() + " was told not to read " + untold.size()
                    + " sightings, although nothing went wrong there at the time" + fromTo(untold));
        }
        // A frame that comes so slowly that it is cut in two is not one that nobody heard any of.
        List<Long> toNobody = unexplained(
                Hindrances.keepsWhatNobodyHears(mat) ? of.unheard : List.of(),
                moment -> hindrances.dribbles(mat, moment));
        if (!toNobody.isEmpty()) {
            reasons.add("mat " + mat.name() + " was not told to keep " + toNobody.size() + " reads that nobody heard");
        }
        List<Long> notFetched =
                unexplained(of.overflowed, moment -> hindrances.fillMemory(mat, MatMaker.memory(mat), moment));
        if (!notFetched.isEmpty()) {
            reasons.add("mat " + mat.name() + " had no room for " + notFetched.size() + " sightings, as its box did not"
                    + " fetch what it had read, and nothing kept it away for so long" + fromTo(notFetched));
        }
        of.waits.forEach((antenna, waits) -> {
            String asked = antenna == 0 ? "ask it" : "ask it for antenna " + antenna;
            waited(mat, asked, waits, hindrances).ifPresent(reasons::add);
        });
        return reasons;
    }

    private Optional<String> waited(Mat mat, String asked, Waits all, Hindrances hindrances) {
        List<Wait> waits = all.tooLong.stream()
                .map(wait -> wait.without(moment -> hindrances.keepFromAsking(mat, moment)))
                .filter(wait -> wait.waitedNanos() > LONG_WAIT_NANOS)
                .toList();
        long longest = waits.stream().mapToLong(Wait::waitedNanos).max().orElse(0);
        boolean many = waits.size() > Math.max(LONG_WAITS_ALWAYS, LONG_WAITS_SHARE * all.all);
        if (!many && longest <= LONGEST_WAIT_NANOS) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the box of mat %s did not %s for more than 1.5 s %d times of %d while somebody was there to be"
                        + " seen, although nothing went wrong there at the time, at most for %.1f s; 1 %% may be"
                        + " so long, and none longer than 5 s%s",
                mat.name(),
                asked,
                waits.size(),
                all.all,
                longest / 1e9,
                fromTo(waits.stream().map(Wait::fromNanos).sorted().toList())));
    }

    private static List<Long> unexplained(Collection<Long> moments, LongPredicate explained) {
        return moments.stream()
                .filter(moment -> !explained.test(moment))
                .sorted()
                .toList();
    }

    private String fromTo(List<Long> moments) {
        return ", from " + seconds(moments.getFirst()) + " to " + seconds(moments.getLast())
                + " s after the race clock's start";
    }

    private String seconds(long moment) {
        return String.format(Locale.ROOT, "%.1f", clock.raceNanos(moment) / 1e9);
    }
}

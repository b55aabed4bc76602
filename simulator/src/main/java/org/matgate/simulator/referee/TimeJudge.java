package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.matgate.protocol.stream.Stamp;

/** Judges the times of what an engine holds. Not thread-safe. */
final class TimeJudge {
    /** Beyond the stated uncertainty by this much no time may be wrong. */
    private static final long BEYOND_NANOS = 250_000_000;

    /** This share of times may be outside the stated uncertainty. */
    private static final double OUTSIDE_SHARE = 0.01;

    /**
     * The same of a box that is started every few seconds: it hardly gets to know its readers' clocks, so it says that it
     * does not. Measured at a load of 13 on two cores: of 56,000 times none was outside.
     */
    private static final double OUTSIDE_SHARE_SHORT_LIVES = 0.001;

    /**
     * A bound that is honest and says nothing is of no use to anybody: what half of all may not exceed. Of the clock it
     * is 10 ms; the rest is for the way from a reader, whose kept reads a box takes in its slow first second.
     */
    private static final long MOST_UNCERTAIN_STAMPING_NANOS = 30_000_000;

    /**
     * The same of a box that has known its readers for seconds. Measured: 0.26 s at a load of 13, 3.4 s at 27; a kernel
     * that knows nothing says 16 s.
     */
    private static final long MOST_UNCERTAIN_SHORT_LIVES_NANOS = 10_000_000_000L;

    /** A reader without a clock is as uncertain as the machine is late, on which all of a race runs at once. */
    private static final long MOST_UNCERTAIN_OTHERS_NANOS = 200_000_000;

    /**
     * What one in a hundred may not exceed while a box's own clock is synchronised, so that the many that are sharp do not
     * hide those that say nothing. Measured at a load of 13: 1.5 s of readers that stamp, 0.6 s of others.
     */
    private static final long MOST_UNCERTAIN_P99_NANOS = 3_000_000_000L;

    /** What none may exceed for which anybody vouches. Measured: 8 s where a terminal was stuck. */
    private static final long MOST_UNCERTAIN_EVER_NANOS = 30_000_000_000L;

    private final Evidence evidence;
    private final Historian historian;
    private final boolean shortLives;
    private final List<Timed> all = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    /** A read that was delivered. */
    private record Timed(TruthRead truth, HeldRead held, boolean stamped) {
        long errorNanos() {
            return Math.abs(held.utcNanos() - truth.sightedUtcNanos());
        }

        long sentLateNanos() {
            return truth.sentMonotonicNanos() - truth.read().sightedMonotonicNanos();
        }
    }

    TimeJudge(Evidence evidence, Matching engine, Historian historian) {
        this.evidence = evidence;
        this.historian = historian;
        this.shortLives = evidence.times().limits().shortLives();
        for (TruthRead read : evidence.truth()) {
            HeldRead held = engine.partner().get(read);
            if (held != null) {
                all.add(new Timed(
                        read,
                        held,
                        evidence.times().stamping().contains(read.read().reader())));
            }
        }
    }

    TimeFindings judge() {
        outside();
        unsynchronised();
        uncertainBeyondUse();
        SequencedMap<String, TimeFindings.Kind> kinds = new LinkedHashMap<>();
        limits(kinds, "readers that stamp", Timed::stamped, MOST_UNCERTAIN_STAMPING_NANOS);
        limits(kinds, "other readers", timed -> !timed.stamped(), MOST_UNCERTAIN_OTHERS_NANOS);
        GunJudge guns = new GunJudge(evidence, vouched());
        guns.judge().ifPresent(kind -> kinds.put("guns", kind));
        reasons.addAll(guns.reasons());
        BootJudge boots = new BootJudge(evidence, all.stream().map(Timed::held).toList());
        reasons.addAll(boots.reasons());
        return new TimeFindings(error(all), uncertainty(all), kinds, restated(), boots.lines());
    }

    /** Why it is a FAIL; to be asked after {@link #judge}. */
    List<String> reasons() {
        return reasons;
    }

    private void outside() {
        SequencedMap<String, Integer> byMat = new LinkedHashMap<>();
        long outside = 0;
        long beyond = 0;
        double share = shortLives ? OUTSIDE_SHARE_SHORT_LIVES : OUTSIDE_SHARE;
        StuckTerminals stuck = new StuckTerminals(evidence);
        for (Timed timed : all) {
            long uncertainty = timed.held().uncertaintyNanos();
            if (uncertainty != Stamp.UNSYNCHRONISED
                    && timed.errorNanos() > uncertainty
                    && !stuck.excuses(timed.truth(), timed.held())
                    && !(shortLives && sentLate(timed))) {
                outside++;
                byMat.merge(timed.held().reader(), 1, Integer::sum);
                beyond += timed.errorNanos() - uncertainty > BEYOND_NANOS ? 1 : 0;
                historian.wrongTime(timed.truth(), timed.held());
            }
        }
        boolean many = outside > share * all.size();
        if (many) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%d of %d times (%.1f %%) are outside their stated uncertainty; at most %s %% may be: %s",
                    outside,
                    all.size(),
                    100.0 * outside / all.size(),
                    shortLives ? "0.1" : "1",
                    byMat.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "))));
        }
        if (beyond > 0) {
            reasons.add(beyond + " times are wrong by more than their stated uncertainty and "
                    + BEYOND_NANOS / 1_000_000 + " ms");
        }
        if (!many && beyond == 0) {
            historian.forgetWrongTimes();
        }
    }

    /**
     * Whether a time is too late by no more than the simulator was late to send the read: it had no time, where a module
     * without a memory has. A box takes no stall beyond 250 ms into account until it has heard a reader for a second.
     */
    private boolean sentLate(Timed timed) {
        TruthRead truth = timed.truth();
        long late = timed.held().utcNanos() - timed.held().uncertaintyNanos() - truth.sightedUtcNanos();
        return evidence.times().inTerminals().contains(timed.held().reader())
                && late > 0
                && late <= timed.sentLateNanos();
    }

    private Map<UUID, Boolean> vouched() {
        return BootJudge.vouched(
                evidence.times().boots(), all.stream().map(Timed::held).toList());
    }

    private void unsynchronised() {
        Map<UUID, Boolean> vouched = vouched();
        long count = 0;
        for (Timed timed : all) {
            // Where boxes have short lives, the clocks of all their boots are right in the end.
            if (!timed.held().time().synchronised()
                    && (shortLives || vouched.getOrDefault(timed.held().time().bootId(), false))) {
                count++;
                historian.unsynchronised(timed.truth(), timed.held());
            }
        }
        if (count > 0) {
            reasons.add(count + " reads are unsynchronised, although somebody vouches for "
                    + (shortLives ? "the time in the end" : "other times of the same boot"));
        }
    }

    private void limits(
            SequencedMap<String, TimeFindings.Kind> kinds,
            String name,
            Predicate<Timed> which,
            long mostUncertainNanos) {
        List<Timed> some = all.stream().filter(which).toList();
        if (some.isEmpty()) {
            return;
        }
        TimeFindings.Kind kind = new TimeFindings.Kind(error(some), uncertainty(some));
        kinds.put(name, kind);
        boolean stamped = some.getFirst().stamped();
        OptionalLong limit = stamped
                ? evidence.times().limits().medianErrorStamping()
                : evidence.times().limits().medianErrorOthers();
        if (limit.isPresent() && kind.error().medianNanos() > limit.getAsLong()) {
            reasons.add("the median error of times of " + name + " is "
                    + Historian.millis(kind.error().medianNanos()) + "; at most "
                    + Historian.millis(limit.getAsLong()) + " is asked for");
        }
        List<Timed> sure = some.stream()
                .filter(timed -> shortLives || timed.held().time().ofOwnClock())
                .toList();
        Spread stated = uncertainty(sure);
        ofNoUse(
                "median",
                name,
                stated.medianNanos(),
                shortLives ? MOST_UNCERTAIN_SHORT_LIVES_NANOS : mostUncertainNanos);
        if (!shortLives) {
            ofNoUse("99th percentile of the", name, p99Beyond(sure), MOST_UNCERTAIN_P99_NANOS);
        }
    }

    /** Less what a reader was late to say: of what it kept, or a busy machine let it say late, a box cannot know more. */
    private static long p99Beyond(List<Timed> sure) {
        return Spread.of(sure.stream()
                        .mapToLong(timed -> Math.max(0, timed.held().uncertaintyNanos() - 2 * timed.sentLateNanos()))
                        .toArray())
                .p99Nanos();
    }

    private void ofNoUse(String which, String name, long stated, long most) {
        if (stated > most) {
            reasons.add("the " + which + " uncertainty that boxes with a synchronised clock state of times of " + name
                    + " is " + Historian.millis(stated) + "; more than " + Historian.millis(most)
                    + " is of no use");
        }
    }

    /** However few they are: hours wrong, and stated so, is not timed. */
    private void uncertainBeyondUse() {
        List<Timed> beyond = all.stream()
                .filter(timed -> timed.held().time().synchronised()
                        && timed.held().uncertaintyNanos() > MOST_UNCERTAIN_EVER_NANOS)
                .toList();
        if (!beyond.isEmpty()) {
            reasons.add(beyond.size() + " times are stated as uncertain by more than "
                    + Historian.millis(MOST_UNCERTAIN_EVER_NANOS) + ", at most by "
                    + Historian.millis(uncertainty(beyond).maxNanos()) + ", although somebody vouches for them");
        }
    }

    private TimeFindings.Restated restated() {
        long[] by = all.stream()
                .mapToLong(timed -> timed.held().time().restatedNanos())
                .toArray();
        long byMillis = 0;
        long bySeconds = 0;
        long most = 0;
        for (long nanos : by) {
            byMillis += nanos > 1_000_000 ? 1 : 0;
            bySeconds += nanos > 1_000_000_000 ? 1 : 0;
            most = Math.max(most, nanos);
        }
        return new TimeFindings.Restated(byMillis, bySeconds, most);
    }

    private static Spread error(List<Timed> some) {
        return Spread.of(some.stream().mapToLong(Timed::errorNanos).toArray());
    }

    private static Spread uncertainty(List<Timed> some) {
        return Spread.of(some.stream()
                .mapToLong(timed -> timed.held().uncertaintyNanos())
                .toArray());
    }
}

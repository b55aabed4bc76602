package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.UUID;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.fault.Happening.Kind;

/** Judges start guns: each that was fired while its box ran is one event, at its time. Not thread-safe. */
final class GunJudge {
    /** What was on its way when the box was killed need not have been committed. */
    private static final long BEFORE_KILL_NANOS = 250_000_000;

    /** A box that says that it is ready may still be about to take its pins. */
    private static final long AFTER_READY_NANOS = 250_000_000;

    /**
     * What a box whose own clock is synchronised may state of a gun, which comes on a pin: more is of no use to anybody.
     * Measured: 2 ms, 31 ms at a load of 13.
     */
    private static final long MOST_UNCERTAIN_NANOS = 100_000_000;

    /**
     * The same where somebody else vouches for the time, or something went wrong with the box's clock. Measured: 1.5 s at
     * a load of 13.
     */
    private static final long MOST_UNCERTAIN_OTHERWISE_NANOS = 5_000_000_000L;

    private final Evidence evidence;
    private final Map<UUID, Boolean> vouched;
    private final List<String> reasons = new ArrayList<>();
    private final List<Long> errors = new ArrayList<>();
    private final List<Long> uncertainties = new ArrayList<>();

    /** @param vouched of each boot whether anybody vouches for any of its time */
    GunJudge(Evidence evidence, Map<UUID, Boolean> vouched) {
        this.evidence = evidence;
        this.vouched = vouched;
    }

    private record Pair(TruthGun fired, HeldGun held) {}

    /** Their times; empty if there are none. */
    Optional<TimeFindings.Kind> judge() {
        List<HeldGun> left = new ArrayList<>(evidence.times().heldGuns());
        SequencedMap<TruthGun, HeldGun> pairs = pairs(left);
        for (TruthGun fired : evidence.times().guns()) {
            HeldGun held = pairs.get(fired);
            if (held != null) {
                judge(fired, held);
            } else if (Presence.ready(
                    evidence.happenings(),
                    fired.box(),
                    fired.monotonicNanos() - AFTER_READY_NANOS,
                    fired.toldMonotonicNanos() + BEFORE_KILL_NANOS)) {
                reasons.add("the engine lacks the gun that was fired at " + fired.box() + " at "
                        + Historian.utc(fired.utcNanos()));
            }
        }
        left.forEach(held -> reasons.add("the engine holds a gun at " + held.timingPoint() + " at "
                + Historian.utc(held.time().utcNanos()) + " that nobody fired"));
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeFindings.Kind(spread(errors), spread(uncertainties)));
    }

    /**
     * Who belongs together: always the nearest two, so that one that nobody had to hear does not take another's event.
     *
     * @param left those that are held; what belongs to nothing stays in it
     */
    private SequencedMap<TruthGun, HeldGun> pairs(List<HeldGun> left) {
        List<TruthGun> fired = new ArrayList<>(evidence.times().guns());
        SequencedMap<TruthGun, HeldGun> pairs = new LinkedHashMap<>();
        Optional<Pair> next = nearest(fired, left);
        while (next.isPresent()) {
            Pair pair = next.get();
            fired.remove(pair.fired());
            left.remove(pair.held());
            pairs.put(pair.fired(), pair.held());
            next = nearest(fired, left);
        }
        return pairs;
    }

    private static Optional<Pair> nearest(List<TruthGun> allFired, List<HeldGun> allHeld) {
        return allFired.stream()
                .flatMap(fired -> allHeld.stream()
                        .filter(held -> held.timingPoint().equals(fired.box()))
                        .map(held -> new Pair(fired, held)))
                .min(Comparator.<Pair>comparingLong(pair -> error(pair.fired(), pair.held()))
                        .thenComparing(pair -> pair.held().withinLockout()));
    }

    /** Why it is a FAIL; to be asked after {@link #judge}. */
    List<String> reasons() {
        return reasons;
    }

    private void judge(TruthGun fired, HeldGun held) {
        long error = error(fired, held);
        long uncertainty = held.time().uncertaintyNanos();
        OptionalLong asked = evidence.times().limits().gunError();
        String gun = "the gun at " + fired.box() + " at " + Historian.utc(fired.utcNanos());
        if (held.withinLockout()) {
            reasons.add(gun + " is marked as within the lock-out of another, and there was none");
        }
        if (uncertainty == Stamp.UNSYNCHRONISED) {
            if (vouched.getOrDefault(held.time().bootId(), false)) {
                reasons.add(gun + " is unsynchronised, although somebody vouches for other times of the same boot");
            }
            return;
        }
        errors.add(error);
        uncertainties.add(uncertainty);
        if (error > uncertainty) {
            reasons.add(gun + " is wrong by " + Historian.millis(error) + ", outside its stated uncertainty of "
                    + Historian.millis(uncertainty));
        }
        long most = held.time().ofOwnClock() && !clockTroubled(fired.box())
                ? MOST_UNCERTAIN_NANOS
                : MOST_UNCERTAIN_OTHERWISE_NANOS;
        if (uncertainty > most) {
            reasons.add(gun + " is stated as uncertain by " + Historian.millis(uncertainty) + "; more than "
                    + Historian.millis(most) + " is of no use");
        } else if (error <= uncertainty && asked.isPresent() && held.time().ofOwnClock() && error > asked.getAsLong()) {
            reasons.add(gun + " is wrong by " + Historian.millis(error) + "; at most "
                    + Historian.millis(asked.getAsLong()) + " is asked for");
        }
    }

    private boolean clockTroubled(String box) {
        return evidence.happenings().stream()
                .anyMatch(happening -> happening.subject().equals(box)
                        && (happening.kind() == Kind.CLOCK_CHANGED || happening.kind() == Kind.POWER_CUT));
    }

    private static long error(TruthGun fired, HeldGun held) {
        return Math.abs(held.time().utcNanos() - fired.utcNanos());
    }

    private static Spread spread(List<Long> values) {
        return Spread.of(values.stream().mapToLong(Long::longValue).toArray());
    }
}

package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.protocol.stream.Stamp;

/** Judges start guns: each that was fired while its box ran is one event, at its time. Not thread-safe. */
final class GunJudge {
    /** What was on its way when the box was killed need not have been committed. */
    private static final long BEFORE_KILL_NANOS = 250_000_000;

    private final Evidence evidence;
    private final List<String> reasons = new ArrayList<>();
    private final List<Long> errors = new ArrayList<>();
    private final List<Long> uncertainties = new ArrayList<>();

    GunJudge(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Their times; empty if there are none. */
    Optional<TimeFindings.Kind> judge() {
        List<HeldGun> left = new ArrayList<>(evidence.times().heldGuns().stream()
                .filter(held -> !held.withinLockout())
                .toList());
        for (TruthGun fired : evidence.times().guns()) {
            Optional<HeldGun> nearest = left.stream()
                    .filter(held -> held.timingPoint().equals(fired.box()))
                    .min(Comparator.comparingLong(held -> error(fired, held)));
            if (nearest.isPresent()) {
                left.remove(nearest.get());
                judge(fired, nearest.get());
            } else if (Presence.ready(evidence.happenings(), fired.box(), fired.monotonicNanos(), BEFORE_KILL_NANOS)) {
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

    /** Why it is a FAIL; to be asked after {@link #judge}. */
    List<String> reasons() {
        return reasons;
    }

    private void judge(TruthGun fired, HeldGun held) {
        long error = error(fired, held);
        long uncertainty = held.time().uncertaintyNanos();
        errors.add(error);
        uncertainties.add(uncertainty);
        OptionalLong asked = evidence.times().limits().gunError();
        String gun = "the gun at " + fired.box() + " at " + Historian.utc(fired.utcNanos());
        if (uncertainty == Stamp.UNSYNCHRONISED) {
            reasons.add(gun + " is unsynchronised");
        } else if (error > uncertainty) {
            reasons.add(gun + " is wrong by " + Historian.millis(error) + ", outside its stated uncertainty of "
                    + Historian.millis(uncertainty));
        } else if (asked.isPresent() && held.time().ofOwnClock() && error > asked.getAsLong()) {
            reasons.add(gun + " is wrong by " + Historian.millis(error) + "; at most "
                    + Historian.millis(asked.getAsLong()) + " is asked for");
        }
    }

    private static long error(TruthGun fired, HeldGun held) {
        return Math.abs(held.time().utcNanos() - fired.utcNanos());
    }

    private static Spread spread(List<Long> values) {
        return Spread.of(values.stream().mapToLong(Long::longValue).toArray());
    }
}

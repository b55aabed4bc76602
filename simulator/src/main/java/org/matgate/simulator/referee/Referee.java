package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.matgate.simulator.reader.WireLog.Fate;

/**
 * Compares what an engine holds with what truly happened. Pure.
 *
 * <p>A read that the engine lacks is excused only if its own bytes were damaged or cut, or if its last byte was sent
 * while no process held the port or within 250 ms before a kill; if a gap event tells of it; and if the box's journal
 * does not hold it after all.
 */
public final class Referee {
    /** So many reads of a kind are told with their histories. */
    static final int HISTORIES = 20;

    private final Evidence evidence;
    private final Matching engine;
    private final Matching boxes;
    private final Excuses excuses;
    private final Map<String, List<HeldGap>> gaps;
    private final Historian historian;
    private final SequencedMap<String, Counts> counts = new LinkedHashMap<>();
    private final List<String> reasons = new ArrayList<>();
    /** By identity: two reads may be equal in all that they say. */
    private final Set<TruthRead> lost = Collections.newSetFromMap(new IdentityHashMap<>());

    private Referee(Evidence evidence) {
        this.evidence = evidence;
        this.engine = Matching.of(evidence.truth(), evidence.engine());
        this.boxes = Matching.of(evidence.truth(), evidence.boxes());
        this.excuses = new Excuses(evidence);
        this.gaps = evidence.gaps().stream().collect(Collectors.groupingBy(HeldGap::reader));
        this.historian = new Historian(engine, boxes, HISTORIES);
    }

    /** Judges. */
    public static Verdict judge(Evidence evidence) {
        return new Referee(evidence).run();
    }

    private Verdict run() {
        evidence.boxOfMat().sequencedKeySet().forEach(mat -> counts.put(mat, Counts.NONE));
        evidence.truth().forEach(this::end);
        evidence.boxes().forEach(held -> count(held.reader(), new Counts(0, 1, 0, 0, 0, 0, 0, 0)));
        for (HeldRead held : engine.duplicated()) {
            count(held.reader(), new Counts(0, 0, 0, 0, 0, 0, 1, 0));
            historian.duplicated(held);
        }
        for (HeldRead held : engine.invented()) {
            count(held.reader(), new Counts(0, 0, 0, 0, 0, 0, 0, 1));
            historian.invented(held);
        }
        reasonsOfCounts(counts.values().stream().reduce(Counts.NONE, Counts::plus));
        Crashes.find(evidence.happenings()).forEach(reasons::add);
        reasons.addAll(GapJudge.reasons(evidence));
        TimeJudge timeJudge = new TimeJudge(evidence, engine, historian);
        TimeFindings times = timeJudge.judge();
        reasons.addAll(timeJudge.reasons());
        Optional<RaceFindings> race =
                evidence.race().truth().map(truth -> ResultsJudge.judge(evidence, truth, engine, lost));
        race.filter(found -> found.against() > 0)
                .ifPresent(found -> reasons.add(found.against()
                        + " splits, times or ends of runners are not what the truth is, and nothing excuses it"));
        return new Verdict(
                evidence.scenario(),
                evidence.seed(),
                evidence.version(),
                evidence.race().speed(),
                counts,
                times,
                delay(),
                race,
                CurveMaker.make(evidence, engine),
                evidence.race().usage(),
                reasons,
                historian.histories());
    }

    /** What became of one read that was offered. */
    private void end(TruthRead read) {
        String mat = read.read().reader();
        if (engine.partner().containsKey(read)) {
            count(mat, new Counts(1, 0, 1, 0, 0, 0, 0, 0));
        } else if (engine.altered().containsKey(read)) {
            count(mat, new Counts(1, 0, 0, 0, 1, 0, 0, 0));
        } else if (boxes.find(read).isPresent()) {
            lost(read, "the box's journal holds it");
        } else if (read.fate() == Fate.UNDETECTABLE) {
            count(mat, new Counts(1, 0, 0, 0, 1, 0, 0, 0));
        } else if (!excuses.excuse(read)) {
            lost(read, "no fault touched it");
        } else if (gaps.getOrDefault(mat, List.of()).stream().noneMatch(gap -> gap.covers(read))) {
            lost(read, "no gap event covers it");
        } else {
            count(mat, new Counts(1, 0, 0, 1, 0, 0, 0, 0));
        }
    }

    private void lost(TruthRead read, String why) {
        count(read.read().reader(), new Counts(1, 0, 0, 0, 0, 1, 0, 0));
        lost.add(read);
        historian.lost(read, why);
    }

    private void count(String mat, Counts more) {
        counts.merge(mat, more, Counts::plus);
    }

    private void reasonsOfCounts(Counts total) {
        evidence.boxOfMat().keySet().stream()
                .filter(mat -> counts.getOrDefault(mat, Counts.NONE).offered() == 0)
                .forEach(mat -> reasons.add("mat " + mat + " offered nothing"));
        if (total.lost() > 0) {
            reasons.add(total.lost() + " reads are lost");
        }
        if (total.duplicated() > 0) {
            reasons.add(total.duplicated() + " reads are there twice");
        }
        if (total.invented() > 0) {
            reasons.add(total.invented() + " reads are there that nobody sent");
        }
    }

    private Spread delay() {
        return Spread.of(evidence.truth().stream()
                .filter(engine.partner()::containsKey)
                .mapToLong(read -> {
                    HeldRead held = engine.partner().get(read);
                    return held == null ? 0 : held.storedUtcNanos() - read.sightedUtcNanos();
                })
                .toArray());
    }
}

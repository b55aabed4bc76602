package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.results.Entrant;
import org.matgate.simulator.results.GunTime;
import org.matgate.simulator.results.Passing;
import org.matgate.simulator.results.Result;
import org.matgate.simulator.results.Timekeeper;

/** Compares what a timekeeper would publish from what the engine holds with the truth, runner by runner. */
final class ResultsJudge {
    /** So many disagreements of a reason are told. */
    static final int MOST = 20;

    private final ReadBook book;
    private final GunBook guns;
    private final Set<TruthRead> lost;
    private final Map<Integer, List<Crossing>> crossings = new HashMap<>();
    private final Map<Integer, List<Lingering>> lingerings = new HashMap<>();

    private final SequencedMap<Status, Integer> published = new LinkedHashMap<>();
    private final SequencedMap<Status, Integer> truth = new LinkedHashMap<>();
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    private final Map<Reason, List<Disagreement>> told = new EnumMap<>(Reason.class);
    private final List<Long> splits = new ArrayList<>();
    private final List<Long> gunTimes = new ArrayList<>();
    private final List<Long> chipTimes = new ArrayList<>();
    private int early;
    private int earlyInTruth;
    private int crossingsOfStops;
    private int missed;
    private int onlyBackup;
    private int cameAgain;

    private ResultsJudge(Evidence evidence, RaceTruth race, Matching engine, Set<TruthRead> lost) {
        this.lost = lost;
        this.book = new ReadBook(evidence, race, engine);
        this.guns = new GunBook(evidence, race);
        race.course()
                .crossings()
                .forEach(crossing -> crossings
                        .computeIfAbsent(crossing.runner().bib(), bib -> new ArrayList<>())
                        .add(crossing));
        race.course()
                .lingerings()
                .forEach(each -> each.bib()
                        .ifPresent(bib -> lingerings
                                .computeIfAbsent(bib, key -> new ArrayList<>())
                                .add(each)));
        for (Status status : Status.values()) {
            published.put(status, 0);
            truth.put(status, 0);
        }
    }

    /** @param lost reads that nothing excuses, by identity */
    static RaceFindings judge(Evidence evidence, RaceTruth race, Matching engine, Set<TruthRead> lost) {
        ResultsJudge judge = new ResultsJudge(evidence, race, engine, lost);
        for (int i = 0; i < race.startList().size(); i++) {
            judge.runner(race.startList().get(i), race.course().runners().get(i));
        }
        return judge.findings();
    }

    private void runner(Entrant entrant, Runner runner) {
        List<HeldRead> held = book.held(entrant);
        GunTime gun = guns.of(entrant.distance(), entrant.wave());
        Result result = Timekeeper.result(entrant, gun, book.timed(held));
        List<Crossing> own = crossings.getOrDefault(runner.bib(), List.of());
        Causes causes = new Causes(
                book, lost, entrant, gun, runner, own, lingerings.getOrDefault(runner.bib(), List.of()), held);
        RunnerJudge judge = new RunnerJudge(runner, own, result, causes);
        for (Disagreement disagreement : judge.judge()) {
            reasons.merge(disagreement.reason(), 1, Integer::sum);
            List<Disagreement> ofReason = told.computeIfAbsent(disagreement.reason(), reason -> new ArrayList<>());
            if (ofReason.size() < MOST) {
                ofReason.add(disagreement);
            }
        }
        published.merge(result.status(), 1, Integer::sum);
        truth.merge(runner.status(), 1, Integer::sum);
        early += result.early() ? 1 : 0;
        earlyInTruth += runner.startedEarly(Result.EARLY_NANOS) ? 1 : 0;
        crossingsOfStops += judge.splitErrors.size() + judge.splitsMissed;
        missed += judge.splitsMissed;
        onlyBackup += (int) result.splits().stream()
                .filter(split -> split.filter(Passing::onlyBackup).isPresent())
                .count();
        cameAgain += result.otherPassings().size();
        splits.addAll(judge.splitErrors);
        gunTimes.addAll(judge.gunErrors);
        chipTimes.addAll(judge.chipErrors);
    }

    private RaceFindings findings() {
        SequencedMap<Reason, Integer> sorted = new LinkedHashMap<>();
        List<Disagreement> first = new ArrayList<>();
        for (boolean excused : new boolean[] {false, true}) {
            reasons.forEach((reason, count) -> {
                if (reason.excused() == excused) {
                    sorted.put(reason, count);
                    first.addAll(told.getOrDefault(reason, List.of()));
                }
            });
        }
        return new RaceFindings(
                published,
                truth,
                early,
                earlyInTruth,
                crossingsOfStops,
                missed,
                onlyBackup,
                cameAgain,
                book.strangers(),
                guns.heard(),
                guns.announced(),
                spread(splits),
                spread(gunTimes),
                spread(chipTimes),
                sorted,
                first);
    }

    private static Spread spread(List<Long> values) {
        return Spread.of(values.stream().mapToLong(Long::longValue).toArray());
    }
}

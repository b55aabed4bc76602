package org.matgate.simulator.torture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.ScenarioException;
import org.matgate.simulator.referee.Counts;
import org.matgate.simulator.referee.EarlierEvents;
import org.matgate.simulator.rehearsal.Progress;
import org.matgate.simulator.rehearsal.RehearsalException;
import org.matgate.simulator.rehearsal.Workplace;

/**
 * An endless race in cycles of a few seconds: in each, something goes wrong with a real box, its engine and what lies
 * between, and at its end the referee accounts for every read. It stops at the first FAIL.
 *
 * @param cycles how many; 0: until it is stopped
 * @param seed of the first cycle; each that follows has the next one, so that any can be the first
 * @param matgate how matgate is started, without its arguments
 * @param version of the simulator, to be told in the verdict
 * @param smallDisk whether the box may have a disk of its own, which takes the right to mount
 * @param unsyncedCommits how many commits a power cut may take: 1 is what a disk may do, more what a lying one does
 */
public record Torture(
        long cycles,
        long seed,
        List<String> matgate,
        String version,
        boolean smallDisk,
        int unsyncedCommits,
        SimClock clock,
        Progress progress) {
    /** After so many cycles engine and box begin anew with empty files, so that an endless race needs no endless disk. */
    private static final int CYCLES_AN_ERA = 20;

    /**
     * Runs it, and leaves no process behind. After a FAIL the evidence of its era stays.
     *
     * @throws IOException if a link, a file or a process cannot be opened
     */
    public TortureResult run(Workplace place) throws IOException, InterruptedException {
        TortureResult result = new TortureResult(seed, version);
        Optional<Path> library = ReadOnlyDisk.library(place.directory().directory());
        if (library.isEmpty()) {
            progress.say(
                    "Without a C compiler (cc), or where a path has a blank or a colon, the disk is never read-only.");
        }
        Scenario scenario = scenario(seed);
        Path directory = place.directory().directory();
        long done = 0;
        for (int era = 1; result.pass() || done == 0; era++) {
            Path home = Files.createDirectories(directory.resolve("era-" + era));
            done = era(place, home, scenario, library, done, result);
            if ((cycles > 0 && done >= cycles) || !result.pass()) {
                break;
            }
            Workplace.remove(home);
        }
        if (!result.pass()) {
            place.keep();
        }
        progress.end();
        return result;
    }

    /** @return how many cycles there have been by now */
    private long era(
            Workplace place, Path home, Scenario scenario, Optional<Path> library, long before, TortureResult result)
            throws IOException, InterruptedException {
        long done = before;
        try (Arena arena = Arena.open(scenario, home, matgate, clock, smallDisk, library)) {
            place.guards(arena);
            EarlierEvents earlier = EarlierEvents.none();
            while (done < before + CYCLES_AN_ERA && (cycles == 0 || done < cycles)) {
                done++;
                Cycle cycle = new Cycle(arena, this, done);
                CycleResult one;
                try {
                    if (done == before + 1) {
                        arena.start();
                    }
                    one = cycle.run(earlier);
                } catch (RehearsalException e) {
                    one = new CycleResult(
                            done,
                            seed + done - 1,
                            cycle.blows(),
                            Counts.NONE,
                            cycle.seconds(),
                            List.of(String.valueOf(e.getMessage())),
                            List.of());
                }
                result.add(one);
                progress.end();
                progress.say(one.text());
                if (!one.pass()) {
                    fail(arena, one);
                    break;
                }
                earlier = EarlierEvents.of(arena.directory().engineDatabase());
            }
        }
        return done;
    }

    private void fail(Arena arena, CycleResult cycle) throws IOException {
        progress.say(cycle.why());
        progress.say("evidence: " + arena.directory().directory());
        progress.say("again: matsim torture --cycles 1 --seed " + cycle.seed());
        arena.box().close();
        arena.engine().close();
        arena.keepDisk();
    }

    private static Scenario scenario(long seed) throws IOException {
        try (InputStream in = Torture.class.getResourceAsStream("torture.toml")) {
            if (in == null) {
                throw new IllegalStateException("torture.toml is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Scenario read = Scenario.parse("torture.toml", text);
            return Cycle.scenario(read, seed, read.faults());
        } catch (ScenarioException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.matgate.simulator.race;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.matgate.simulator.fault.Fault;

/**
 * A race as a crew describes it, with what is to go wrong.
 *
 * @param seed what random numbers grow from, unless another seed is given
 * @param clockZero the time of day at which the race clock is at 0, where that is told
 * @param durationNanos how long the race clock runs
 * @param faults all of them: those that are written, and those that are drawn for this seed
 * @param faultScript from which they come
 * @param clocks of the boxes of which something is said
 * @param guns that are fired on the pins of boxes
 * @param limits of what times may be wrong
 * @param plain whether boxes and engine speak plain TCP, without TLS
 * @param text the file's text, as it was read
 */
public record Scenario(
        String name,
        long seed,
        Optional<LocalTime> clockZero,
        long durationNanos,
        List<Distance> distances,
        List<TimingPoint> timingPoints,
        List<Mat> mats,
        List<Fault> faults,
        FaultScript faultScript,
        List<ClockTable> clocks,
        List<StartGun> guns,
        TimeLimits limits,
        boolean plain,
        String text) {
    /** The scenarios that are shipped. */
    public static final List<String> SHIPPED =
            List.of("demo", "quiet", "families", "clocks", "winter-run-2026", "almaty-marathon");

    public Scenario {
        distances = List.copyOf(distances);
        timingPoints = List.copyOf(timingPoints);
        mats = List.copyOf(mats);
        faults = List.copyOf(faults);
        clocks = List.copyOf(clocks);
        guns = List.copyOf(guns);
    }

    /**
     * A shipped scenario by its name, or one from a file.
     *
     * @throws ScenarioException if the text is not a scenario, with every problem and its place
     * @throws IOException if there is no such scenario and no such file
     */
    public static Scenario load(String nameOrFile) throws IOException, ScenarioException {
        if (SHIPPED.contains(nameOrFile)) {
            String resource = nameOrFile + ".toml";
            try (InputStream in = Scenario.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("scenario " + resource + " is missing from this build");
                }
                return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("no scenario '" + nameOrFile + "': it is neither one of " + String.join(", ", SHIPPED)
                    + " nor a file that can be read");
        }
        try {
            return parse(nameOrFile, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new IOException(nameOrFile + ": is not text in UTF-8", e);
        }
    }

    /**
     * Reads a scenario.
     *
     * @param file what to call it in messages
     */
    public static Scenario parse(String file, String text) throws ScenarioException {
        return new ScenarioReader(file, text).read();
    }

    /** The same with what another seed draws. */
    public Scenario withSeed(long other) {
        return with(other, faultScript.faults(mats, distances, other), faultScript, limits);
    }

    /** The same with other faults only, whatever the seed. */
    public Scenario withFaults(long other, List<Fault> others, TimeLimits otherLimits) {
        return with(other, others, new FaultScript(others, List.of()), otherLimits);
    }

    private Scenario with(long newSeed, List<Fault> newFaults, FaultScript script, TimeLimits newLimits) {
        return new Scenario(
                name,
                newSeed,
                clockZero,
                durationNanos,
                distances,
                timingPoints,
                mats,
                newFaults,
                script,
                clocks,
                guns,
                newLimits,
                plain,
                text);
    }

    /** How many chips are handed out. */
    public int runners() {
        return distances.stream().mapToInt(Distance::runners).sum();
    }

    /** The names of all boxes: of the timing points that have mats. */
    public List<String> boxes() {
        return timingPoints.stream()
                .map(TimingPoint::name)
                .filter(name -> !matsAt(name).isEmpty())
                .toList();
    }

    /** The mats of one timing point. */
    public List<Mat> matsAt(String timingPoint) {
        return mats.stream()
                .filter(mat -> mat.timingPoint().equals(timingPoint))
                .toList();
    }

    /** The clock of the box at a timing point. */
    public ClockTable clockOf(String box) {
        return clocks.stream()
                .filter(clock -> clock.box().equals(box))
                .findFirst()
                .orElseGet(() -> ClockTable.usual(box));
    }

    /** The guns that are fired on the pin of a box. */
    public List<StartGun> gunsAt(String box) {
        return guns.stream().filter(gun -> gun.box().equals(box)).toList();
    }
}

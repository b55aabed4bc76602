package org.matgate.simulator.race;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads what a scenario says of boxes: the tables {@code [[clock]]} and {@code [[gun]]}, and the limits of times. */
final class BoxTables {
    private static final double USUAL_PULSE_SECONDS = 0.02;
    private static final int USUAL_BOUNCES = 3;

    /** So that no gun falls into the lock-out after another. */
    private static final long BETWEEN_GUNS_NANOS = 2_000_000_000;

    private final List<String> boxes;

    BoxTables(List<String> boxes) {
        this.boxes = boxes;
    }

    List<ClockTable> clocks(TomlSection root) {
        List<ClockTable> clocks = new ArrayList<>();
        for (TomlSection section : root.sections("clock")) {
            ClockTable table = clock(section);
            if (clocks.stream().anyMatch(other -> other.box().equals(table.box()))) {
                section.wrong("box", "a box that no other [[clock]] has");
            }
            clocks.add(table);
        }
        return clocks;
    }

    private ClockTable clock(TomlSection section) {
        section.only("box", "starts", "error", "synchronised", "max_error", "drift_ppm", "wobble_ppm");
        boolean synchronised = section.flag("synchronised", true);
        for (String key : List.of("starts", "error")) {
            if (synchronised && section.has(key)) {
                section.wrong(key, "'synchronised = false' beside it: a clock that somebody keeps right starts right");
            }
        }
        if (section.has("starts") && section.has("error")) {
            section.wrong("error", "either 'starts' or 'error'");
        }
        double error = section.optionalNumber("error", -4e9, 4e9, "seconds that the clock is ahead, such as -3700.0")
                .orElse(0);
        double maxError = section.optionalNumber("max_error", 1e-6, 10, "seconds, 0.000001 to 10, such as 0.001")
                .orElse(ClockTable.USUAL_MAX_ERROR_SECONDS);
        OptionalLong drift = section.has("drift_ppm")
                ? OptionalLong.of(Math.round(
                        1000 * section.number("drift_ppm", -500, 500, "millionths, -500 to 500, such as 30")))
                : OptionalLong.empty();
        return new ClockTable(
                section.reference("box", boxes),
                section.has("starts") ? starts(section) : OptionalLong.empty(),
                Math.round(error * 1e9),
                synchronised,
                Math.round(maxError * 1e9),
                drift,
                section.optionalNumber("wobble_ppm", 0, 50, "millionths, 0 to 50, such as 0.5")
                        .orElse(ClockTable.USUAL_WOBBLE_PPM));
    }

    private static OptionalLong starts(TomlSection section) {
        String want = "a moment in UTC such as \"1970-01-01T00:00:00Z\", before 2200";
        String text = section.text("starts", want);
        try {
            Instant moment = Instant.parse(text);
            if (moment.getEpochSecond() >= 0 && moment.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
                return OptionalLong.of(moment.getEpochSecond() * 1_000_000_000L + moment.getNano());
            }
            section.wrong("starts", want);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                section.wrong("starts", want);
            }
        }
        return OptionalLong.of(0);
    }

    List<StartGun> guns(TomlSection root, List<Distance> distances, long durationNanos) {
        List<StartGun> guns = new ArrayList<>();
        for (TomlSection section : root.sections("gun")) {
            StartGun gun = gun(section, distances);
            String key = section.has("at") ? "at" : "distance";
            if (durationNanos > 0 && gun.atNanos() > durationNanos) {
                section.wrong(key, FaultReader.upTo("a gun", durationNanos));
            }
            if (guns.stream()
                    .anyMatch(other -> other.box().equals(gun.box())
                            && Math.abs(other.atNanos() - gun.atNanos()) < BETWEEN_GUNS_NANOS)) {
                section.wrong(key, "a gun at least 2 s from every other of that box");
            }
            guns.add(gun);
        }
        return guns;
    }

    private StartGun gun(TomlSection section, List<Distance> distances) {
        section.only("box", "distance", "wave", "at", "pulse", "bounces");
        double pulse = section.optionalNumber("pulse", 0.002, 1, "seconds, 0.002 to 1, such as 0.02")
                .orElse(USUAL_PULSE_SECONDS);
        return new StartGun(
                section.reference("box", boxes),
                section.has("at") ? section.moment("at", "1.0") : gunOfDistance(section, distances),
                Math.round(pulse * 1e9),
                section.has("bounces")
                        ? (int) section.whole("bounces", 0, 20, "how often the contact bounces, 0 to 20")
                        : USUAL_BOUNCES);
    }

    private static long gunOfDistance(TomlSection section, List<Distance> distances) {
        String name = section.reference(
                "distance", distances.stream().map(Distance::name).toList());
        List<Wave> waves = distances.stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> each.waves().stream())
                .toList();
        if (section.has("wave")) {
            String wave =
                    section.reference("wave", waves.stream().map(Wave::name).toList());
            waves = waves.stream().filter(each -> each.name().equals(wave)).toList();
        }
        return waves.stream().mapToLong(Wave::gunNanos).min().orElse(0);
    }

    static TimeLimits limits(TomlSection race) {
        return new TimeLimits(
                limit(race, "median_error_stamping"), limit(race, "median_error_others"), limit(race, "gun_error"));
    }

    private static OptionalLong limit(TomlSection race, String key) {
        return race.has(key)
                ? OptionalLong.of(Math.round(1e9 * race.number(key, 1e-6, 10, "seconds, such as 0.005")))
                : OptionalLong.empty();
    }
}

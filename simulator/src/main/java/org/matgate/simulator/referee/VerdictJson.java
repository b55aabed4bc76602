package org.matgate.simulator.referee;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A verdict as JSON (RFC 8259), with the same content as {@link VerdictText}. Times are nanoseconds. */
public final class VerdictJson {
    private VerdictJson() {}

    /** One object, with a line's end. */
    public static String json(Verdict verdict) {
        return "{\n  \"verdict\": " + quote(verdict.pass() ? "PASS" : "FAIL")
                + ",\n  \"scenario\": " + quote(verdict.scenario())
                + ",\n  \"seed\": " + verdict.seed()
                + ",\n  \"version\": " + quote(verdict.version())
                + ",\n  \"speed\": {\"asked\": " + verdict.speed().asked() + ", \"reached\": "
                + String.format(Locale.ROOT, "%.2f", verdict.speed().reached())
                + "}"
                + ",\n  \"total\": " + counts(verdict.total())
                + ",\n  \"mats\": {"
                + verdict.counts().entrySet().stream()
                        .map(entry -> "\n    " + quote(entry.getKey()) + ": " + counts(entry.getValue()))
                        .collect(Collectors.joining(","))
                + "\n  }" + times(verdict.times())
                + ",\n  \"delay\": " + spread(verdict.delay())
                + verdict.race().map(VerdictJson::race).orElse("")
                + ",\n  \"reasons\": " + list(verdict.reasons(), VerdictJson::quote)
                + ",\n  \"histories\": "
                + list(
                        verdict.histories(),
                        history -> "{\"problem\": " + quote(history.problem()) + ", \"mat\": " + quote(history.mat())
                                + ", \"text\": " + quote(history.text()) + "}")
                + "\n}\n";
    }

    private static String times(TimeFindings times) {
        TimeFindings.Restated restated = times.restated();
        return ",\n  \"time_error\": " + spread(times.error())
                + ",\n  \"uncertainty\": " + spread(times.uncertainty())
                + ",\n  \"times\": {"
                + times.kinds().entrySet().stream()
                        .map(entry -> "\n    " + quote(entry.getKey()) + ": {\"error\": "
                                + spread(entry.getValue().error()) + ", \"uncertainty\": "
                                + spread(entry.getValue().uncertainty()) + "}")
                        .collect(Collectors.joining(","))
                + "\n  },\n  \"restated\": {\"by_more_than_1_ms\": " + restated.byMillis()
                + ", \"by_more_than_1_s\": " + restated.bySeconds() + ", \"most_nanos\": " + restated.mostNanos()
                + "},\n  \"boots\": " + list(times.boots(), VerdictJson::quote);
    }

    private static String race(RaceFindings race) {
        return ",\n  \"results\": {\n    \"published\": " + numbers(race.published())
                + ",\n    \"truth\": " + numbers(race.truth())
                + ",\n    \"early_starters\": " + race.early()
                + ", \"early_starters_in_truth\": " + race.earlyInTruth()
                + ",\n    \"guns_heard\": " + race.gunsHeard()
                + ", \"guns_announced\": " + race.gunsAnnounced()
                + ",\n    \"splits\": " + race.crossings()
                + ", \"splits_missed\": " + race.splitsMissed()
                + ", \"splits_of_backup_line_only\": " + race.onlyBackup()
                + ", \"came_again\": " + race.cameAgain()
                + ", \"strangers\": " + race.strangers()
                + ",\n    \"split_error\": " + spread(race.splits())
                + ",\n    \"gun_time_error\": " + spread(race.gunTimes())
                + ",\n    \"chip_time_error\": " + spread(race.chipTimes())
                + ",\n    \"disagreements\": " + numbers(race.reasons())
                + ",\n    \"first_disagreements\": "
                + list(
                        race.disagreements(),
                        each -> "{\"bib\": " + each.bib() + ", \"distance\": " + quote(each.distance())
                                + ", \"what\": " + quote(each.what()) + ", \"reason\": "
                                + quote(each.reason().name()) + ", \"excused\": "
                                + each.reason().excused()
                                + ", \"text\": " + quote(each.text()) + "}")
                + "\n  }";
    }

    private static String numbers(Map<? extends Enum<?>, Integer> numbers) {
        return numbers.entrySet().stream()
                .map(entry -> quote(entry.getKey().name()) + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Counts as an object. */
    public static String counts(Counts c) {
        return "{\"offered\": " + c.offered() + ", \"stored\": " + c.stored() + ", \"delivered\": " + c.delivered()
                + ", \"destroyed\": " + c.destroyed() + ", \"undetectable\": " + c.undetectable() + ", \"lost\": "
                + c.lost() + ", \"duplicated\": " + c.duplicated() + ", \"invented\": " + c.invented() + "}";
    }

    private static String spread(Spread spread) {
        return "{\"count\": " + spread.count() + ", \"median_nanos\": " + spread.medianNanos() + ", \"p99_nanos\": "
                + spread.p99Nanos() + ", \"max_nanos\": " + spread.maxNanos() + "}";
    }

    private static <T> String list(List<T> elements, Function<T, String> json) {
        return elements.isEmpty()
                ? "[]"
                : elements.stream().map(json).collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
    }

    /** A text as JSON has it. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // A lone surrogate has no form in UTF-8, so all are written by their numbers.
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}

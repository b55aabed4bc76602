package org.matgate.gateway.cli;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A time as the crew types it: with its zone, so that it means one moment. */
final class CrewTime {
    private CrewTime() {}

    /**
     * Nanoseconds since 1970 in UTC.
     *
     * @param option whose value it is, for the message
     * @throws ParameterException if it is no such time; the message says what is
     */
    static long utcNanos(CommandSpec spec, String option, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T"));
            return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + text + ": want date, time and zone, such as 2026-05-10T09:00:00Z for UTC or"
                            + " 2026-05-10T11:00:00+02:00 for a watch two hours ahead of it",
                    e);
        }
    }
}

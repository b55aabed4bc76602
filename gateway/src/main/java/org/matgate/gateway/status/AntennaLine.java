package org.matgate.gateway.status;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.ReaderStatus;
import org.matgate.protocol.stream.Event.AntennaCondition;

/** How an antenna is spoken of. */
public final class AntennaLine {
    /** With less, more than a tenth of the power comes back. */
    static final int POOR_CENTI_DB = 1_000;

    private AntennaLine() {}

    /** What is wrong with an antenna that is in use. */
    public static void judge(Findings findings, int number, ReaderStatus.Antenna antenna) {
        boolean away = disconnected(antenna);
        findings.warn(away, "antenna " + number + ": plug it in, or take it out of antennas in matgate.toml")
                .warn(
                        !away && poor(antenna),
                        "antenna " + number + " sends back too much: look for water or damage in its cable and plugs,"
                                + " try another cable");
    }

    /** Whether the reader says that nothing is plugged in. */
    public static boolean disconnected(ReaderStatus.Antenna antenna) {
        return antenna.condition() == AntennaCondition.DISCONNECTED;
    }

    /** Whether too much of what is sent into it comes back. */
    private static boolean poor(ReaderStatus.Antenna antenna) {
        return antenna.condition() == AntennaCondition.HIGH_RETURN_LOSS
                || antenna.returnLossCentiDb().orElse(POOR_CENTI_DB) < POOR_CENTI_DB;
    }

    /** Its state in a word or two. */
    public static String words(ReaderStatus.Antenna antenna) {
        String condition = switch (antenna.condition()) {
            case CONNECTED -> "connected";
            case DISCONNECTED -> "NOT CONNECTED";
            case HIGH_RETURN_LOSS -> "REFLECTS";
            case UNSPECIFIED -> "presence unknown";
        };
        OptionalInt loss = antenna.returnLossCentiDb();
        return condition
                + (antenna.detail().isEmpty() ? "" : " (" + antenna.detail() + ")")
                + (loss.isPresent()
                        ? String.format(Locale.ROOT, ", return loss %.1f dB", loss.getAsInt() / 100.0)
                        : "");
    }

    /** All that are in use, each with its reads, such as {@code antennas 1: 204, 2 NOT CONNECTED}. */
    static String all(Config.Reader reader, ReaderStatus status) {
        return (reader.antennas().size() == 1 ? "antenna " : "antennas ")
                + reader.antennas().stream()
                        .map(number -> number + shortly(status.antenna(number)))
                        .collect(Collectors.joining(", "));
    }

    private static String shortly(ReaderStatus.Antenna antenna) {
        String reads = antenna.reads() == 0 ? "" : ": " + Words.count(antenna.reads());
        return switch (antenna.condition()) {
            case CONNECTED -> reads.isEmpty() ? " ok" : reads;
            case UNSPECIFIED -> reads;
            case DISCONNECTED -> " NOT CONNECTED" + reads;
            case HIGH_RETURN_LOSS -> " REFLECTS" + reads;
        };
    }

    /** The same, for programs. */
    public static Facts facts(int number, boolean inUse, ReaderStatus.Antenna antenna) {
        OptionalInt loss = antenna.returnLossCentiDb();
        Facts facts = Facts.NONE
                .with("antenna", number)
                .with("in_use", inUse)
                .with("condition", antenna.condition().name().toLowerCase(Locale.ROOT))
                .with("detail", antenna.detail())
                .with("reads", antenna.reads());
        return loss.isPresent()
                ? facts.with("return_loss_db", loss.getAsInt() / 100.0)
                : facts.with("return_loss_db", OptionalInt.empty());
    }
}

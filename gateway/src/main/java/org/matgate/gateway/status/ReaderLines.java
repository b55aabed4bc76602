package org.matgate.gateway.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.ReaderStatus;
import org.matgate.gateway.reader.Vital;
import org.matgate.protocol.stream.Event.ReaderPhase;

/** The lines of a reader and of its antennas. */
public final class ReaderLines {
    /** A reader comes up within a few seconds; a link that is sought is told at once. */
    static final long COMING_UP_NANOS = 15_000_000_000L;

    /** A gap is worth a look for so long. */
    static final long RECENT_GAP_NANOS = 60_000_000_000L;

    /** Modules stop transmitting by themselves somewhat above. */
    static final int HOT_CELSIUS = 70;

    private static final String TO_TEST =
            "no test is possible while it is so: start the service, wave a chip and look at `matgate status --watch`";

    private static final int FULL_PERCENT = 80;

    /** Beyond, a time on a reader's clock is a date; below, a time since its start. */
    private static final long YEAR_2000_NANOS = 946_684_800_000_000_000L;

    private ReaderLines() {}

    /**
     * A reader, its antennas with it.
     *
     * @param nowNanos on CLOCK_MONOTONIC
     */
    public static Line reader(Config.Reader reader, ReaderStatus status, long nowNanos, Stamper stamper) {
        Findings findings = new Findings();
        phase(findings, status, nowNanos);
        findings.warn(status.celsius().orElse(0) >= HOT_CELSIUS, "it is hot and may stop: give it shade and air");
        findings.warn(
                status.bufferPercent().orElse(0) >= FULL_PERCENT, "its own memory fills up: the box reads too slowly");
        findings.warn(
                within(status.lastGapNanos(), nowNanos, RECENT_GAP_NANOS),
                "bytes or reads went missing in the last minute: check cable and plugs, keep it off mains and radios");
        findings.warn(status.readsLost() > 0, "reads were dropped because the disk did not keep up: see journal");
        findings.fail(
                reads(status.phase())
                        && reader.antennas().stream()
                                .allMatch(antenna -> AntennaLine.disconnected(status.antenna(antenna))),
                "it has no antenna: plug one in");
        for (int antenna : reader.antennas()) {
            AntennaLine.judge(findings, antenna, status.antenna(antenna));
        }
        return findings.line(
                "reader",
                reader.source().reader(),
                text(reader, status, nowNanos, stamper),
                facts(reader, status, nowNanos, stamper));
    }

    private static void phase(Findings findings, ReaderStatus status, long nowNanos) {
        long down = nowNanos - status.notReadingSinceNanos().orElse(nowNanos);
        switch (status.phase()) {
            case READING -> {}
            case DEGRADED ->
                findings.warn(
                        true,
                        status.keepsForTheService()
                                ? TO_TEST
                                : "it reads, but not as configured: put right what it says");
            case CONNECTING, CONFIGURING ->
                findings.warn(down < COMING_UP_NANOS, "wait a moment and ask again")
                        .fail(
                                down >= COMING_UP_NANOS,
                                "it does not come up: switch it off and on, then `matgate probe`");
            case FINDING ->
                findings.fail(true, "check its power, cable and address; `matgate probe` shows what is where");
            case RECOVERING, UNSPECIFIED -> findings.fail(true, toRecover(status.detail()));
            case STOPPED -> findings.fail(true, "start the service again");
        }
    }

    /** What to do about a reader that is tried again, by what it said. */
    private static String toRecover(String said) {
        if (said.contains("another client holds it")) {
            return "stop the program or box that holds it, or switch the reader off and on";
        }
        if (said.contains("error in a parameter") || said.contains("error in a field")) {
            return "it refuses what matgate.toml asks of it: put right antennas or power_dbm there, then restart the"
                    + " service";
        }
        return "it fell silent and is tried again: check its power and cable";
    }

    /** Whether a reader in this phase reads. */
    public static boolean reads(ReaderPhase phase) {
        return phase == ReaderPhase.READING || phase == ReaderPhase.DEGRADED;
    }

    private static String text(Config.Reader reader, ReaderStatus status, long nowNanos, Stamper stamper) {
        List<String> parts = new ArrayList<>();
        boolean reads = reads(status.phase());
        String phase = status.phase().name().toLowerCase(Locale.ROOT);
        String since = Words.duration(nowNanos - status.sinceNanos());
        String model = status.identity()
                .map(id -> (id.model() + " " + id.firmware()).strip())
                .orElse("");
        boolean detailTells = !status.detail().isEmpty() && !status.detail().equals(model);
        parts.add((reads ? phase : phase.toUpperCase(Locale.ROOT)) + " for " + since
                + (detailTells ? " (" + status.detail() + ")" : ""));
        if (!model.isEmpty() && !(detailTells && status.detail().contains(model))) {
            parts.add(model);
        }
        status.celsius().ifPresent(celsius -> parts.add(celsius + " C"));
        parts.add(AntennaLine.all(reader, status));
        parts.add(reads(status, nowNanos));
        if (status.gaps() > 0) {
            parts.add(Words.count(status.gaps()) + (status.gaps() == 1 ? " gap" : " gaps"));
        }
        if (status.readsLost() > 0) {
            parts.add(Words.count(status.readsLost()) + " reads DROPPED");
        }
        status.offset().ifPresent(offset -> parts.add(clock(offset, nowNanos, stamper)));
        return String.join(", ", parts);
    }

    private static String reads(ReaderStatus status, long nowNanos) {
        if (status.lastReadNanos().isEmpty()) {
            return "no read yet";
        }
        return Words.count(status.reads()) + (status.reads() == 1 ? " read" : " reads")
                + String.format(Locale.ROOT, " (%.1f/s)", status.readsPerSecond()) + ", last "
                + Words.duration(since(status.lastReadNanos(), nowNanos).orElse(0)) + " ago";
    }

    private static String clock(Vital.ReaderOffset offset, long nowNanos, Stamper stamper) {
        OptionalLong ahead = ahead(offset, nowNanos, stamper);
        String within = "within " + Words.millis(offset.uncertaintyNanos());
        return ahead.isPresent()
                ? "its clock " + (ahead.getAsLong() < 0 ? "-" : "+") + Words.millis(Math.abs(ahead.getAsLong())) + " "
                        + within
                : "its clock known " + within;
    }

    /** How far the reader's clock is ahead of the box's UTC, where it counts UTC. */
    private static OptionalLong ahead(Vital.ReaderOffset offset, long nowNanos, Stamper stamper) {
        long readerNow = stamper.rawOfMonotonic(nowNanos) + offset.offsetNanos();
        return readerNow > YEAR_2000_NANOS
                ? OptionalLong.of(readerNow - stamper.stamp(nowNanos, 1).utcNanos())
                : OptionalLong.empty();
    }

    /**
     * What is told of its configuration.
     *
     * @param port names the link for a person
     */
    public static Facts configured(Config.Reader reader, String port) {
        return Facts.NONE
                .with("family", reader.family().word())
                .with("port", port)
                .with("timing_point", reader.source().timingPoint())
                .with("line", reader.source().line().name().toLowerCase(Locale.ROOT))
                .with("settings", settings(reader));
    }

    /** What it is to read with, in the words of the configuration file. */
    private static String settings(Config.Reader reader) {
        List<String> settings = new ArrayList<>();
        settings.add("antennas " + reader.antennas());
        reader.powerCentiDbm()
                .ifPresent(power -> settings.add(String.format(Locale.ROOT, "power_dbm %.2f", power / 100.0)));
        reader.region()
                .ifPresent(region -> settings.add("region " + region.name().toLowerCase(Locale.ROOT)));
        return String.join(", ", settings);
    }

    private static Facts facts(Config.Reader reader, ReaderStatus status, long nowNanos, Stamper stamper) {
        Facts facts = configured(reader, status.port())
                .with("phase", status.phase().name().toLowerCase(Locale.ROOT))
                .with("detail", status.detail())
                .with("phase_seconds", (nowNanos - status.sinceNanos()) / 1e9)
                .with("model", status.identity().map(Vital.Identity::model))
                .with("firmware", status.identity().map(Vital.Identity::firmware))
                .with("celsius", status.celsius())
                .with("buffer_percent", status.bufferPercent())
                .with("reads", status.reads())
                .with("reads_per_second", status.readsPerSecond())
                .withSeconds("since_read_seconds", since(status.lastReadNanos(), nowNanos))
                .with("reads_dropped", status.readsLost())
                .with("gaps", status.gaps())
                .withSeconds("since_gap_seconds", since(status.lastGapNanos(), nowNanos));
        OptionalLong uncertainty = status.offset().isPresent()
                ? OptionalLong.of(status.offset().get().uncertaintyNanos())
                : OptionalLong.empty();
        return facts.withSeconds(
                        "clock_ahead_seconds",
                        status.offset()
                                .map(offset -> ahead(offset, nowNanos, stamper))
                                .orElse(OptionalLong.empty()))
                .withSeconds("clock_uncertainty_seconds", uncertainty)
                .with(
                        "antennas",
                        status.antennas().entrySet().stream()
                                .map(entry -> AntennaLine.facts(
                                        entry.getKey(), reader.antennas().contains(entry.getKey()), entry.getValue()))
                                .toList());
    }

    private static OptionalLong since(OptionalLong moment, long nowNanos) {
        return moment.isPresent() ? OptionalLong.of(Math.max(0, nowNanos - moment.getAsLong())) : OptionalLong.empty();
    }

    private static boolean within(OptionalLong moment, long nowNanos, long nanos) {
        return moment.isPresent() && nowNanos - moment.getAsLong() < nanos;
    }
}

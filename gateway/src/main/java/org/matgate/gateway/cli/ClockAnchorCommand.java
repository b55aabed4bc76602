package org.matgate.gateway.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.gateway.clock.AnchorOrder;
import org.matgate.gateway.clock.CrewAnchor;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalFile.Kind;
import org.matgate.gateway.status.Order;
import org.matgate.gateway.status.StatusClient;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code matgate clock anchor}: the crew says when something was. */
@Command(
        name = "anchor",
        description = {
            "Tells the running service when a moment was, for a boot whose clock nobody vouched for: \"the gun was fired at"
                    + " 09:00:00 by the referee's watch\". All events of that boot get their time from it, also those that"
                    + " engines hold already.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:it is done and on disk", " 1:refused; the message says why", " 2:wrong call"})
public final class ClockAnchorCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Option(
            names = "--at",
            required = true,
            paramLabel = "TIME",
            description = "When it was, with its zone: 2026-05-10T09:00:00Z, or 2026-05-10T11:00:00.5+02:00.")
    private String at = "";

    static final class Moment {
        @Option(names = "--now", required = true, description = "It is now, as this command runs.")
        private boolean now;

        @Option(
                names = "--event",
                required = true,
                paramLabel = "JOURNAL:SEQ",
                description = "The event of that number, as engines and exports name it.")
        private Optional<String> event = Optional.empty();

        @Option(names = "--last-gun", required = true, description = "The last start gun in the journals.")
        private boolean lastGun;

        @Option(names = "--last-mark", required = true, description = "The last press of the judge's button.")
        private boolean lastMark;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Moment moment = new Moment();

    @Option(
            names = "--within",
            required = true,
            paramLabel = "SECONDS",
            description = "How wrong that may be; be honest: by hand and a good watch 0.5.")
    private BigDecimal within = BigDecimal.ONE;

    @Option(
            names = "--force",
            description = "Also where the boot was synchronised, or an engine knows better: then your word holds.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        long utc = CrewTime.utcNanos(spec, "--at", at);
        long error = withinNanos();
        Screen screen = new Screen(spec);
        try {
            Path data = where.directory();
            Optional<Stamp> stamp = moment.now ? Optional.empty() : Optional.of(stamp(data));
            AnchorOrder anchor = new AnchorOrder(
                    stamp.map(Stamp::bootId),
                    stamp.map(Stamp::monotonicNanos).orElse(0L),
                    utc,
                    error + stamp.map(Stamp::momentUncertaintyNanos).orElse(0L),
                    force,
                    "the crew says that " + what() + " was at " + at);
            Order.Reply reply = StatusClient.order(data, new Order(AnchorOrder.VERB, anchor.words()));
            if (reply.done()) {
                screen.line("OK: " + reply.text());
                return 0;
            }
            screen.error("matgate: not done: " + reply.text());
            return 1;
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
    }

    private String what() {
        return moment.now
                ? "this moment"
                : moment.lastGun ? "the gun" : moment.lastMark ? "the mark" : "event " + moment.event.orElse("");
    }

    private long withinNanos() {
        BigDecimal nanos = within.movePointRight(9);
        if (nanos.compareTo(BigDecimal.ONE) < 0
                || nanos.compareTo(BigDecimal.valueOf(CrewAnchor.MOST_WITHIN_NANOS / 2)) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--within " + within + "; want seconds, more than 0 and at most half a day");
        }
        return nanos.longValue();
    }

    /** The moment that is meant, as it was measured. */
    private Stamp stamp(Path data) throws IOException {
        try (JournalFile file = JournalFile.open(data)) {
            Optional<Entry> entry = moment.lastGun
                    ? last(file, Kind.GUN)
                    : moment.lastMark ? last(file, Kind.MARK) : byNumber(file, moment.event.orElse(""));
            return entry.orElseThrow(() -> new IOException("there is no such event in the journals: " + what()))
                    .event()
                    .stamp();
        }
    }

    /** Never the one before it in place of one that is damaged: it was fired at another time. */
    private static Optional<Entry> last(JournalFile file, Kind kind) throws IOException {
        try {
            return file.last(kind);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage()
                            + "; take another moment whose time you know: --event JOURNAL:SEQ of one that matgate"
                            + " export writes, or --now",
                    e);
        }
    }

    private Optional<Entry> byNumber(JournalFile file, String name) throws IOException {
        int colon = name.indexOf(':');
        try {
            return file.event(
                    JournalId.parse(name.substring(0, Math.max(0, colon))), Long.parseLong(name.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--event " + name + "; want the journal's 32 digits, a colon and the number of the event",
                    e);
        }
    }
}

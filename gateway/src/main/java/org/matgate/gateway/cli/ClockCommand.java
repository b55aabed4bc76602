package org.matgate.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalFile.Boot;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code matgate clock}: what is known of the time of every boot. */
@Command(
        name = "clock",
        description = {
            "Shows every boot of which there are events: from when to when, how many, who vouches for its time and how"
                    + " wrong that may be; and what to do for one whose time nobody knows.",
            "It reads the journal, also while the service runs.",
            ""
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[anchor]",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:the time of every boot is known",
            " 2:wrong call, or there is no journal to read",
            " 3:the time of a boot is not known"
        })
public final class ClockCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        try (JournalFile file = JournalFile.open(where.directory())) {
            List<Boot> boots = file.boots();
            boolean known = true;
            for (Boot boot : boots) {
                known &= show(screen, boot);
            }
            if (boots.isEmpty()) {
                screen.line("no events yet");
            }
            return known ? 0 : 3;
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
    }

    private static boolean show(Screen screen, Boot boot) {
        UtcTimeline timeline = new UtcTimeline();
        boot.pieces().forEach(timeline::add);
        Stamp first = timeline.restate(unknown(boot, boot.firstMonotonicNanos()));
        Stamp last = timeline.restate(unknown(boot, boot.lastMonotonicNanos()));
        boolean ends = first.synchronised() && last.synchronised();
        boolean known = ends && knownBetween(boot, timeline);
        screen.line("boot " + boot.id() + ": " + Words.count(boot.events()) + " events in "
                + Words.duration(boot.lastMonotonicNanos() - boot.firstMonotonicNanos()) + ", "
                + boot.pieces().size() + " pieces of its clock");
        screen.line("      from " + describe(first, timeline));
        screen.line("      to   " + describe(last, timeline));
        if (ends && !known) {
            screen.line("      but not all between: `clock_source` in the journal's view `entry` shows where");
        } else if (!known) {
            screen.line("      -> give the box a network, or say when something in this boot was, such as its gun:"
                    + " matgate clock anchor --at 2026-05-10T09:00:00Z --last-gun --within 0.5");
        }
        return known;
    }

    /** The map changes only where pieces begin and end. */
    private static boolean knownBetween(Boot boot, UtcTimeline timeline) {
        return boot.pieces().stream()
                .flatMap(piece -> Stream.of(piece.fromMonotonicNanos(), piece.untilMonotonicNanos()))
                .filter(at -> at > boot.firstMonotonicNanos() && at < boot.lastMonotonicNanos())
                .allMatch(at -> timeline.restate(unknown(boot, at)).synchronised());
    }

    private static Stamp unknown(Boot boot, long monotonic) {
        return new Stamp(boot.id(), monotonic, monotonic, Stamp.UNSYNCHRONISED, 0);
    }

    private static String describe(Stamp stamp, UtcTimeline timeline) {
        ClockSource source = timeline.source(stamp);
        return stamp.synchronised()
                ? Words.utc(stamp.utcNanos()) + ", within " + Words.millis(stamp.uncertaintyNanos()) + ", by "
                        + Words.source(source)
                : Words.duration(stamp.monotonicNanos()) + " after the boot; NOT SYNCHRONISED, nobody knows the time";
    }
}

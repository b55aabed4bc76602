package org.matgate.simulator.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.clock.BootClock;
import org.matgate.simulator.engine.StoreLock;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.link.FailingLine.State;
import org.matgate.simulator.referee.JournalEnd;
import org.matgate.simulator.referee.Marks;
import org.matgate.simulator.rehearsal.Timetable;

/** Deals the blows of one cycle. Thread-safe. */
final class Beating {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** Until an engine has stored what had reached it. */
    private static final long SETTLE_MILLIS = 150;

    /** From the second kill to the last start. */
    private static final long PAUSE_MILLIS = 300;

    /** A commit whose events all came so shortly before the power was cut may not have been synced. */
    private static final long UNSYNCED_NANOS = 200_000_000;

    private final Arena arena;
    private final Timetable timetable;
    private final SimClock clock;
    private final SplittableRandom random;
    private final int unsyncedCommits;
    private final Queue<String> tears = new ConcurrentLinkedQueue<>();

    /** @param unsyncedCommits how many commits a power cut may take, 1 unless the disk lies */
    Beating(Arena arena, Timetable timetable, SimClock clock, long seed, int unsyncedCommits) {
        this.arena = arena;
        this.timetable = timetable;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.unsyncedCommits = unsyncedCommits;
    }

    /** What was torn, for a person. */
    List<String> tears() {
        return List.copyOf(tears);
    }

    /** @param startNanos of the cycle, CLOCK_MONOTONIC */
    void schedule(Blow blow, long startNanos) {
        long from = startNanos + blow.fromNanos();
        long until = startNanos + blow.untilNanos();
        switch (blow.kind()) {
            case KILL, KILL_IN_START, TERMINATE, POWER_CUT, POWER_CUT_CLOCK_WRONG ->
                timetable.at(from, blow.text(), () -> fell(blow, startNanos));
            case STALL -> both(blow, from, until, arena.box()::stall, arena.box()::goOn);
            case DISK_FULL ->
                both(
                        blow,
                        from,
                        until,
                        () -> arena.disk().fill(),
                        () -> arena.disk().free());
            case DISK_READ_ONLY ->
                both(
                        blow,
                        from,
                        until,
                        () -> arena.readOnlyDisk().close(),
                        () -> arena.readOnlyDisk().open());
            case LINE_CLOSED -> line(blow, from, until, State.CLOSED);
            case LINE_HELD -> line(blow, from, until, State.HELD);
            case LINE_DEAD -> line(blow, from, until, State.DEAD);
            case LINE_SLOW -> line(blow, from, until, State.SLOW);
            case LINE_CUT -> both(blow, from, until, arena.line()::cutInTheMiddle, arena.line()::cutInTheMiddle);
            case ENGINE_KILL -> both(blow, from, until, arena.engine()::kill, arena.engine()::start);
            case ENGINE_STALL -> both(blow, from, until, arena.engine()::stall, arena.engine()::goOn);
            case ENGINE_LOCKED ->
                timetable.at(from, blow.text(), () -> {
                    StoreLock lock = new StoreLock(arena.directory().engineDatabase());
                    timetable.at(until, "", lock::close);
                });
            case CLOCK_STEP -> {
                happens(blow, from, Happening.Kind.CLOCK_CHANGED);
                timetable.at(until, "", () -> happened(blow, Happening.Kind.CLOCK_CHANGED));
            }
            case UNPLUGGED -> {
                timetable.at(from, blow.text(), () -> {
                    happened(blow, Happening.Kind.CABLE_OUT);
                    arena.mats().cable(blow.subject()).out();
                });
                timetable.at(until, "", () -> {
                    arena.mats().cable(blow.subject()).in();
                    happened(blow, Happening.Kind.CABLE_IN);
                });
            }
            case NOISE -> {
                happens(blow, from, Happening.Kind.NOISE_BEGAN);
                timetable.at(until, "", () -> happened(blow, Happening.Kind.NOISE_ENDED));
            }
        }
    }

    private void both(Blow blow, long from, long until, Timetable.Action begin, Timetable.Action end) {
        timetable.at(from, blow.text(), begin);
        timetable.at(until, "", end);
    }

    private void line(Blow blow, long from, long until, State state) {
        both(blow, from, until, () -> arena.line().is(state), () -> arena.line().is(State.WELL));
    }

    private void happens(Blow blow, long at, Happening.Kind kind) {
        timetable.at(at, blow.text(), () -> happened(blow, kind));
    }

    private void happened(Blow blow, Happening.Kind kind) {
        arena.faults().add(clock.monotonicNanos(), kind, blow.subject(), blow.text());
    }

    /** The box's process ends; only then is it clear when it can be started again. */
    private void fell(Blow blow, long startNanos) throws IOException, InterruptedException {
        long until = startNanos + blow.untilNanos();
        switch (blow.kind()) {
            case TERMINATE -> {
                arena.box().terminate(STOP_LIMIT);
                if (arena.box().wasForced()) {
                    throw new IOException("box " + blow.subject() + " did not stop within " + STOP_LIMIT.toSeconds()
                            + " s of SIGTERM");
                }
                timetable.at(until, "", arena.box()::start);
            }
            case KILL -> {
                arena.box().kill();
                timetable.at(until, "", arena.box()::start);
            }
            case KILL_IN_START -> {
                arena.box().kill();
                timetable.at(until, "", () -> {
                    arena.box().start();
                    Thread.sleep(Duration.ofNanos(blow.amount()));
                    arena.box().kill();
                    Thread.sleep(PAUSE_MILLIS);
                    arena.box().start();
                });
            }
            default -> {
                cutPower(blow);
                timetable.at(startNanos + blow.fromNanos() + Blow.POWER_OFF_NANOS, "", arena.box()::start);
            }
        }
    }

    private void cutPower(Blow blow) throws IOException, InterruptedException {
        happened(blow, Happening.Kind.POWER_CUT);
        arena.line().diallersVanish();
        long cut = clock.monotonicNanos();
        arena.box().kill();
        Thread.sleep(SETTLE_MILLIS);
        List<BootClock> boots = arena.directory().clock(blow.subject()).boots();
        String torn = new TornFiles(arena.journal(), arena.directory().directory(), random)
                .tear(unsyncedCommits, (with, without) -> mayLose(with, without, boots, cut));
        tears.add(torn);
    }

    private boolean mayLose(Path with, Path without, List<BootClock> boots, long cutNanos) throws IOException {
        if (unsyncedCommits > 1) {
            return true;
        }
        JournalEnd end = JournalEnd.of(without);
        JournalEnd last = JournalEnd.of(with);
        long firstLost = last.journal().equals(end.journal()) ? end.seq() + 1 : 1;
        boolean held = !last.equals(end)
                && !Marks.of(arena.directory().engineDatabase()).isBehind(last.journal(), firstLost);
        return !held && end.oldestBehind(with, boots) >= cutNanos - UNSYNCED_NANOS;
    }
}

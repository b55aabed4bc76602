package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.util.List;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.StartGun;
import org.matgate.simulator.reader.Mishap;

/**
 * Lets everything go wrong at its time, which is the race clock's. How long a killed box stays dead, and the stalls of a
 * box, are what the machine does to it and so of the wall, however fast the race is. Thread-safe.
 */
final class FaultPlan implements AutoCloseable {
    /** How long a killed box stays dead. */
    private static final long DEAD_NANOS = 1_000_000_000;

    private final Stage stage;
    private final RaceClock race;
    private final FaultLog faults;
    private final SimClock clock;
    private final Timetable timetable;

    FaultPlan(Stage stage, RaceClock race, FaultLog faults, SimClock clock, Progress progress) {
        this.stage = stage;
        this.race = race;
        this.faults = faults;
        this.clock = clock;
        this.timetable = new Timetable(clock, progress);
    }

    /** All faults of the race, at their times. */
    void schedule(List<Fault> all) {
        for (Fault fault : all) {
            long from = fault.fromNanos();
            switch (fault) {
                case Fault.Noise noise -> {
                    at(from, fault, () -> happened(Kind.NOISE_BEGAN, noise.mat()));
                    at(
                            noise.untilNanos(),
                            "the noise on " + noise.mat() + " is over",
                            () -> happened(Kind.NOISE_ENDED, noise.mat()));
                }
                case Fault.Kill kill ->
                    at(from, fault, () -> {
                        stage.box(kill.box()).kill();
                        // Only now, as on a busy machine a process may take long to die.
                        onTheWall(
                                clock.monotonicNanos() + DEAD_NANOS,
                                "the box " + kill.box() + " is started again",
                                () -> stage.box(kill.box()).start());
                    });
                case Fault.EngineAway away -> {
                    at(from, fault, stage::stopEngine);
                    at(away.untilNanos(), "the engine is back", stage::startEngine);
                }
                case Fault.Unplugged pulled -> {
                    at(from, fault, () -> pull(pulled.mat()));
                    at(pulled.untilNanos(), "the cable of " + pulled.mat() + " is back", () -> putBack(pulled.mat()));
                }
                case Fault.Reboot reboot -> {
                    at(from, fault, () -> powerOff(reboot.mat()));
                    at(reboot.untilNanos(), "the power of " + reboot.mat() + " is back", () -> powerOn(reboot.mat()));
                }
                case Fault.Hang hang ->
                    mishap(fault, hang.mat(), hang.untilNanos(), new Mishap.Hang(), new Mishap.PowerOn());
                case Fault.AntennaCut cut ->
                    mishap(
                            fault,
                            cut.mat(),
                            cut.untilNanos(),
                            new Mishap.AntennaCut(cut.antenna(), true),
                            new Mishap.AntennaCut(cut.antenna(), false));
                case Fault.TooHot hot ->
                    mishap(fault, hot.mat(), hot.untilNanos(), new Mishap.TooHot(true), new Mishap.TooHot(false));
                case Fault.MemoryFull full ->
                    mishap(
                            fault,
                            full.mat(),
                            full.untilNanos(),
                            new Mishap.MemoryFull(true),
                            new Mishap.MemoryFull(false));
                case Fault.Dribble slow ->
                    mishap(fault, slow.mat(), slow.untilNanos(), new Mishap.Dribble(true), new Mishap.Dribble(false));
                case Fault.ClockSync sync -> clockChanges(sync);
                case Fault.ClockLost lost -> clockChanges(lost);
                case Fault.ClockStep step -> clockChanges(step);
                case Fault.ClockSlew slew -> clockChanges(slew);
                case Fault.Boot boot ->
                    at(from, fault, () -> {
                        stage.troubled(boot.box(), true);
                        happened(Kind.POWER_CUT, boot.box());
                        stage.box(boot.box()).kill();
                        at(boot.untilNanos(), "the power of the box " + boot.box() + " is back", () -> {
                            stage.box(boot.box()).start();
                            stage.troubled(boot.box(), false);
                        });
                    });
                case Fault.Stall stall -> at(from, fault, () -> stall(stall, race.monotonicNanos(from)));
                case Fault.OfEngineLine line -> lineTroubled(line);
                // The course is run so.
                case Fault.OfRunners runners -> at(from, fault, () -> {});
            }
        }
    }

    /** The clock itself was told beforehand. */
    private void clockChanges(Fault.OfBox fault) {
        at(fault.fromNanos(), fault, () -> happened(Kind.CLOCK_CHANGED, fault.box(), fault.announcement()));
    }

    private void lineTroubled(Fault.OfEngineLine line) {
        at(line.fromNanos(), line, () -> {
            happened(Kind.LINE_TROUBLED, line.box(), line.announcement());
            stage.lines().trouble(line, true);
        });
        at(line.untilNanos(), "the line from " + line.box() + " to the engine is well again", () -> {
            stage.lines().trouble(line, false);
            happened(Kind.LINE_WELL, line.box());
        });
    }

    private void stall(Fault.Stall fault, long nowNanos) {
        stage.box(fault.box()).stall();
        onTheWall(
                nowNanos + fault.lengthNanos(), "", () -> stage.box(fault.box()).goOn());
        long next = nowNanos + fault.everyNanos();
        if (next + fault.lengthNanos() <= race.monotonicNanos(fault.untilNanos())) {
            onTheWall(next, "", () -> stallUnlessOver(fault, next));
        }
    }

    /** How far that is on the wall may have become known only now. */
    private void stallUnlessOver(Fault.Stall fault, long nowNanos) throws IOException, InterruptedException {
        if (nowNanos + fault.lengthNanos() <= race.monotonicNanos(fault.untilNanos())) {
            stall(fault, nowNanos);
        }
    }

    /** Fires a gun at its time. */
    void schedule(StartGun gun) {
        at(gun.atNanos(), "", () -> {
            long moment = race.monotonicNanos(gun.atNanos());
            onTheWall(moment + gun.pulseNanos(), "the gun at " + gun.box(), () -> stage.fire(gun, moment));
        });
    }

    private void mishap(Fault fault, String mat, long untilNanos, Mishap begin, Mishap end) {
        at(fault.fromNanos(), fault, () -> {
            stage.troubled(mat, true);
            happened(Kind.READER_TROUBLED, mat, fault.announcement());
            stage.mats().suffer(mat, begin);
        });
        at(untilNanos, mat + " is well again", () -> {
            stage.mats().suffer(mat, end);
            happened(Kind.READER_WELL, mat);
            stage.troubled(mat, false);
        });
    }

    private void pull(String mat) {
        stage.troubled(mat, true);
        happened(Kind.CABLE_OUT, mat);
        stage.mats().cable(mat).out();
    }

    private void putBack(String mat) throws IOException {
        stage.mats().cable(mat).in();
        happened(Kind.CABLE_IN, mat);
        stage.troubled(mat, false);
    }

    /** A reader on a serial port falls silent; the connections of one on the network end with it. */
    private void powerOff(String mat) {
        stage.troubled(mat, true);
        happened(Kind.READER_TROUBLED, mat, "reader without power");
        stage.mats().suffer(mat, new Mishap.PowerOff());
        if (stage.mats().onNetwork(mat)) {
            pull(mat);
        }
    }

    private void powerOn(String mat) throws IOException {
        if (stage.mats().onNetwork(mat)) {
            putBack(mat);
        }
        stage.mats().suffer(mat, new Mishap.PowerOn());
        happened(Kind.READER_WELL, mat);
        stage.troubled(mat, false);
    }

    private void happened(Kind kind, String subject) {
        happened(kind, subject, "");
    }

    private void happened(Kind kind, String subject, String detail) {
        faults.add(clock.monotonicNanos(), kind, subject, detail);
    }

    private void at(long raceNanos, Fault fault, Timetable.Action action) {
        at(raceNanos, fault.announcement(), action);
    }

    private void at(long raceNanos, String announcement, Timetable.Action action) {
        timetable.at(race, raceNanos, announcement, action);
    }

    private void onTheWall(long monotonicNanos, String announcement, Timetable.Action action) {
        timetable.at(monotonicNanos, announcement, action);
    }

    /** Whether everything has gone wrong, and has been put right again, that was to. */
    boolean over() {
        return timetable.over();
    }

    /** What could not be done. */
    List<String> failures() {
        return timetable.failures();
    }

    /** What has not happened yet will not. */
    @Override
    public void close() {
        timetable.close();
    }
}

package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.reader.MatStatistics;
import org.matgate.simulator.reader.Sighting;
import org.matgate.simulator.reader.SimulatedMat;

/**
 * Lets a simulated reader see what is in a file, spaced as it was. It begins when a host has the reader read and pauses
 * while none does. Where the link is slower than the file asks for, the file waits: nothing is lost in the reader's
 * memory. One thread.
 */
public final class ReadPlayer {
    /** The reader is told so early, and sees each chip at its own moment. */
    private static final long AHEAD_NANOS = 20_000_000;

    /** How many reads may be on their way through the reader: no reader's memory is smaller. */
    private static final int UNDER_WAY = 48;

    private static final long LOOK_NANOS = 5_000_000;
    private static final long ROOM_NANOS = 200_000;

    private final SimulatedMat mat;
    private final ReadFile file;
    private final Speed speed;
    private final SimClock clock;
    private long originNanos = Long.MIN_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long readingSinceNanos = Long.MAX_VALUE;
    private long given;
    private long goneBefore;
    private boolean waited;

    public ReadPlayer(SimulatedMat mat, ReadFile file, Speed speed, SimClock clock) {
        this.mat = mat;
        this.file = file;
        this.speed = speed;
        this.clock = clock;
    }

    /**
     * Plays, and returns when all has gone out, or may not go on, or the mat has stopped.
     *
     * @param most reads at the most
     * @param mayGoOn asked every few milliseconds
     */
    public void play(long most, BooleanSupplier mayGoOn) throws IOException {
        try (Reads reads = file.open()) {
            Optional<RecordedRead> next = reads.next();
            while (next.isPresent() && given < most && mat.running() && mayGoOn.getAsBoolean()) {
                if (give(next.get())) {
                    next = reads.next();
                }
            }
            while (!mat.idle() && mat.running() && mayGoOn.getAsBoolean()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** Whether it was time for it; else some of the time has passed. */
    private boolean give(RecordedRead read) {
        long now = clock.monotonicNanos();
        if (!ready(now)) {
            LockSupport.parkNanos(LOOK_NANOS);
            originNanos = originNanos == Long.MIN_VALUE ? originNanos : originNanos + clock.monotonicNanos() - now;
            return false;
        }
        originNanos = originNanos == Long.MIN_VALUE ? now : originNanos;
        long due = originNanos + speed.dueNanos(read.nanos() - file.startNanos());
        if (due - now > AHEAD_NANOS) {
            LockSupport.parkNanos(Math.min(due - now - AHEAD_NANOS, LOOK_NANOS));
            return false;
        }
        if (underWay() >= UNDER_WAY) {
            waited = true;
            LockSupport.parkNanos(ROOM_NANOS);
            return false;
        }
        // What had to wait for the link is seen now; a machine that was only late to look sees it when it was.
        lastNanos = Math.max(lastNanos, waited ? Math.max(due, now) : due);
        waited = false;
        mat.offer(new Sighting(lastNanos, read.chip(), read.antenna(), read.rssiCentiDbm()));
        given++;
        return true;
    }

    /** Whether a host has it read, with all antennas that it is to read with. */
    private boolean ready(long now) {
        if (!mat.reading()) {
            readingSinceNanos = Long.MAX_VALUE;
            return false;
        }
        readingSinceNanos = Math.min(readingSinceNanos, now);
        return now - readingSinceNanos >= file.limits().settleNanos();
    }

    private long underWay() {
        // In this order: what is on its way is never idle, and counted before it is.
        if (mat.idle()) {
            goneBefore = given - told();
        }
        return given - goneBefore - told();
    }

    private long told() {
        MatStatistics s = mat.statistics();
        return s.offered() + s.ignored() + s.overflowed();
    }

    /** How many reads the reader was given to see. */
    public long given() {
        return given;
    }
}

package org.matgate.gateway.journal;

import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal's thread does between commits: checkpoints, room in the log, and what can be saved of a damaged file,
 * each in short steps. Belongs to that thread, but for what says otherwise.
 */
final class Upkeep {
    /** What failed for want of room is tried again after so many steps: seconds, or some commits. */
    private static final int STEPS_BETWEEN_TRIES = 5;

    /** A commit writes the tree's inner pages, too. */
    private static final int FRAMES_A_COMMIT = 8;

    /** At least so many go on a page: a read takes some hundred bytes, few events more than four times that. */
    private static final int EVENTS_A_FRAME = 8;

    /**
     * Pages of the reserve that events do not get: for the count of what is lost after it, and for some starts. Each takes
     * four at most.
     */
    static final int KEPT_FRAMES = 128;

    /** A look at the log costs a third of a small commit, so it waits until so many frames may have come. */
    private static final int FRAMES_BETWEEN_STEPS = 256;

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final LogRoom room;
    private final Rescue rescue;
    private final Trouble checkpointTrouble = new Trouble(log, "the database cannot grow; events go on in its log");
    private final Trouble roomTrouble = new Trouble(log, "no room for the reserve on the disk");
    private int frames = FRAMES_BETWEEN_STEPS;
    private int checkpointWait;
    private int roomWait;
    private int rescueWait;
    private volatile boolean roomComplete;
    private volatile boolean inReserve;
    private volatile long framesLeft;

    Upkeep(LogRoom room, Rescue rescue) {
        this.room = room;
        this.rescue = rescue;
        framesLeft = room.frames();
    }

    /** Whether there is more to do than can wait for the next event. */
    boolean hurried() {
        return rescue.pending() && !inReserve && rescueWait <= 0;
    }

    /** Whether the database cannot grow, and the reserve is being used. Thread-safe. */
    boolean inReserve() {
        return inReserve;
    }

    /** Whether the reserve is there. Thread-safe. */
    boolean reserved() {
        return roomComplete;
    }

    /** What is left of the reserve: 1 is all, 0 none. Thread-safe. */
    double reserveLeft() {
        double all = room.frames() - LogRoom.CHECKPOINT_FRAMES - KEPT_FRAMES;
        return Math.clamp((framesLeft - KEPT_FRAMES) / all, 0, 1);
    }

    /** Whether a step is due, now that a commit has taken so many events; 0: none has come for a while. */
    boolean due(int events) {
        frames += FRAMES_A_COMMIT + events / EVENTS_A_FRAME;
        return events == 0 || frames >= FRAMES_BETWEEN_STEPS || !roomComplete || inReserve || rescue.pending();
    }

    /** Does a little of everything; says whether all that can be saved of damaged files is there now. */
    boolean step(EventWriter writer) throws SQLException, IOException {
        frames = 0;
        EventWriter.LogFill fill = writer.checkpoint("NOOP");
        boolean due = inReserve || (fill.frames() >= LogRoom.CHECKPOINT_FRAMES && fill.done() < fill.frames());
        if (due && --checkpointWait < 0) {
            fill = checkpoint(writer, fill);
        }
        framesLeft = room.frames() - (fill.done() < fill.frames() ? fill.frames() : 0);
        if (inReserve) {
            return false;
        }
        if (--roomWait < 0) {
            extend(writer);
        }
        if (rescueWait > 0) {
            rescueWait--;
            return false;
        }
        return rescue.step(writer);
    }

    /** Whether so many events may be committed: what they need of the reserve is there, beside what is kept of it. */
    boolean roomFor(EventWriter writer, int events) throws SQLException, IOException {
        if (!inReserve) {
            return true;
        }
        EventWriter.LogFill fill = writer.checkpoint("NOOP");
        if (room.framesThere() - fill.frames() - KEPT_FRAMES >= FRAMES_A_COMMIT + events / EVENTS_A_FRAME) {
            return true;
        }
        // Only a try tells whether there is room again.
        checkpoint(writer, fill);
        return !inReserve;
    }

    private EventWriter.LogFill checkpoint(EventWriter writer, EventWriter.LogFill before) throws SQLException {
        checkpointWait = 0;
        try {
            EventWriter.LogFill fill = writer.checkpoint("PASSIVE");
            if (fill.busy()) {
                return before;
            }
            // One that had nothing to write, as somebody reads older pages, does not show that there is room.
            if (fill.done() > before.done() || fill.done() == fill.frames()) {
                inReserve = false;
                checkpointTrouble.over();
            }
            return fill;
        } catch (SQLException e) {
            if (!Store.isFull(e)) {
                throw e;
            }
            checkpointTrouble.failed(e);
            checkpointWait = STEPS_BETWEEN_TRIES;
            inReserve = true;
            return before;
        }
    }

    private void extend(EventWriter writer) throws SQLException {
        roomWait = 0;
        try {
            roomComplete = room.extend(writer.connection());
            roomTrouble.over();
        } catch (IOException e) {
            roomTrouble.failed(e);
            roomComplete = false;
            roomWait = STEPS_BETWEEN_TRIES;
        }
    }

    /** A commit found no room: what is left is the reserve, also where the log is short. */
    void full() {
        inReserve = true;
    }

    /** The writer is opened anew: what room the log has must be looked at. */
    void anew() {
        frames = FRAMES_BETWEEN_STEPS;
        roomComplete = false;
    }

    /** A step failed; the writer is opened anew. */
    void failed(Exception e) {
        anew();
        rescueWait = STEPS_BETWEEN_TRIES;
        log.warn("upkeep of the journal failed, and is tried again: {}", e.getMessage());
    }

    /** All that is in the log is in the database, and nobody writes any more. */
    void closed() throws IOException {
        room.forget();
    }

    void close() throws IOException {
        rescue.close();
    }
}

package org.matgate.gateway.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Command.FastSwitch;
import org.matgate.protocol.r2000.R2000Command.Inventory;
import org.matgate.protocol.r2000.R2000Command.Options;
import org.matgate.protocol.r2000.R2000Command.SessionInventory;
import org.matgate.protocol.r2000.R2000Command.Slot;

/**
 * With which command an R2000 module is asked for a round, and how long its rounds take.
 *
 * <p>Session S0 and target A wherever a command can say so: a chip forgets at once that it was read in S0, so that every
 * round of every antenna reports it anew, while in S1 to S3 it keeps quiet for up to some seconds and each crossing would
 * be told by one read. Of the commands for several antennas only the longest layout can say so, which older firmware
 * does not know; there, and with 89, the module's own choice counts.
 *
 * <p>Not thread-safe.
 */
final class R2000Rounds {
    /** Inventories in a round, over all antennas: some 200 ms, after which a module that is told to stop is idle. */
    private static final int INVENTORIES = 12;

    private static final int SHORT_LAYOUT_SLOTS = 4;
    private static final int SLOTS = 8;

    /** No inventory is that short: the module has taken the command for another layout. */
    private static final long TOO_SHORT_MILLIS = 2;

    private static final long FIRST_GUESS_NANOS = 500_000_000L;
    private static final long LEAST_NANOS = 100_000_000L;
    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final double FORGET = 0.9;

    private final Deque<R2000Command> commands;
    private boolean out;
    private boolean damaged;
    private long askedNanos;
    private long usualNanos = FIRST_GUESS_NANOS;

    /** @param antennas at least one */
    R2000Rounds(List<Integer> antennas) {
        this.commands = new ArrayDeque<>(antennas.size() == 1 ? oneAntenna() : several(antennas));
    }

    private static List<R2000Command> oneAntenna() {
        return List.of(new SessionInventory(0, 0, INVENTORIES), new Inventory(INVENTORIES));
    }

    private static List<R2000Command> several(List<Integer> antennas) {
        int repeat = Math.max(1, INVENTORIES / antennas.size());
        List<R2000Command> commands = new ArrayList<>();
        commands.add(new FastSwitch(slots(antennas, SLOTS), 0, Optional.of(new Options(0, 0, false)), repeat));
        boolean few = antennas.stream().allMatch(antenna -> antenna <= SHORT_LAYOUT_SLOTS);
        if (few && antennas.size() <= SHORT_LAYOUT_SLOTS) {
            commands.add(new FastSwitch(slots(antennas, SHORT_LAYOUT_SLOTS), 0, Optional.empty(), repeat));
        }
        commands.add(new FastSwitch(slots(antennas, SLOTS), 0, Optional.empty(), repeat));
        return commands;
    }

    private static List<Slot> slots(List<Integer> antennas, int count) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(i < antennas.size() ? Slot.of(antennas.get(i), 1) : Slot.NONE);
        }
        return slots;
    }

    /** What to ask for a round with. */
    R2000Command command() {
        return commands.getFirst();
    }

    /** The module does not know the command. @return whether there is another one to try */
    boolean refused() {
        out = false;
        if (commands.size() == 1) {
            return false;
        }
        commands.removeFirst();
        return true;
    }

    /** Whether a round that took so long, and found so many, shows that the module did not understand. */
    boolean implausible(long millis, int total) {
        return millis < TOO_SHORT_MILLIS && total == 0 && commands.size() > 1;
    }

    void asked(long nowNanos) {
        out = true;
        damaged = false;
        askedNanos = nowNanos;
    }

    void ended(long nowNanos) {
        if (out) {
            long lasted = Math.clamp(nowNanos - askedNanos, LEAST_NANOS, LONGEST_NANOS);
            usualNanos = Math.max(lasted, (long) (FORGET * usualNanos));
        }
        out = false;
    }

    /** Nothing is known of any round. */
    void forget() {
        out = false;
    }

    /** Whether the module was asked for a round whose end was not heard. */
    boolean out() {
        return out;
    }

    /** Something was damaged on the wire, perhaps the end of a round. */
    void damage() {
        damaged = true;
    }

    /** Whether something was damaged since the round was asked for. */
    boolean wasDamaged() {
        return damaged;
    }

    /**
     * After so long without a word the module waits for us: at once after damage, which may have been the end of a round,
     * else only when a round cannot have so long a pause.
     */
    long silenceNanos() {
        return damaged ? usualNanos : 2 * usualNanos + LEAST_NANOS;
    }
}

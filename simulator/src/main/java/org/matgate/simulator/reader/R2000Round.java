package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Command.FastSwitch;
import org.matgate.protocol.r2000.R2000Command.Inventory;
import org.matgate.protocol.r2000.R2000Command.SessionInventory;
import org.matgate.protocol.r2000.R2000Command.Slot;
import org.matgate.protocol.r2000.R2000Message;

/** One round of inventories that an R2000 module was asked for: which antennas it visits, and how far it is. */
final class R2000Round {
    /** How long a module looks for chips with one antenna. */
    static final long INVENTORY_NANOS = 15_000_000L;

    /** How long it takes to find out that an antenna is missing. */
    static final long LOOK_NANOS = 3_000_000L;

    /** More stops than a host can mean. */
    private static final int MOST_STOPS = 100_000;

    private static final long MILLI = 1_000_000L;

    /** A stay at one antenna. */
    private record Stop(int antenna, long nanos) {}

    private final R2000Command command;
    private final List<Stop> stops;
    private final Set<Integer> antennas = new HashSet<>();
    private final long beganNanos;
    private int next;
    private long dueNanos;
    private int total;

    private R2000Round(R2000Command command, List<Stop> stops, long nowNanos) {
        this.command = command;
        this.stops = stops;
        this.beganNanos = nowNanos;
        this.dueNanos = nowNanos;
        stops.forEach(stop -> antennas.add(stop.antenna()));
    }

    /**
     * The round that a command asks for; empty if it asks for none, or in a way that the module does not know.
     *
     * @param workAntenna for the commands that do not name antennas
     */
    static Optional<R2000Round> of(R2000Command command, int workAntenna, boolean olderFirmware, long nowNanos) {
        List<Stop> stops = new ArrayList<>();
        switch (command) {
            case Inventory c -> inventories(stops, workAntenna, c.repeat());
            case SessionInventory c -> inventories(stops, workAntenna, c.repeat());
            case FastSwitch c -> {
                if (olderFirmware && c.options().isPresent()) {
                    return Optional.empty();
                }
                for (int i = 0; i < c.repeat(); i++) {
                    c.slots().forEach(slot -> visit(stops, slot, c));
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        return stops.isEmpty() || stops.size() > MOST_STOPS
                ? Optional.empty()
                : Optional.of(new R2000Round(command, stops, nowNanos));
    }

    private static void inventories(List<Stop> stops, int antenna, int count) {
        for (int i = 0; i < count; i++) {
            stops.add(new Stop(antenna, INVENTORY_NANOS));
        }
    }

    /** A port that the layout has no room for leaves its slot out. */
    private static void visit(List<Stop> stops, Slot slot, FastSwitch command) {
        if (slot.port() < command.slots().size() && slot.stay() > 0) {
            stops.add(new Stop(slot.port() + 1, slot.stay() * INVENTORY_NANOS + command.intervalMillis() * MILLI));
        }
    }

    R2000Command command() {
        return command;
    }

    /** Whether it comes to this antenna. */
    boolean visits(int antenna) {
        return antennas.contains(antenna);
    }

    /** Whether more than one antenna is asked for, one after the other. */
    boolean switches() {
        return command instanceof FastSwitch;
    }

    /** When the present stop is over, and at the beginning of the first. */
    long dueNanos() {
        return dueNanos;
    }

    /** The antenna that it comes to next; empty if the round is over. */
    Optional<Integer> nextAntenna() {
        return next < stops.size() ? Optional.of(stops.get(next).antenna()) : Optional.empty();
    }

    /** Goes on to the next antenna, for as long as it is to stay there if it is there at all. */
    void goOn(boolean there) {
        dueNanos += there ? stops.get(next).nanos() : LOOK_NANOS;
        next++;
    }

    /** A chip was told of. */
    void count() {
        total++;
    }

    /** What the module says at the end. */
    R2000Message end() {
        long lasted = dueNanos - beganNanos;
        if (switches()) {
            return new R2000Message.FastSwitchEnd(total, lasted / MILLI);
        }
        int rate = (int) Math.min(0xFFFF, Math.round(total * 1e9 / Math.max(1, lasted)));
        return new R2000Message.RoundEnd(command.number(), stops.getFirst().antenna(), rate, total);
    }
}

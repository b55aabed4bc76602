package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonStatus;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Gap;

/**
 * How a Chafon reader reads: one inventory after the other, antenna by antenna, and what becomes of each. All moments are
 * on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class ChafonReading {
    /** After an inventory that failed: the next would fail as fast. */
    private static final long PAUSE_NANOS = 200_000_000L;

    /** So many inventories in a row that the reader does not know, and it is not the line that damages them. */
    private static final int PATIENCE = 3;

    private final Config.Reader reader;
    private final SessionOutput output;
    private final ChafonTime time = new ChafonTime();
    private final ChafonVitals vitals = new ChafonVitals();
    private final FaultWatch faults = new FaultWatch();
    private ChafonAntennas antennas;
    private ChafonLayout layout = ChafonLayout.READER288;
    private boolean layoutKnown;
    private boolean masked = true;
    private int antenna;
    private boolean chips;
    private int misunderstood;
    private String fault = "";
    private long pausedNanos;

    ChafonReading(Config.Reader reader, SessionOutput output) {
        this.reader = reader;
        this.output = output;
        this.antennas = new ChafonAntennas(reader.antennas(), output);
    }

    /** Nothing is known of the reader, and what it says of chips was not asked for. */
    void clear() {
        layoutKnown = false;
        time.settled();
        faults.clear();
        fault = "";
        misunderstood = 0;
    }

    /** The reader is this one. */
    void informed(ReaderInformation information) {
        layout = information.layout();
        layoutKnown = true;
        List<Integer> ports = layout == ChafonLayout.READER18 ? List.of(1) : reader.antennas();
        if (!antennas.of(ports)) {
            antennas = new ChafonAntennas(ports, output);
        }
    }

    /** The reader is set as it is to be, and reads from now on. */
    void begin(ReaderInformation information, long nowNanos) {
        pausedNanos = nowNanos - PAUSE_NANOS;
        antennas.begin(nowNanos);
        if (layout == ChafonLayout.READER18) {
            vitals.none();
        } else {
            vitals.begin(ChafonRequest.middleKilohertz(reader, information), antennas, nowNanos);
        }
    }

    /** What the reader is to be asked now; empty while it is of no use. */
    Optional<ChafonRequest> next(long nowNanos) {
        if (nowNanos - pausedNanos < PAUSE_NANOS) {
            return Optional.empty();
        }
        Optional<ChafonRequest> vital = vitals.due(antennas, nowNanos);
        if (vital.isPresent()) {
            return vital;
        }
        OptionalInt turn = antennas.next(nowNanos);
        if (turn.isEmpty()) {
            return Optional.empty();
        }
        antenna = turn.getAsInt();
        chips = false;
        time.asked(nowNanos);
        return Optional.of(ChafonRequest.inventory(layout, antenna, masked));
    }

    /**
     * A frame of an inventory: its chips are reads, whoever asked for it.
     *
     * @param asked whether an inventory of ours is out
     * @return whether the frame is the last of it
     */
    boolean frame(Inventory frame, Arrival arrival, boolean asked) {
        Inventory meant = layoutKnown ? frame.in(layout).orElse(frame) : frame;
        if (meant.status() == ChafonStatus.MEMORY_FULL) {
            output.gap(Gap.Cause.READER_OVERFLOW, 0, ChafonStatus.text(meant.status()), arrival.endedNanos());
        }
        read(meant.reports(), time.inInventory(arrival), arrival);
        boolean ours = asked && (meant.antennas() == 0 || meant.antennas() == 1 << (antenna - 1));
        chips |= ours && !meant.tags().isEmpty();
        return ours && meant.last();
    }

    /** The reader tells of chips by itself. */
    void byItself(List<TagReport> reports, Arrival arrival) {
        read(reports, ChafonTime.inRealTime(arrival), arrival);
    }

    private void read(List<TagReport> reports, ChafonTime.Moment moment, Arrival arrival) {
        for (TagReport report : reports) {
            output.read(report, moment.monotonicNanos(), moment.uncertaintyNanos(), arrival.endedNanos());
        }
    }

    /**
     * An answer to our inventory that is none of its frames.
     *
     * @return whether the inventory is over
     */
    boolean failed(Reply reply, long nowNanos) {
        if (reply.status() >= ChafonStatus.DONE && reply.status() <= ChafonStatus.MEMORY_FULL) {
            output.gap(Gap.Cause.BAD_FRAME, 1, "a frame of chips that is at odds: " + reply.data(), nowNanos);
        }
        return reply.status() != ChafonStatus.MORE;
    }

    /** Our inventory has ended so. */
    void over(int status, long nowNanos) {
        time.settled();
        misunderstood = status == ChafonStatus.ILLEGAL_COMMAND ? misunderstood + 1 : 0;
        switch (status) {
            case ChafonStatus.DONE, ChafonStatus.TIMEOUT, ChafonStatus.MEMORY_FULL, ChafonStatus.NO_TAG ->
                antennas.worked(antenna, chips, nowNanos);
            case ChafonStatus.ANTENNA_ERROR, ChafonStatus.PARAMETER_ERROR ->
                antennas.refused(antenna, ChafonStatus.text(status), nowNanos);
            case ChafonStatus.WRONG_LENGTH -> {
                masked = !masked;
                fault(status, nowNanos);
            }
            case ChafonStatus.ILLEGAL_COMMAND -> {
                // A command that was damaged on its way is one that the reader does not know.
                if (misunderstood >= PATIENCE) {
                    fault(status, nowNanos);
                }
            }
            default -> fault(status, nowNanos);
        }
    }

    private void fault(int status, long nowNanos) {
        pausedNanos = nowNanos;
        if (faults.heard(nowNanos)) {
            fault = ChafonStatus.text(status);
        }
    }

    /** No inventory is being answered any more: the reader does one thing at a time, and has answered another. */
    void settled() {
        time.settled();
    }

    /** What it was asked of itself has this answer. */
    void measured(int number, int decibels, long nowNanos) {
        antennas.measured(number, decibels, nowNanos);
    }

    /** It does not answer what it was asked of itself. */
    void refused(ChafonRequest vital) {
        vitals.refused(vital);
    }

    /** What it lacks now, for a person. */
    List<String> lacks(long nowNanos) {
        if (faults.over(nowNanos)) {
            fault = "";
        }
        List<String> lacks = new ArrayList<>();
        if (!fault.isEmpty()) {
            lacks.add(fault);
        }
        antennas.missing().forEach(missing -> lacks.add("antenna " + missing + " missing"));
        return lacks;
    }
}

package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.journal.EventSink;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.AntennaState;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Event.ReaderState;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the journal how a reader's session stands and where reads of it may be missing: gaps at most once a second, each
 * outage's phases once, and all in all at most one event a second but for a few in reserve, with which a change is told
 * at once. What is not told at once is kept, gaps merged by cause and only the last of several changes, and told with
 * how often it changed; what finds no room in the intake is offered again. All moments are on CLOCK_MONOTONIC, in
 * nanoseconds.
 *
 * <p>Not thread-safe.
 */
final class ReaderTeller {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderTeller.class);

    /** The least time between two events that only tell gaps. */
    static final long GAP_EVERY_NANOS = 1_000_000_000L;

    /** Events that may come at once after a quiet time: a reader comes to read in three steps, with some antennas. */
    private static final int RESERVE = 24;

    /** Different things worth telling of one outage. */
    private static final int MOST_PER_OUTAGE = 16;

    private final Source source;
    private final Stamper stamper;
    private final EventSink sink;
    private final Map<Gap.Cause, PendingGap> gaps = new EnumMap<>(Gap.Cause.class);
    private final Map<Integer, AntennaState> antennas = new TreeMap<>();
    private final Map<Integer, Condition> conditions = new HashMap<>();
    private final Set<String> toldInOutage = new HashSet<>();
    private ReaderPhase phase = ReaderPhase.CONNECTING;
    private String detail = "";
    private boolean phaseUntold;
    private boolean outage;
    private long outageNanos;
    private boolean gapsTold;
    private long gapsToldNanos;
    private int changes;
    private long allowance = RESERVE;
    private long allowanceNanos;

    /** How an antenna was last said to be. */
    private record Condition(AntennaCondition condition, String detail) {}

    ReaderTeller(Source source, Stamper stamper, EventSink sink) {
        this.source = source;
        this.stamper = stamper;
        this.sink = sink;
    }

    /** Whether the reader was last said to be reading. */
    boolean reading() {
        return phase == ReaderPhase.READING || phase == ReaderPhase.DEGRADED;
    }

    /** The session is in this phase now. */
    void phase(ReaderPhase now, String text, long nowNanos) {
        if (now == phase && text.equals(detail)) {
            return;
        }
        boolean untoldBefore = phaseUntold;
        phase = now;
        detail = text;
        boolean worth = worthTelling(now, text);
        changes = untoldBefore && worth ? changes + 1 : 0;
        phaseUntold = untoldBefore || worth;
        flush(nowNanos);
    }

    private boolean worthTelling(ReaderPhase now, String text) {
        return switch (now) {
            case READING, DEGRADED, STOPPED -> {
                toldInOutage.clear();
                yield true;
            }
            case FINDING, CONNECTING, CONFIGURING, RECOVERING, UNSPECIFIED ->
                toldInOutage.size() < MOST_PER_OUTAGE && toldInOutage.add(now + text);
        };
    }

    /**
     * Nobody listens to the reader since then. Each state told before {@link #endOutage} carries the gap so far, so that
     * it is known even if this process does not live to see the end.
     */
    void outage(long sinceNanos) {
        if (!outage) {
            outage = true;
            outageNanos = sinceNanos;
        }
    }

    /** The reader is listened to again. */
    void endOutage(long nowNanos) {
        if (outage) {
            outage = false;
            gap(outageUntil(nowNanos));
        }
    }

    private PendingGap outageUntil(long nowNanos) {
        String note = outageNanos == 0
                ? "nobody listened since before this boot"
                : String.format(Locale.ROOT, "nobody listened for %.1f s", (nowNanos - outageNanos) / 1e9);
        return new PendingGap(Gap.Cause.NOT_LISTENING, outageNanos, nowNanos, 0, note);
    }

    /** An antenna's condition; the same again is not told again. */
    void antenna(AntennaState state, long nowNanos) {
        Condition now = new Condition(state.condition(), state.detail());
        if (!now.equals(conditions.put(state.antenna(), now))) {
            antennas.put(state.antenna(), state);
            flush(nowNanos);
        }
    }

    /** Reads may be missing; told with the next {@link #flush} that is due. */
    void gap(PendingGap gap) {
        gaps.merge(gap.cause(), gap, PendingGap::merge);
    }

    /** Tells what is due. */
    void flush(long nowNanos) {
        boolean gapsDue = !gaps.isEmpty() && (!gapsTold || nowNanos - gapsToldNanos >= GAP_EVERY_NANOS);
        if ((phaseUntold || gapsDue) && mayTell(nowNanos)) {
            tellState(nowNanos);
        }
        if (!antennas.isEmpty()) {
            antennas.values().removeIf(state -> mayTell(nowNanos) && told(sink.offer(state)));
        }
    }

    private boolean mayTell(long nowNanos) {
        long more = (nowNanos - allowanceNanos) / GAP_EVERY_NANOS;
        if (more > 0) {
            allowance = Math.min(RESERVE, allowance + more);
            allowanceNanos = allowance == RESERVE ? nowNanos : allowanceNanos + more * GAP_EVERY_NANOS;
        }
        return allowance > 0;
    }

    private boolean told(boolean taken) {
        allowance -= taken ? 1 : 0;
        return taken;
    }

    /** Whether nothing is left to tell. */
    boolean allTold() {
        return !phaseUntold && gaps.isEmpty() && antennas.isEmpty();
    }

    /** Tells all that there is, due or not: the end is near. */
    void flushAll(long nowNanos) {
        gapsTold = false;
        allowance = RESERVE;
        flush(nowNanos);
    }

    private void tellState(long nowNanos) {
        List<Gap> told = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        if (!detail.isEmpty()) {
            texts.add(detail);
        }
        if (changes > 0) {
            texts.add("changed " + changes + " more times since the last event");
        }
        if (outage) {
            told.add(outageUntil(nowNanos).stamped(stamper));
        }
        for (PendingGap gap : gaps.values()) {
            told.add(gap.stamped(stamper));
            texts.add(gap.text());
        }
        Event state = new ReaderState(stamper.stamp(nowNanos, 1), source, phase, String.join("; ", texts), told);
        if (told(sink.offer(state))) {
            changes = 0;
            if (phaseUntold) {
                LOG.info("reader {}: {} {}", source.reader(), phase, String.join("; ", texts));
            }
            phaseUntold = false;
            if (!gaps.isEmpty()) {
                gaps.clear();
                gapsTold = true;
                gapsToldNanos = nowNanos;
            }
        }
    }
}

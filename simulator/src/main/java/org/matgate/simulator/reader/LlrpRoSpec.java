package org.matgate.simulator.reader;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.RoReportSpec;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpSpec;
import org.matgate.protocol.llrp.LlrpSpec.*;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.simulator.reader.LlrpFaults.Refused;

/** The one ROSpec that an LLRP reader of these holds, from being added to being deleted. */
final class LlrpRoSpec {
    /** How many it holds, as a real Impinj reader. */
    static final long MOST = 1;

    private static final long MILLI = 1_000_000;

    private final LlrpSettings settings;
    private final LlrpReports reports;
    private final LlrpVoice voice;
    private @Nullable RoSpec spec;
    private int state;
    private long startedNanos;
    private long endsNanos = Long.MAX_VALUE;
    /** Which AISpec it is at, from 0. */
    private int search;

    private long searchEndsNanos = Long.MAX_VALUE;

    LlrpRoSpec(LlrpSettings settings, LlrpReports reports, LlrpVoice voice) {
        this.settings = settings;
        this.reports = reports;
        this.voice = voice;
    }

    /** There is none. */
    void poweredOn() {
        spec = null;
        stopTimers();
    }

    private void stopTimers() {
        endsNanos = Long.MAX_VALUE;
        searchEndsNanos = Long.MAX_VALUE;
    }

    boolean active() {
        return spec != null && state == RoSpec.ACTIVE;
    }

    /** Whether this antenna was searched at that moment, CLOCK_MONOTONIC. */
    boolean searches(int antenna, long nanos) {
        if (spec == null || !active() || nanos < startedNanos) {
            return false;
        }
        List<Integer> antennas = spec.all(AiSpec.class).get(search).antennas();
        return antennas.contains(antenna) || antennas.equals(List.of(0));
    }

    long nextDueNanos() {
        return Math.min(endsNanos, searchEndsNanos);
    }

    List<RoSpec> all() {
        return spec == null ? List.of() : List.of(new RoSpec(spec.id(), spec.priority(), state, spec.parameters()));
    }

    /** @param added which was checked */
    void add(RoSpec added) throws Refused {
        if (spec != null && spec.id() == added.id()) {
            throw LlrpFaults.fieldWithin(0, LlrpStatus.INVALID, "there is one with this id", LlrpFaults.ROSPEC);
        }
        if (spec != null) {
            throw new Refused(LlrpStatus.of(LlrpStatus.DEVICE_ERROR, "it holds " + MOST + " ROSpec and no more"));
        }
        spec = added;
        state = RoSpec.DISABLED;
        settings.changed();
    }

    private boolean absent(long id) throws Refused {
        if (id == LlrpCommand.ALL && spec == null) {
            return true;
        }
        named(id == LlrpCommand.ALL && spec != null ? spec.id() : id);
        return false;
    }

    private RoSpec named(long id) throws Refused {
        if (spec == null || spec.id() != id) {
            throw LlrpFaults.field(0, LlrpStatus.INVALID, "there is no ROSpec " + id);
        }
        return spec;
    }

    void delete(long id, long now) throws Refused {
        if (!absent(id)) {
            end(now);
            spec = null;
            settings.changed();
        }
    }

    void enable(long id, long now) throws Refused {
        if (absent(id) || spec == null || state != RoSpec.DISABLED) {
            return;
        }
        state = RoSpec.INACTIVE;
        settings.changed();
        if (spec.first(StartTrigger.class).orElseThrow().type() == StartTrigger.IMMEDIATE) {
            begin(spec, now);
        }
    }

    void disable(long id, long now) throws Refused {
        if (!absent(id)) {
            end(now);
            state = RoSpec.DISABLED;
            settings.changed();
        }
    }

    void start(long id, long now) throws Refused {
        RoSpec named = named(id);
        if (state != RoSpec.INACTIVE) {
            throw LlrpFaults.field(
                    0, LlrpStatus.INVALID, state == RoSpec.ACTIVE ? "it is active" : "it is not enabled");
        }
        begin(named, now);
    }

    void stop(long id, long now) throws Refused {
        named(id);
        if (state != RoSpec.ACTIVE) {
            throw LlrpFaults.field(0, LlrpStatus.INVALID, "it is not active");
        }
        end(now);
    }

    private void begin(RoSpec begun, long now) {
        state = RoSpec.ACTIVE;
        startedNanos = now;
        StopTrigger stop = begun.first(StopTrigger.class).orElseThrow();
        endsNanos = stop.type() == StopTrigger.DURATION ? now + stop.durationMillis() * MILLI : Long.MAX_VALUE;
        Optional<RoReportSpec> own = begun.first(RoReportSpec.class);
        reports.begin(begun.id(), own.orElse(settings.report()));
        happened(EventNotificationState.ROSPEC, new LlrpEvent.RoSpec(LlrpEvent.RoSpec.STARTED, begun.id(), 0), now);
        search(begun, 0, now);
    }

    private void search(RoSpec begun, int which, long now) {
        search = which;
        AiStopTrigger stop =
                begun.all(AiSpec.class).get(which).first(AiStopTrigger.class).orElseThrow();
        searchEndsNanos = stop.type() == AiStopTrigger.DURATION ? now + stop.durationMillis() * MILLI : Long.MAX_VALUE;
    }

    void advance(long now) {
        while (spec != null && nextDueNanos() <= now) {
            if (endsNanos <= searchEndsNanos) {
                end(endsNanos);
            } else {
                searched(spec, searchEndsNanos);
            }
        }
    }

    /** An AISpec has ended. */
    private void searched(RoSpec begun, long now) {
        happened(EventNotificationState.AISPEC, new LlrpEvent.AiSpec(0, begun.id(), search + 1, List.of()), now);
        if (reports.spec().trigger() == RoReportSpec.N_TAGS_OR_END_OF_AISPEC) {
            reports.flush(now);
        }
        if (search + 1 < begun.all(LlrpSpec.AiSpec.class).size()) {
            search(begun, search + 1, now);
        } else {
            end(now);
        }
    }

    private void end(long now) {
        if (spec == null || state != RoSpec.ACTIVE) {
            return;
        }
        state = RoSpec.INACTIVE;
        stopTimers();
        if (reports.spec().trigger() != RoReportSpec.NONE) {
            reports.flush(now);
        }
        happened(EventNotificationState.ROSPEC, new LlrpEvent.RoSpec(LlrpEvent.RoSpec.ENDED, spec.id(), 0), now);
    }

    private void happened(int event, LlrpEvent what, long now) {
        if (settings.wants(event)) {
            voice.happened(what, now);
        }
    }
}

package org.matgate.gateway.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryStatus;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

/**
 * Brings a Mercury module from whatever it does to reading, and keeps it there. One request is out at a time. A tag
 * record is a read whenever it comes, also while the module is being asked to stop.
 */
final class MercurySession implements ReaderSession {
    /** A module that reads ends a cycle every second; after so long without a word it does not read. */
    static final long SILENCE_NANOS = 3_000_000_000L;

    /** How often the way to reading is begun on one link before a new link is to help. */
    private static final int MOST_BEGINNINGS = 4;

    private enum State {
        CLOSED,
        CONFIGURING,
        READING,
        STOPPING
    }

    private final Config.Reader reader;
    private final SessionOutput output;
    private final MercuryTime time;
    private final List<String> wishesDenied = new ArrayList<>();
    private State state = State.CLOSED;
    private Deque<MercuryRequest> plan = new ArrayDeque<>();
    private @Nullable MercuryRequest asked;
    private int tries;
    private long askedNanos;
    private boolean streamSeen;
    private int beginnings;
    private String module = "";
    private long heardNanos;
    private final FaultWatch faults = new FaultWatch();

    MercurySession(Config.Reader reader, RawTime rawTime, SessionOutput output) {
        this.reader = reader;
        this.output = output;
        this.time = new MercuryTime(rawTime);
    }

    @Override
    public void opened(long nowNanos) {
        time.begin();
        module = "Mercury module";
        beginnings = 0;
        streamSeen = false;
        configure("link open", nowNanos);
    }

    /** Begins the way to reading, whatever the module does now. */
    private void configure(String why, long nowNanos) {
        state = State.CONFIGURING;
        faults.clear();
        wishesDenied.clear();
        beginnings++;
        if (beginnings > MOST_BEGINNINGS) {
            output.reconnect("does not come to read: " + why);
            return;
        }
        output.phase(ReaderPhase.CONFIGURING, why, nowNanos);
        plan = MercuryRequest.plan(reader);
        next(nowNanos);
    }

    private void next(long nowNanos) {
        MercuryRequest request = plan.poll();
        if (request == null) {
            asked = null;
            return;
        }
        tries = 0;
        ask(request, nowNanos);
    }

    private void ask(MercuryRequest request, long nowNanos) {
        asked = request;
        tries++;
        askedNanos = nowNanos;
        if (request.starts()) {
            time.begin();
        }
        output.send(request.command().encode());
    }

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        if (state == State.CLOSED) {
            return;
        }
        long now = arrival.endedNanos();
        heardNanos = now;
        switch (message) {
            case TagReport report -> {
                read(report, arrival);
                streaming(now);
            }
            case MercuryMessage.CycleEnd end -> {
                time.cycleEnd(end.cycleMillis(), arrival);
                streaming(now);
            }
            case MercuryMessage.Fault fault -> fault(fault.status(), now);
            case MercuryMessage reply -> reply(reply, now);
            case FamilyMessage other -> throw new IllegalArgumentException("a Mercury module does not say " + other);
        }
    }

    private void read(TagReport report, Arrival arrival) {
        MercuryTime.Moment moment = report.time().base() == ReaderTime.Base.CYCLE
                ? time.read(report.time().micros() / 1_000, arrival)
                : MercuryTime.read(arrival);
        output.read(report, moment.monotonicNanos(), moment.uncertaintyNanos(), arrival.endedNanos());
    }

    /** The module has shown that it is streaming. */
    private void streaming(long nowNanos) {
        MercuryRequest request = asked;
        if (state != State.CONFIGURING || request == null) {
            return;
        }
        if (request.starts()) {
            began(nowNanos);
        } else {
            streamSeen = true;
            if (!(request.command() instanceof MercuryCommand.StopStreaming)) {
                configure("still streaming", nowNanos);
            }
        }
    }

    private void reply(MercuryMessage reply, long nowNanos) {
        MercuryRequest request = asked;
        if (request != null && request.answeredBy(reply)) {
            answered(request, reply, nowNanos);
        } else if (reply instanceof MercuryMessage.Booted) {
            output.gap(Gap.Cause.READER_RESTARTED, 0, module + " restarted", nowNanos);
            restart("module restarted", nowNanos);
        } else if (reply instanceof MercuryMessage.StopAck && state == State.READING) {
            restart("module stopped streaming", nowNanos);
        }
    }

    private void restart(String why, long nowNanos) {
        if (state == State.READING || state == State.CONFIGURING) {
            time.begin();
            streamSeen = false;
            configure(why, nowNanos);
        }
    }

    private void answered(MercuryRequest request, MercuryMessage reply, long nowNanos) {
        if (state == State.STOPPING) {
            asked = null;
            output.ended();
            return;
        }
        if (reply instanceof MercuryMessage.Reply other && other.status() != MercuryStatus.OK) {
            refused(request, other.status(), nowNanos);
            return;
        }
        switch (reply) {
            case MercuryMessage.Version version -> module = version.model() + " " + version.firmwareText();
            case MercuryMessage.CurrentProgram program -> {
                if (program.bootloader()) {
                    plan.addFirst(MercuryRequest.BOOT);
                }
            }
            case MercuryMessage.AntennaPorts ports -> antennas(ports, nowNanos);
            default -> {}
        }
        if (request.starts()) {
            began(nowNanos);
        } else {
            next(nowNanos);
        }
    }

    private void refused(MercuryRequest request, int status, long nowNanos) {
        boolean alreadyBooted = request.equals(MercuryRequest.BOOT) && status == MercuryStatus.INVALID_OPCODE;
        boolean notUnderstood = status >> 8 == MercuryStatus.INVALID_OPCODE >> 8;
        if (request.equals(MercuryRequest.START) && notUnderstood) {
            plan.addFirst(MercuryRequest.START_CLASSIC);
            next(nowNanos);
        } else if (request.need() == MercuryRequest.Need.REQUIRED && !alreadyBooted) {
            asked = null;
            output.reconnect(request.what() + ": " + MercuryStatus.text(status));
        } else {
            if (request.need() == MercuryRequest.Need.WISHED) {
                wishesDenied.add(request.what() + ": " + MercuryStatus.text(status));
            }
            next(nowNanos);
        }
    }

    private void antennas(MercuryMessage.AntennaPorts ports, long nowNanos) {
        for (int antenna : reader.antennas()) {
            boolean connected = ports.ports().stream().anyMatch(port -> port.port() == antenna && port.connected());
            if (connected) {
                output.antenna(antenna, AntennaCondition.CONNECTED, "", nowNanos);
            } else {
                output.antenna(antenna, AntennaCondition.DISCONNECTED, "the module does not detect it", nowNanos);
            }
        }
    }

    private void began(long nowNanos) {
        asked = null;
        state = State.READING;
        heardNanos = nowNanos;
        tellReading(nowNanos);
    }

    private void tellReading(long nowNanos) {
        if (wishesDenied.isEmpty()) {
            output.phase(ReaderPhase.READING, module, nowNanos);
        } else {
            output.phase(ReaderPhase.DEGRADED, module + ", " + String.join(", ", wishesDenied), nowNanos);
        }
    }

    private void fault(int status, long nowNanos) {
        if (status == MercuryStatus.BUFFER_FULL) {
            output.gap(Gap.Cause.READER_OVERFLOW, 0, MercuryStatus.text(status), nowNanos);
        }
        if (state != State.READING) {
            return;
        }
        if (faults.heard(nowNanos)) {
            output.phase(ReaderPhase.DEGRADED, module + ", " + MercuryStatus.text(status), nowNanos);
        }
    }

    @Override
    public void damaged(long nowNanos) {
        time.damaged();
    }

    @Override
    public void tick(long nowNanos) {
        MercuryRequest request = asked;
        if (request != null && nowNanos - askedNanos >= request.waitNanos()) {
            timedOut(request, nowNanos);
        }
        if (state == State.READING && nowNanos - heardNanos >= SILENCE_NANOS) {
            output.phase(ReaderPhase.RECOVERING, "no sign of life for 3 s", nowNanos);
            restart("no sign of life for 3 s", nowNanos);
        } else if (state == State.READING && faults.over(nowNanos)) {
            tellReading(nowNanos);
        } else if (state == State.READING && beginnings > 1 && nowNanos - askedNanos >= 2 * SILENCE_NANOS) {
            beginnings = 1;
        }
    }

    private void timedOut(MercuryRequest request, long nowNanos) {
        if (state == State.STOPPING) {
            asked = null;
            output.ended();
        } else if (request.equals(MercuryRequest.STOP) && streamSeen) {
            tries = 0;
            ask(request.insisting(), nowNanos);
        } else if (tries < request.tries()) {
            ask(request, nowNanos);
        } else if (request.need() == MercuryRequest.Need.REQUIRED) {
            asked = null;
            output.reconnect(request.what() + ": no answer to " + tries + " tries");
        } else {
            if (request.need() == MercuryRequest.Need.WISHED) {
                wishesDenied.add(request.what() + ": no answer");
            }
            next(nowNanos);
        }
    }

    @Override
    public void stop(long nowNanos) {
        state = State.STOPPING;
        plan.clear();
        plan.add(MercuryRequest.STOP);
        next(nowNanos);
    }

    @Override
    public void closed(long nowNanos) {
        state = State.CLOSED;
        asked = null;
    }
}

package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryStatus;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
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
        /** It reads, save for a moment in which it says which antennas are there. */
        LOOKING,
        STOPPING
    }

    private final Config.Reader reader;
    private final SessionOutput output;
    private final MercuryTime time;
    private final List<String> wishesDenied = new ArrayList<>();
    private State state = State.CLOSED;
    private final Dialogue<MercuryRequest> dialogue;
    private boolean streamSeen;
    private int beginnings;
    private String module = "";
    private long heardNanos;
    private long beganNanos;
    private final FaultWatch faults = new FaultWatch();
    private final MercuryUpkeep upkeep;
    /** Whether the module was told on this link to speak at the configured rate. */
    private boolean toldBaud;

    MercurySession(Config.Reader reader, RawTime rawTime, SessionOutput output) {
        this.reader = reader;
        this.output = output;
        this.time = new MercuryTime(rawTime);
        this.dialogue = new Dialogue<>(this::ask);
        this.upkeep = new MercuryUpkeep(reader.antennas(), output);
    }

    @Override
    public void opened(long nowNanos) {
        time.begin();
        module = "Mercury module";
        beginnings = 0;
        streamSeen = false;
        upkeep.reset();
        configure("link open", nowNanos);
    }

    /** Begins the way to reading, whatever the module does now. */
    private void configure(String why, long nowNanos) {
        upkeep.looked(nowNanos);
        state = State.CONFIGURING;
        faults.clear();
        wishesDenied.clear();
        beginnings++;
        if (beginnings > MOST_BEGINNINGS) {
            output.reconnect("does not come to read: " + why);
            return;
        }
        output.phase(ReaderPhase.CONFIGURING, why, nowNanos);
        dialogue.begin(MercuryRequest.plan(reader, toldBaud ? OptionalInt.empty() : output.lineBaud()), nowNanos);
    }

    private void ask(MercuryRequest request) {
        if (request.starts()) {
            begin();
        }
        output.send(request.encode());
    }

    private void begin() {
        if (dialogue.tries() == 1) {
            time.begin(dialogue.askedNanos());
        } else {
            // It may search since it was asked for the first time.
            time.begin();
        }
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
        upkeep.read(report.antenna());
    }

    /** The module has shown that it is streaming. */
    private void streaming(long nowNanos) {
        MercuryRequest request = dialogue.asked().orElse(null);
        if ((state != State.CONFIGURING && state != State.LOOKING) || request == null) {
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
        Optional<MercuryRequest> request = dialogue.asked().filter(out -> out.answeredBy(reply));
        if (request.isPresent()) {
            answered(request.get(), reply, nowNanos);
        } else if (reply instanceof MercuryMessage.Booted) {
            output.gap(Gap.Cause.READER_RESTARTED, 0, module + " restarted", nowNanos);
            restart("module restarted", nowNanos);
        } else if (reply instanceof MercuryMessage.StopAck && state == State.READING) {
            restart("module stopped streaming", nowNanos);
        }
    }

    private void restart(String why, long nowNanos) {
        if (state == State.READING || state == State.LOOKING || state == State.CONFIGURING) {
            time.begin();
            streamSeen = false;
            configure(why, nowNanos);
        }
    }

    private void answered(MercuryRequest request, MercuryMessage reply, long nowNanos) {
        if (state == State.STOPPING) {
            dialogue.clear();
            output.ended();
            return;
        }
        if (reply instanceof MercuryMessage.Reply other && other.status() != MercuryStatus.OK) {
            refused(request, other.status(), nowNanos);
            return;
        }
        switch (reply) {
            case MercuryMessage.Version version -> {
                module = version.model() + " " + version.firmwareText();
                output.learned(new Vital.Identity(version.model(), version.firmwareText()));
            }
            case MercuryMessage.CurrentProgram program -> {
                if (program.bootloader()) {
                    dialogue.first(MercuryRequest.BOOT);
                }
            }
            default -> upkeep.heard(reply, nowNanos);
        }
        if (request.starts()) {
            began(nowNanos);
        } else if (request.command() instanceof MercuryCommand.SetBaud set) {
            toldBaud = true;
            dialogue.clear();
            output.lineBaud(set.baud());
            output.reconnect("the module speaks at " + set.baud() + " baud from now on");
        } else {
            dialogue.next(nowNanos);
        }
    }

    private void refused(MercuryRequest request, int status, long nowNanos) {
        boolean alreadyBooted = request.equals(MercuryRequest.BOOT) && status == MercuryStatus.INVALID_OPCODE;
        boolean notUnderstood = status >> 8 == MercuryStatus.INVALID_OPCODE >> 8;
        if (request.equals(MercuryRequest.START) && notUnderstood) {
            dialogue.first(MercuryRequest.START_CLASSIC);
            dialogue.next(nowNanos);
        } else if (request.need() == Need.REQUIRED && !alreadyBooted) {
            dialogue.clear();
            output.reconnect(request.what() + ": " + MercuryStatus.text(status));
        } else {
            denied(request, MercuryStatus.text(status));
            dialogue.next(nowNanos);
        }
    }

    private void denied(MercuryRequest request, String why) {
        upkeep.denied(request);
        if (request.need() == Need.WISHED && state == State.CONFIGURING) {
            wishesDenied.add(request.what() + ": " + why);
        }
    }

    private void began(long nowNanos) {
        dialogue.clear();
        beganNanos = nowNanos;
        boolean looked = upkeep.looked(nowNanos);
        state = State.READING;
        heardNanos = nowNanos;
        if (!looked) {
            upkeep.begin(nowNanos);
            tellReading(nowNanos);
        }
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
        upkeep.fault(status);
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
        dialogue.tick(nowNanos).ifPresent(request -> timedOut(request, nowNanos));
        if (state == State.READING) {
            reading(nowNanos);
        }
    }

    private void reading(long nowNanos) {
        if (nowNanos - heardNanos >= SILENCE_NANOS) {
            output.phase(ReaderPhase.RECOVERING, "no sign of life for 3 s", nowNanos);
            restart("no sign of life for 3 s", nowNanos);
            return;
        }
        if (faults.over(nowNanos)) {
            tellReading(nowNanos);
            upkeep.faultsOver();
        } else if (beginnings > 1 && nowNanos - beganNanos >= 2 * SILENCE_NANOS) {
            beginnings = 1;
        }
        if (dialogue.asked().isEmpty()) {
            List<MercuryRequest> look = upkeep.look(nowNanos);
            if (!look.isEmpty()) {
                state = State.LOOKING;
                streamSeen = true;
                dialogue.begin(look, nowNanos);
            } else {
                upkeep.due(nowNanos).ifPresent(request -> dialogue.ask(request, nowNanos));
            }
        }
    }

    private void timedOut(MercuryRequest request, long nowNanos) {
        if (state == State.STOPPING) {
            dialogue.clear();
            output.ended();
        } else if (request.equals(MercuryRequest.STOP) && streamSeen) {
            dialogue.ask(request.insisting(), nowNanos);
        } else if (request.need() == Need.REQUIRED) {
            dialogue.clear();
            output.reconnect(request.what() + ": no answer to " + request.tries() + " tries");
        } else {
            denied(request, "no answer");
            dialogue.next(nowNanos);
        }
    }

    @Override
    public void stop(long nowNanos) {
        upkeep.looked(nowNanos);
        state = State.STOPPING;
        dialogue.begin(List.of(MercuryRequest.STOP), nowNanos);
    }

    @Override
    public void closed(long nowNanos) {
        upkeep.looked(nowNanos);
        state = State.CLOSED;
        dialogue.clear();
    }
}

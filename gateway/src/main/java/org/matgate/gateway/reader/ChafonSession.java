package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.ReaderInformation;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonStatus;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

/**
 * Brings a Chafon reader from whatever it does to reading, and keeps it there: one inventory after the other, antenna by
 * antenna, each asked for the moment the one before is over. The answer to each, with chips or without, is the sign of
 * life. A chip is a read whenever a frame tells of it, also from an inventory of a former host, or from a reader that
 * speaks by itself.
 */
final class ChafonSession implements ReaderSession {
    /** How often the way to reading is begun on one link before a new link is to help. */
    private static final int MOST_BEGINNINGS = 4;

    /** A reader that has read for so long has come to read. */
    private static final long READS_WELL_NANOS = 6_000_000_000L;

    /** The command of what a reader says without being asked. */
    private static final int BY_ITSELF = 0xEE;

    private enum State {
        CLOSED,
        CONFIGURING,
        READING,
        STOPPING
    }

    private final Config.Reader reader;
    private final SessionOutput output;
    private final Dialogue<ChafonRequest> dialogue;
    private final ChafonReading reading;
    private final List<String> wishesDenied = new ArrayList<>();
    private State state = State.CLOSED;
    private @Nullable ReaderInformation information;
    private boolean planned;
    /** Whether it was told to speak at the configured rate: one that says yes and does not is read at its own. */
    private boolean toldBaud;

    private boolean damaged;
    private int beginnings;
    private long begunNanos;
    private long heardNanos;

    ChafonSession(Config.Reader reader, SessionOutput output) {
        this.reader = reader;
        this.output = output;
        this.dialogue = new Dialogue<>(request -> output.send(request.encode()));
        this.reading = new ChafonReading(reader, output);
    }

    @Override
    public void opened(long nowNanos) {
        beginnings = 0;
        information = null;
        configure("link open", nowNanos);
    }

    /** Begins the way to reading, whatever the reader does now. */
    private void configure(String why, long nowNanos) {
        state = State.CONFIGURING;
        reading.clear();
        planned = false;
        wishesDenied.clear();
        beginnings++;
        if (beginnings > MOST_BEGINNINGS) {
            giveUp("does not come to read: " + why);
            return;
        }
        output.phase(ReaderPhase.CONFIGURING, why, nowNanos);
        dialogue.begin(List.of(ChafonRequest.QUIET, ChafonRequest.INFORMATION), nowNanos);
    }

    private void giveUp(String why) {
        dialogue.clear();
        output.reconnect(why);
    }

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        if (state == State.CLOSED) {
            return;
        }
        long now = arrival.endedNanos();
        heardNanos = now;
        switch (message) {
            case Inventory frame -> {
                if (reading.frame(frame, arrival, inventoryOut())) {
                    inventoryOver(frame.status(), now);
                }
            }
            case ChafonMessage.RealTimeTag tag -> {
                reading.byItself(tag.reports(), arrival);
                speaksByItself(now);
            }
            case ChafonMessage.Heartbeat heartbeat -> speaksByItself(now);
            case ChafonMessage reply -> reply(reply, now);
            case ReaderMessage other -> throw new IllegalArgumentException("a Chafon reader does not say " + other);
        }
    }

    private boolean inventoryOut() {
        return dialogue.asked().filter(ChafonRequest::isInventory).isPresent();
    }

    private void speaksByItself(long nowNanos) {
        if (state == State.READING) {
            configure("speaks by itself", nowNanos);
        }
    }

    /** The inventory that was asked for has ended so. */
    private void inventoryOver(int status, long nowNanos) {
        dialogue.clear();
        if (state == State.STOPPING) {
            output.ended();
            return;
        }
        reading.over(status, nowNanos);
        readOn(nowNanos);
    }

    private void reply(ChafonMessage reply, long nowNanos) {
        Optional<ChafonRequest> request = dialogue.asked().filter(out -> out.answeredBy(reply));
        if (reply instanceof Reply && reply.command() == BY_ITSELF) {
            speaksByItself(nowNanos);
        } else if (request.isPresent() && !request.get().isInventory()) {
            answered(request.get(), reply, nowNanos);
        } else if (request.isPresent() && reply instanceof Reply other && reading.failed(other, nowNanos)) {
            inventoryOver(other.status(), nowNanos);
        }
    }

    private void answered(ChafonRequest request, ChafonMessage reply, long nowNanos) {
        if (reply instanceof Reply other
                && other.status() != ChafonStatus.OK
                && other.status() != ChafonStatus.NOT_KEPT) {
            refused(request, other.status(), nowNanos);
            return;
        }
        reading.settled();
        switch (reply) {
            case ReaderInformation now -> {
                // It did not answer an inventory, but answers now: if it is set otherwise, then it was off.
                if (state == State.READING && !now.equals(information)) {
                    output.gap(Gap.Cause.READER_RESTARTED, 0, model() + " has forgotten its settings", nowNanos);
                    configure("has forgotten its settings", nowNanos);
                    return;
                }
                informed(now, nowNanos);
            }
            case ChafonMessage.Temperature now -> output.learned(new Vital.Temperature(now.celsius()));
            case ChafonMessage.ReturnLoss now -> {
                if (request.command() instanceof ChafonCommand.MeasureReturnLoss measured) {
                    reading.measured(measured.antenna(), now.decibels(), nowNanos);
                }
            }
            default -> {
                if (request.command() instanceof ChafonCommand.SetBaud told
                        && told.baud().isPresent()) {
                    toldBaud = true;
                    output.lineBaud(told.baud().getAsInt());
                    giveUp("speaks at " + told.baud().getAsInt() + " baud from now on");
                    return;
                }
            }
        }
        next(nowNanos);
    }

    private void informed(ReaderInformation now, long nowNanos) {
        information = now;
        if (state == State.CONFIGURING && !planned) {
            planned = true;
            output.learned(new Vital.Identity(now.model(), now.firmwareText()));
            reading.informed(now);
            wishesDenied.addAll(ChafonRequest.impossible(reader, now));
            OptionalInt lineBaud = toldBaud ? OptionalInt.empty() : output.lineBaud();
            ChafonRequest.plan(reader, now, lineBaud).forEach(request -> dialogue.later(request, nowNanos));
        }
    }

    private String model() {
        return information == null ? "Chafon reader" : information.model() + " " + information.firmwareText();
    }

    private void refused(ChafonRequest request, int status, long nowNanos) {
        if (status == ChafonStatus.ILLEGAL_COMMAND && dialogue.tries() < request.tries()) {
            return; // perhaps damaged on its way: it is asked again when its time is over
        }
        reading.settled();
        unfulfilled(request, ChafonStatus.text(status), nowNanos);
    }

    /** The reader has said no, or nothing. */
    private void unfulfilled(ChafonRequest request, String why, long nowNanos) {
        if (request.need() == Need.REQUIRED) {
            giveUp(request.what() + ": " + why);
            return;
        }
        if (request.need() == Need.WISHED) {
            wishesDenied.add(request.what() + ": " + why);
        } else {
            reading.refused(request);
        }
        next(nowNanos);
    }

    /** What was out is settled. */
    private void next(long nowNanos) {
        if (state == State.CONFIGURING) {
            dialogue.next(nowNanos);
            if (dialogue.asked().isEmpty()) {
                began(nowNanos);
            }
        } else if (state == State.READING) {
            dialogue.clear();
            readOn(nowNanos);
        }
    }

    private void began(long nowNanos) {
        state = State.READING;
        begunNanos = nowNanos;
        if (information != null) {
            reading.begin(information, nowNanos);
        }
        readOn(nowNanos);
    }

    /** Nothing is out: tells how it reads, and asks what comes next. */
    private void readOn(long nowNanos) {
        List<String> lacks = new ArrayList<>(wishesDenied);
        lacks.addAll(reading.lacks(nowNanos));
        if (lacks.isEmpty()) {
            output.phase(ReaderPhase.READING, model(), nowNanos);
        } else {
            output.phase(ReaderPhase.DEGRADED, model() + ", " + String.join(", ", lacks), nowNanos);
        }
        reading.next(nowNanos).ifPresent(request -> {
            damaged = false;
            dialogue.ask(request, nowNanos);
        });
    }

    @Override
    public void damaged(long nowNanos) {
        damaged = true;
    }

    @Override
    public void tick(long nowNanos) {
        dialogue.tick(nowNanos).ifPresent(request -> timedOut(request, nowNanos));
        if (state != State.READING) {
            return;
        }
        if (nowNanos - begunNanos >= READS_WELL_NANOS) {
            beginnings = 1;
        }
        if (dialogue.asked().isEmpty()) {
            readOn(nowNanos);
        }
    }

    private void timedOut(ChafonRequest request, long nowNanos) {
        if (request.isInventory() && nowNanos - heardNanos < request.waitNanos()) {
            return; // its answer is coming, in many frames
        }
        if (state == State.STOPPING) {
            dialogue.clear();
            output.ended();
        } else if (request.isInventory()) {
            if (!damaged) {
                output.gap(Gap.Cause.BAD_FRAME, 1, "an inventory is not answered", nowNanos);
            }
            dialogue.ask(ChafonRequest.stillThere(), nowNanos);
        } else if (state == State.READING && request.need() == Need.REQUIRED) {
            output.phase(ReaderPhase.RECOVERING, "no answer", nowNanos);
            configure("no answer", nowNanos);
        } else {
            unfulfilled(request, "no answer", nowNanos);
        }
    }

    @Override
    public void stop(long nowNanos) {
        state = State.STOPPING;
        if (!inventoryOut()) {
            dialogue.clear();
            output.ended();
        }
    }

    @Override
    public void closed(long nowNanos) {
        state = State.CLOSED;
        dialogue.clear();
    }
}

package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

/**
 * Brings an R2000 module from whatever it does to reading, and keeps it there. A module reads for a round, says that the
 * round has ended, and waits: it is asked for the next at once. That it is alive is known from the ends of its rounds,
 * whether chips were read or not. Between two rounds it is asked how it is. A tag report is a read whenever it comes.
 */
final class R2000Session implements ReaderSession {
    /** How often the way to reading is begun on one link, without a round in between, before a new link is to help. */
    private static final int MOST_BEGINNINGS = 4;

    /** A module that takes the first command shows it by the end of a round. */
    private static final long FIRST_ROUND_NANOS = 1_500_000_000L;

    /** After a round that failed the module is given so long to recover. */
    private static final long REST_NANOS = 250_000_000L;

    private enum State {
        CLOSED,
        CONFIGURING,
        /** Asked for its first round. */
        STARTING,
        READING,
        STOPPING
    }

    private final Config.Reader reader;
    private final SessionOutput output;
    private final Dialogue<R2000Request> dialogue;
    private final R2000Antennas antennas;
    private final R2000Health health;
    private final R2000Setup setup;
    private final R2000Time time;
    private final FaultWatch faults = new FaultWatch();
    private R2000Rounds rounds;
    private State state = State.CLOSED;
    private String fault = "";
    /** Whether the module has shown, since the way to reading began, that it is in a round. */
    private boolean inventorySeen;

    private int beginnings;
    private long heardNanos;
    private long askedNanos;
    private boolean resting;

    R2000Session(Config.Reader reader, SessionOutput output) {
        this.reader = reader;
        this.output = output;
        this.dialogue = new Dialogue<>(request -> output.send(request.encode()));
        this.antennas = new R2000Antennas(output);
        this.health = new R2000Health(reader.antennas());
        this.setup = new R2000Setup(reader, output, dialogue, antennas, health);
        this.time = new R2000Time(reader.link() instanceof Config.Link.Tcp);
        this.rounds = new R2000Rounds(reader.antennas());
    }

    @Override
    public void opened(long nowNanos) {
        beginnings = 0;
        time.opened(nowNanos);
        antennas.forget();
        health.begin(nowNanos);
        setup.forget();
        rounds = new R2000Rounds(reader.antennas());
        configure("link open", nowNanos);
    }

    /** Begins the way to reading, whatever the module does now. */
    private void configure(String why, long nowNanos) {
        state = State.CONFIGURING;
        faults.clear();
        fault = "";
        resting = false;
        inventorySeen = false;
        rounds.forget();
        beginnings++;
        if (beginnings > MOST_BEGINNINGS) {
            reconnect("does not come to read: " + why);
            return;
        }
        output.phase(ReaderPhase.CONFIGURING, why, nowNanos);
        setup.begin(nowNanos);
    }

    private void reconnect(String why) {
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
        time.heard(arrival);
        switch (message) {
            case TagReport report -> {
                output.read(report, arrival.beganNanos(), time.uncertaintyNanos(arrival), now);
                antennas.reads(report.antenna(), now);
                inventory(now);
            }
            case R2000Message.AntennaMissing missing -> {
                antennas.missing(missing.antenna(), now);
                inventory(now);
            }
            case R2000Message.RoundEnd end -> roundEnded(end.total(), now);
            case R2000Message.FastSwitchEnd end -> {
                if (state == State.STARTING && rounds.implausible(end.durationMillis(), end.total())) {
                    nextCommand("rounds of " + end.durationMillis() + " ms", now);
                } else {
                    roundEnded(end.total(), now);
                }
            }
            case R2000Message reply -> reply(reply, arrival);
            case FamilyMessage other -> throw new IllegalArgumentException("an R2000 module does not say " + other);
        }
    }

    /** The module is in a round, ours or a former client's. */
    private void inventory(long nowNanos) {
        inventorySeen = true;
        if (state == State.STARTING) {
            state = State.READING;
            tellReading(nowNanos);
        }
    }

    private void roundEnded(long total, long nowNanos) {
        antennas.roundEnded(!rounds.wasDamaged(), nowNanos);
        health.roundEnded(total);
        rounds.ended(nowNanos);
        inventory(nowNanos);
        if (state == State.READING) {
            beginnings = 1;
            between(nowNanos);
        } else if (state == State.STOPPING) {
            output.ended();
        }
    }

    /** No round is out: asks how the module is, if it is time to, else for the next round. */
    private void between(long nowNanos) {
        if (dialogue.asked().isPresent()) {
            return;
        }
        List<R2000Request> polls = health.polls(nowNanos);
        if (polls.isEmpty()) {
            ask(nowNanos);
        } else {
            resting = false;
            dialogue.begin(polls, nowNanos);
        }
    }

    private void ask(long nowNanos) {
        resting = false;
        askedNanos = nowNanos;
        if (!rounds.out()) {
            time.asked(nowNanos);
        }
        rounds.asked(nowNanos);
        output.send(rounds.command().encode(R2000Addressed.ANY));
    }

    private void reply(R2000Message reply, Arrival arrival) {
        long nowNanos = arrival.endedNanos();
        Optional<R2000Request> request = dialogue.asked().filter(out -> out.answeredBy(reply));
        if (reply instanceof R2000Message.Result result && result.code() == R2000Code.MCU_RESET) {
            output.gap(Gap.Cause.READER_RESTARTED, 0, setup.module() + " restarted", nowNanos);
            if (state != State.STOPPING) {
                configure("module restarted", nowNanos);
            }
        } else if (request.isPresent()) {
            if (request.get().isQuick()) {
                time.answered(dialogue.askedNanos(), arrival);
            }
            settled(request.get(), setup.answered(request.get(), reply, nowNanos), nowNanos);
        } else if (reply instanceof R2000Message.Result result
                && result.command() == rounds.command().number()) {
            roundAnswered(result.code(), nowNanos);
        }
    }

    /** What was asked outside of a round is over and done. */
    private void settled(R2000Request request, Optional<String> hopeless, long nowNanos) {
        if (hopeless.isPresent()) {
            reconnect(hopeless.get());
            return;
        }
        if (request.equals(R2000Request.RESET)) {
            configure("restarted", nowNanos);
            return;
        }
        dialogue.next(nowNanos);
        if (dialogue.asked().isPresent()) {
            return;
        }
        if (state == State.CONFIGURING) {
            state = State.STARTING;
            ask(nowNanos);
        } else if (state == State.READING) {
            tellReading(nowNanos);
            if (!rounds.out()) {
                ask(nowNanos);
            }
        }
    }

    /** A round ended by a code, or did not begin. */
    private void roundAnswered(int code, long nowNanos) {
        if (code == R2000Code.NO_TAG) {
            roundEnded(0, nowNanos);
        } else if (state == State.STARTING && R2000Code.isRefusal(code)) {
            nextCommand(R2000Code.text(code), nowNanos);
        } else if (state == State.STOPPING) {
            output.ended();
        } else {
            roundFailed(code, nowNanos);
        }
    }

    /** The module does not know the command for a round. */
    private void nextCommand(String why, long nowNanos) {
        if (rounds.refused()) {
            ask(nowNanos);
        } else {
            reconnect("starting to read: " + why);
        }
    }

    private void roundFailed(int code, long nowNanos) {
        rounds.ended(nowNanos);
        inventory(nowNanos);
        if (code == R2000Code.ANTENNA_MISSING && reader.antennas().size() == 1) {
            antennas.missing(reader.antennas().getFirst(), nowNanos);
        }
        if (state == State.READING) {
            health.failed(nowNanos);
            resting = true;
            fault = R2000Code.text(code);
            if (faults.heard(nowNanos)) {
                tellReading(nowNanos);
            }
        }
    }

    private void tellReading(long nowNanos) {
        List<String> troubles = new ArrayList<>(setup.wishesDenied());
        if (health.hot()) {
            troubles.add("too hot");
        }
        if (!fault.isEmpty()) {
            troubles.add(fault);
        }
        if (troubles.isEmpty()) {
            output.phase(ReaderPhase.READING, setup.module(), nowNanos);
        } else {
            output.phase(ReaderPhase.DEGRADED, setup.module() + ", " + String.join(", ", troubles), nowNanos);
        }
    }

    @Override
    public void damaged(long nowNanos) {
        rounds.damage();
    }

    @Override
    public void tick(long nowNanos) {
        dialogue.tick(nowNanos).ifPresent(request -> timedOut(request, nowNanos));
        long silence = nowNanos - Math.max(heardNanos, askedNanos);
        switch (state) {
            case STARTING -> {
                if (silence >= FIRST_ROUND_NANOS) {
                    firstRoundLate(nowNanos);
                }
            }
            case READING -> {
                if (resting && nowNanos - heardNanos >= REST_NANOS) {
                    between(nowNanos);
                } else if (rounds.out() && silence >= rounds.silenceNanos()) {
                    roundLate(nowNanos);
                } else if (faults.over(nowNanos)) {
                    fault = "";
                    tellReading(nowNanos);
                }
            }
            case CLOSED, CONFIGURING, STOPPING -> {}
        }
    }

    /** Some firmware does not even refuse what it does not know. */
    private void firstRoundLate(long nowNanos) {
        if (rounds.wasDamaged()) {
            ask(nowNanos);
        } else {
            nextCommand("no answer", nowNanos);
        }
    }

    private void roundLate(long nowNanos) {
        if (rounds.wasDamaged()) {
            ask(nowNanos);
        } else {
            output.phase(ReaderPhase.RECOVERING, "the end of a round does not come", nowNanos);
            configure("the end of a round did not come", nowNanos);
        }
    }

    private void timedOut(R2000Request request, long nowNanos) {
        if (request.equals(R2000Request.VERSION) && inventorySeen) {
            dialogue.ask(R2000Request.RESET, nowNanos);
        } else {
            settled(request, setup.unanswered(request), nowNanos);
        }
    }

    @Override
    public void stop(long nowNanos) {
        state = State.STOPPING;
        dialogue.clear();
        if (!rounds.out()) {
            output.ended();
        }
    }

    @Override
    public void closed(long nowNanos) {
        state = State.CLOSED;
        dialogue.clear();
    }
}

package org.matgate.gateway.reader;

import java.util.List;
import java.util.Locale;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an IPICO reader, which reads whether it is asked to or not. It is asked to report every sighting, and then
 * now and again for its clock. One that has ever answered and does not is not there, be it behind an adapter that is: no
 * port tells of that. Where it is back it may have been without power, so it is asked all anew. One that has never
 * answered may be a reader whose line goes one way only; that it says nothing may mean that it sees no chip.
 */
final class IpicoSession implements ReaderSession {
    private static final Logger LOG = LoggerFactory.getLogger(IpicoSession.class);

    private static final long POLL_NANOS = 5_000_000_000L;

    /** So long without any line, one that answers is gone: three polls. */
    static final long SILENCE_NANOS = 3 * POLL_NANOS;

    /** No reader starts in less: where lines came closer together than this, only an answer was lost. */
    private static final long START_NANOS = 1_000_000_000L;

    /** So much damage and not one good line: the line has another rate. A few bytes may be half a line. */
    private static final int MOST_DAMAGE = 5;

    private static final String MODEL = "IPICO reader";

    private final String name;
    private final SessionOutput output;
    private final IpicoTime time;
    private final IpicoTurns turns = new IpicoTurns();
    private final Repeats rejections;
    private final Dialogue<IpicoRequest> dialogue;
    private boolean open;
    /** Whether it has ever answered, and whether on this link. */
    private boolean hasAnswered;

    private boolean answers;
    private boolean understood;
    /** Whether it was asked in vain since the last line. */
    private boolean missed;

    private boolean modeAskedAgain;
    private Line last = new Line(0, 0);
    /** The last line before the question that was asked last, and when the first after it came, if one did. */
    private Line before = last;

    private long afterNanos;
    private int damage;

    /**
     * A line that came.
     *
     * @param seenNanos what it tells was not seen before this
     */
    private record Line(long seenNanos, long endedNanos) {}

    IpicoSession(String name, RawTime time, SessionOutput output) {
        this.name = name;
        this.output = output;
        this.time = new IpicoTime(time, output);
        this.rejections = new Repeats(LOG, "reader " + name);
        this.dialogue = new Dialogue<>(request -> output.send(request.encode()));
    }

    @Override
    public void opened(long nowNanos) {
        open = true;
        answers = false;
        understood = false;
        missed = false;
        damage = 0;
        last = new Line(nowNanos, nowNanos);
        time.newLink();
        output.phase(ReaderPhase.CONFIGURING, "waiting for its answer", nowNanos);
        output.learned(new Vital.Identity(MODEL, ""));
        introduce(nowNanos);
    }

    /** Asks for every sighting, and for its clock until that is known. */
    private void introduce(long nowNanos) {
        modeAskedAgain = false;
        turns.begin(nowNanos);
        dialogue.begin(List.of(IpicoRequest.RAW, IpicoRequest.CLOCK), nowNanos);
    }

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        switch (message) {
            case TagReport report -> {
                boolean back = comes(arrival);
                came(read(report, arrival), arrival, back);
            }
            case IpicoMessage.Control control -> {
                boolean back = comes(arrival);
                control(control, arrival);
                came(arrival.beganNanos(), arrival, back);
            }
            // A line that is not connected makes such, too.
            case IpicoMessage.Blank blank -> LOG.trace("reader {} says {}", name, blank);
            case FamilyMessage other -> throw new IllegalArgumentException("an IPICO reader does not say " + other);
        }
    }

    /** A line that is still to be taken. @return whether it was asked in vain before */
    private boolean comes(Arrival arrival) {
        boolean back = missed;
        if (back) {
            tellMissed(arrival.endedNanos());
            missed = false;
            time.mayHaveBeenSet();
        }
        if (!understood) {
            understood = true;
            output.phase(ReaderPhase.READING, MODEL, arrival.endedNanos());
        }
        return back;
    }

    private void came(long seenNanos, Arrival arrival, boolean back) {
        if (last.endedNanos <= dialogue.askedNanos()) {
            before = last;
            afterNanos = arrival.endedNanos();
        }
        last = new Line(seenNanos, arrival.endedNanos());
        if (back) {
            introduce(arrival.endedNanos());
        }
    }

    /** Where it has answered before and is waited for on a new link, the outage is told anyway; a mere look misses nothing. */
    private void tellMissed(long untilNanos) {
        if (understood || !(hasAnswered || output.looksOnly())) {
            unheard(last, untilNanos);
        }
    }

    private void unheard(Line since, long untilNanos) {
        double seconds = (untilNanos - since.endedNanos) / 1e9;
        output.unheard(
                since.seenNanos, untilNanos, String.format(Locale.ROOT, "no answer, silent for %.1f s", seconds));
    }

    /** @return what it tells was not seen before this */
    private long read(TagReport report, Arrival arrival) {
        IpicoTime.Moment moment = time.of(report.time(), arrival);
        output.read(report, moment.monotonicNanos(), moment.uncertaintyNanos(), arrival.endedNanos());
        return Math.min(arrival.beganNanos(), moment.monotonicNanos() - moment.uncertaintyNanos());
    }

    private void control(IpicoMessage.Control control, Arrival arrival) {
        long nowNanos = arrival.endedNanos();
        LOG.debug("reader {} says {}", name, control);
        dialogue.asked().filter(request -> request.answeredBy(control)).ifPresent(request -> {
            answers = true;
            hasAnswered = true;
            time.answered(arrival.beganNanos() - dialogue.askedNanos());
            control.clock()
                    .flatMap(told -> turns.told(told.micros(), dialogue.askedNanos(), arrival))
                    .ifPresent(turn -> time.turned(turn, arrival));
            if (request.equals(IpicoRequest.RAW)) {
                tellMode(control.rejected(), nowNanos);
            }
            dialogue.next(nowNanos);
            if (dialogue.asked().isEmpty() && turns.near(nowNanos)) {
                dialogue.ask(IpicoRequest.CLOCK, nowNanos);
            }
        });
        if (control.rejected()) {
            rejections.failed("rejects a command: " + control);
        }
    }

    private void tellMode(boolean rejected, long nowNanos) {
        if (rejected) {
            output.phase(
                    ReaderPhase.DEGRADED,
                    MODEL + ", does not turn off its own filter: not every sighting may be reported",
                    nowNanos);
        } else {
            output.phase(ReaderPhase.READING, MODEL, nowNanos);
        }
    }

    @Override
    public void damaged(long nowNanos) {
        damage++;
        if (open && !understood && damage >= MOST_DAMAGE && output.lineBaud().isPresent()) {
            output.reconnect("nothing but garbage at " + output.lineBaud().getAsInt() + " baud");
        }
    }

    @Override
    public void tick(long nowNanos) {
        if (!open) {
            return;
        }
        dialogue.tick(nowNanos).ifPresent(request -> unanswered(request, nowNanos));
        boolean due = turns.wanted(nowNanos) || nowNanos - dialogue.askedNanos() >= POLL_NANOS;
        if (dialogue.asked().isEmpty() && due) {
            dialogue.ask(IpicoRequest.CLOCK, nowNanos);
        }
        boolean tellsOfItself = answers || (hasAnswered && !understood);
        if (tellsOfItself && nowNanos - last.endedNanos >= SILENCE_NANOS) {
            open = false;
            output.reconnect("no sign of life for " + SILENCE_NANOS / 1_000_000_000L + " s");
        }
    }

    private void unanswered(IpicoRequest request, long nowNanos) {
        boolean clock = request.equals(IpicoRequest.CLOCK);
        if (!understood) {
            missed = true;
            if (clock && !hasAnswered) {
                output.phase(
                        ReaderPhase.DEGRADED,
                        MODEL + ", has said nothing yet: pass a chip over it; if nothing comes, check its cable",
                        nowNanos);
            }
        } else if (clock && hasAnswered) {
            if (wasAway(nowNanos)) {
                return;
            }
        } else if (!clock && !modeAskedAgain) {
            modeAskedAgain = true;
            dialogue.later(request, nowNanos);
        }
        dialogue.next(nowNanos);
    }

    /**
     * One that answers did not, and whoever is silent around a question may have been without power: tells of the gap.
     *
     * @return whether it has come back already and is asked anew
     */
    private boolean wasAway(long nowNanos) {
        boolean back = last.endedNanos > dialogue.askedNanos();
        Line from = back ? before : last;
        long untilNanos = back ? afterNanos : nowNanos;
        if (untilNanos - from.endedNanos < START_NANOS) {
            return false;
        }
        unheard(from, untilNanos);
        missed = !back;
        if (back) {
            time.mayHaveBeenSet();
            introduce(nowNanos);
        }
        return back;
    }

    @Override
    public void stop(long nowNanos) {
        if (open && missed) {
            tellMissed(nowNanos);
        }
        open = false;
        output.ended();
    }

    @Override
    public void closed(long nowNanos) {
        open = false;
        dialogue.clear();
    }
}

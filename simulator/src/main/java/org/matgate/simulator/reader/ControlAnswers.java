package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.simulator.SimClock;

/** What an IPICO reader answers to control lines, without a field in which it sees chips. Not thread-safe. */
public final class ControlAnswers {
    private final Outbox outbox = new Outbox(1, IpicoParser::new);
    private final SimClock clock;
    private final SimulatedIpico reader;

    public ControlAnswers(SimClock clock) {
        this.clock = clock;
        long origin = clock.monotonicNanos();
        this.reader = new SimulatedIpico(IpicoOptions.DEFAULT, origin, clock.utcNanos(origin), outbox);
    }

    /** Another host listens from now on: half a line of the last one counts no more. */
    public void listenerChanged() {
        reader.listenerChanged(true);
    }

    /** The answers to what a host has sent, each a line with its end. */
    public List<byte[]> to(byte[] bytes, int length) {
        reader.heard(bytes, length, clock.monotonicNanos());
        List<byte[]> answers = new ArrayList<>();
        for (Optional<Outgoing> next = outbox.poll(); next.isPresent(); next = outbox.poll()) {
            answers.add(next.get().frame());
        }
        return answers;
    }
}

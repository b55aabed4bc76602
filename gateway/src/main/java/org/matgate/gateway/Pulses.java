package org.matgate.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.gateway.reader.ReaderLoop;

/** Those of all threads without which reads are not taken, kept or delivered. */
final class Pulses {
    /**
     * Nothing on the event loop waits; the longest that it does at a time, such as the first TLS handshake, takes a slow
     * board some seconds.
     */
    private static final Duration LONGEST_TASK = Duration.ofSeconds(30);

    private Pulses() {}

    static List<Pulse> of(List<ReaderLoop> readers, Journal journal, Executor eventLoop) {
        List<Pulse> pulses =
                new ArrayList<>(readers.stream().map(ReaderLoop::pulse).toList());
        pulses.add(journal.pulse());
        pulses.add(Pulse.asked("the engines' event loop", LONGEST_TASK, eventLoop));
        return pulses;
    }
}

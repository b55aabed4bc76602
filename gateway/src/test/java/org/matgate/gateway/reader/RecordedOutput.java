package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;

/** Writes down what a session wants done. */
final class RecordedOutput implements SessionOutput {
    record Read(TagReport report, long momentNanos, long uncertaintyNanos, long arrivalNanos) {}

    record Phase(ReaderPhase phase, String detail, long nowNanos) {}

    record Told(Gap.Cause cause, long count, String detail, long nowNanos) {}

    record Span(long fromNanos, long untilNanos) {}

    final List<byte[]> sent = new ArrayList<>();
    final List<Read> reads = new ArrayList<>();
    final List<Phase> phases = new ArrayList<>();
    final List<String> antennas = new ArrayList<>();
    final List<Told> gaps = new ArrayList<>();
    /** How long it was kept from reading each time, milliseconds. */
    final List<Long> pauses = new ArrayList<>();

    final List<Span> unheard = new ArrayList<>();
    final List<String> reconnects = new ArrayList<>();
    final List<Vital> vitals = new ArrayList<>();
    OptionalInt lineBaud = OptionalInt.empty();
    OptionalInt nextBaud = OptionalInt.empty();
    boolean looksOnly;
    int endings;

    @Override
    public void send(byte[] bytes) {
        sent.add(bytes);
    }

    @Override
    public void read(TagReport report, long momentNanos, long uncertaintyNanos, long arrivalNanos) {
        reads.add(new Read(report, momentNanos, uncertaintyNanos, arrivalNanos));
    }

    @Override
    public void phase(ReaderPhase phase, String detail, long nowNanos) {
        phases.add(new Phase(phase, detail, nowNanos));
    }

    @Override
    public void antenna(int antenna, AntennaCondition condition, String detail, long nowNanos) {
        antennas.add(antenna + " " + condition);
    }

    @Override
    public void gap(Gap.Cause cause, long count, String detail, long nowNanos) {
        gaps.add(new Told(cause, count, detail, nowNanos));
    }

    @Override
    public void paused(long sinceNanos, String why, long nowNanos) {
        pauses.add((nowNanos - sinceNanos) / 1_000_000);
    }

    @Override
    public void unheard(long fromNanos, long untilNanos, String detail) {
        unheard.add(new Span(fromNanos, untilNanos));
    }

    @Override
    public void learned(Vital vital) {
        vitals.add(vital);
    }

    @Override
    public boolean looksOnly() {
        return looksOnly;
    }

    @Override
    public OptionalInt lineBaud() {
        return lineBaud;
    }

    @Override
    public void lineBaud(int baud) {
        nextBaud = OptionalInt.of(baud);
    }

    @Override
    public void reconnect(String reason) {
        reconnects.add(reason);
    }

    @Override
    public void ended() {
        endings++;
    }

    Phase lastPhase() {
        return phases.getLast();
    }
}

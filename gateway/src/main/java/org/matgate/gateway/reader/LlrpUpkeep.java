package org.matgate.gateway.reader;

import java.util.List;
import org.matgate.protocol.llrp.LlrpConfig;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpVendor;
import org.matgate.protocol.stream.Event.AntennaCondition;

/**
 * What is kept an eye on while an LLRP reader reads: its antennas, besides the events that tell of them, its
 * temperature, and the memory of one that keeps count of all tags. Moments are on CLOCK_MONOTONIC, in nanoseconds. Not
 * thread-safe.
 */
final class LlrpUpkeep {
    private static final long EVERY_NANOS = 15_000_000_000L;

    /** Zebra readers stop at 750,000 to 900,000 tags. */
    private static final long PURGE_READS = 200_000;

    private final List<Integer> antennas;
    private final SessionOutput output;
    private final Dialogue<LlrpRequest> dialogue;
    private LlrpPlan plan;
    private long askedNanos;
    private long readsSincePurge;
    private boolean tellsTemperature;

    /** @param antennas in use */
    LlrpUpkeep(List<Integer> antennas, SessionOutput output, Dialogue<LlrpRequest> dialogue, LlrpPlan plan) {
        this.antennas = antennas;
        this.output = output;
        this.dialogue = dialogue;
        this.plan = plan;
    }

    /** Perhaps another reader from now on. */
    void reset(LlrpPlan now) {
        plan = now;
        tellsTemperature = true;
    }

    /** The reader has begun to read. */
    void begin(long nowNanos) {
        ask(nowNanos);
    }

    void tick(long nowNanos) {
        if (nowNanos - askedNanos >= EVERY_NANOS) {
            ask(nowNanos);
        }
        if (readsSincePurge >= PURGE_READS) {
            purge(nowNanos);
        }
    }

    /** Asks something now, unless an answer is awaited. */
    void askAgain(long nowNanos) {
        if (dialogue.asked().isEmpty()) {
            ask(nowNanos);
        }
    }

    private void ask(long nowNanos) {
        askedNanos = nowNanos;
        dialogue.later(plan.antennas(), nowNanos);
        if (tellsTemperature) {
            plan.temperature().ifPresent(request -> dialogue.later(request, nowNanos));
        }
    }

    /** The reader was asked in vain for its temperature: it is not asked again. */
    void noTemperature() {
        tellsTemperature = false;
    }

    void read() {
        readsSincePurge++;
    }

    /** Takes what an answer tells of antennas and temperature. */
    void heard(LlrpMessage.Reply reply, long nowNanos) {
        reply.all(LlrpConfig.AntennaProperties.class)
                .forEach(antenna -> antenna(antenna.antenna(), antenna.connected(), nowNanos));
        reply.all(LlrpVendor.Impinj.class).stream()
                .filter(part -> part.kind() == LlrpVendor.Impinj.Kind.TEMPERATURE)
                .forEach(part -> output.learned(new Vital.Temperature((int) part.value())));
    }

    void antenna(int antenna, boolean connected, long nowNanos) {
        if (antennas.contains(antenna)) {
            output.antenna(
                    antenna,
                    connected ? AntennaCondition.CONNECTED : AntennaCondition.DISCONNECTED,
                    connected ? "" : "the reader says so",
                    nowNanos);
        }
    }

    void bufferLevel(int percent, long nowNanos) {
        output.learned(new Vital.BufferLevel(percent));
        purge(nowNanos);
    }

    private void purge(long nowNanos) {
        readsSincePurge = 0;
        if (plan.isOf(LlrpVendor.ZEBRA)) {
            dialogue.later(plan.purge(), nowNanos);
        }
    }
}

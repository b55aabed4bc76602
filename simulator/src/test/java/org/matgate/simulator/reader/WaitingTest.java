package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.TcpLink;

@Timeout(60)
class WaitingTest {
    private static final long MS = 1_000_000;

    /** A wait as it was told. */
    private record Told(long fromNanos, long untilNanos, long waitedNanos) {}

    /** What a log hears of a reader that waits. */
    private static final class Log implements WireLog {
        final List<Told> waits = new CopyOnWriteArrayList<>();
        final List<Long> ignored = new CopyOnWriteArrayList<>();

        @Override
        public void offered(WireRead truth, long sentMonotonicNanos, Fate fate) {}

        @Override
        public void ignored(String reader, long sightedMonotonicNanos) {
            ignored.add(sightedMonotonicNanos);
        }

        @Override
        public void waited(String reader, long from, long until, long waited) {
            waits.add(new Told(from, until, waited));
        }
    }

    private final Log log = new Log();
    private final Waiting waiting = new Waiting("finish", log);

    @Test
    void tellsOfAWaitWhenItIsOver() {
        waiting.look(10 * MS, false);
        for (long now = 20; now <= 120; now += 20) {
            waiting.look(now * MS, true);
        }
        assertThat(log.waits).isEmpty();
        waiting.look(140 * MS, false);
        waiting.look(160 * MS, false);
        assertThat(log.waits).containsExactly(new Told(20 * MS, 140 * MS, 120 * MS));
    }

    @Test
    void aReaderThatDidNotRunHasNotWaited() {
        waiting.look(0, true);
        waiting.look(9_000 * MS, true);
        waiting.look(9_010 * MS, false);
        assertThat(log.waits).containsExactly(new Told(0, 9_010 * MS, 60 * MS));
    }

    /** In a hurry chips wait for a host that asks for one round and is silent for a second. */
    @Test
    void aHurriedReaderTellsHowLongItsHostLetItWait() throws Exception {
        SimClock clock = SimClock.system();
        TcpLink link = TcpLink.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        byte[] ask = new R2000Addressed(R2000Addressed.ANY, new R2000Command.Inventory(1)).encode();
        try (SimulatedMat mat = SimulatedMat.r2000("finish", link, clock, log, WireDamage.NONE, R2000Options.DEFAULT);
                Socket host = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
            mat.hurry();
            host.setSoTimeout(30_000);
            DataInputStream in = new DataInputStream(host.getInputStream());
            host.getOutputStream().write(ask);
            in.readByte();
            mat.play(sightings(clock.monotonicNanos()).iterator());
            Thread.sleep(1_200);
            host.getOutputStream().write(ask);
            while (log.waits.stream().noneMatch(wait -> wait.untilNanos() - wait.fromNanos() > 1_000 * MS)) {
                Thread.sleep(5);
            }
        }
        assertThat(log.ignored).as("in a hurry who is not seen waits").isEmpty();
    }

    /** One every 20 ms. */
    private static List<Sighting> sightings(long start) {
        List<Sighting> sightings = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> sightings.add(ModelBench.sighting(start + 20 * MS * i, 1)));
        return sightings;
    }

    @Test
    void whoWasThereAndIsGoneBeforeTheNextQuestionIsToldOf() {
        ModelBench bench = new ModelBench(1, R2000Parser::new);
        SimulatedR2000 module = new SimulatedR2000(R2000Options.DEFAULT, 0, bench.outbox);
        byte[] ask = new R2000Addressed(R2000Addressed.ANY, new R2000Command.Inventory(1)).encode();
        module.heard(ask, ask.length, 0);
        module.advance(20 * MS);
        Sighting between = ModelBench.sighting(30 * MS, 1);
        assertThat(module.sighted(between)).isEqualTo(ReaderModel.Seen.TAKEN);
        assertThat(module.awaitsQuestion()).isTrue();
        module.advance(1_029 * MS);
        assertThat(module.gone()).isEmpty();
        module.advance(1_031 * MS);
        assertThat(module.gone()).containsExactly(between);
        assertThat(module.gone()).isEmpty();
    }

    @Test
    void aMachineThatWasLateIsRememberedForAWhile() {
        Promptness promptness = new Promptness();
        promptness.step(0);
        promptness.onTheLine(900 * MS);
        promptness.step(1_000 * MS);
        assertThat(promptness.late(1_000 * MS)).as("its line").isFalse();
        promptness.step(1_300 * MS);
        assertThat(promptness.late(1_300 * MS)).isTrue();
        assertThat(promptness.late(1_300 * MS + Promptness.AFTERWARDS_NANOS)).isFalse();
    }
}

package org.matgate.simulator.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommand.AntennaInventory;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.TcpLink;

@Timeout(60)
class WaitingTest {
    private static final long MS = 1_000_000;

    /** A wait as it was told. */
    private record Told(int antenna, long fromNanos, long untilNanos, long waitedNanos) {}

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
        public void waited(String reader, int antenna, long from, long until, long waited) {
            waits.add(new Told(antenna, from, until, waited));
        }
    }

    private final Log log = new Log();
    private final Waiting waiting = new Waiting("finish", 3, log);

    @Test
    void tellsOfAWaitWhenItIsOver() {
        waiting.look(10 * MS, false);
        for (long now = 20; now <= 120; now += 20) {
            waiting.look(now * MS, true);
        }
        assertThat(log.waits).isEmpty();
        waiting.look(140 * MS, false);
        waiting.look(160 * MS, false);
        assertThat(log.waits).containsExactly(new Told(3, 20 * MS, 140 * MS, 120 * MS));
    }

    @Test
    void aReaderThatDidNotRunHasNotWaited() {
        waiting.look(0, true);
        waiting.look(9_000 * MS, true);
        waiting.look(9_010 * MS, false);
        assertThat(log.waits).containsExactly(new Told(3, 0, 9_010 * MS, 60 * MS));
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
        assertThat(module.awaited(false)).containsExactly(ReaderModel.ANY_ANTENNA);
        module.advance(1_029 * MS);
        assertThat(module.gone()).isEmpty();
        module.advance(1_031 * MS);
        assertThat(module.gone()).containsExactly(between);
        assertThat(module.gone()).isEmpty();
    }

    /** It waits however long it takes; but what its host makes it forget is told. */
    @Test
    void inAHurryWhoIsThereStaysUntilTheNextQuestion() {
        ModelBench bench = new ModelBench(1, R2000Parser::new);
        SimulatedR2000 module = new SimulatedR2000(R2000Options.DEFAULT, 0, bench.outbox);
        Unseen unseen = new Unseen("finish", log);
        module.hurry();
        byte[] ask = new R2000Addressed(R2000Addressed.ANY, new R2000Command.Inventory(1)).encode();
        module.heard(ask, ask.length, 0);
        module.advance(20 * MS);
        module.sighted(ModelBench.sighting(30 * MS, 1));
        module.advance(1_250 * MS);
        unseen.look(module, Set.of(), true, 1_250 * MS);
        assertThat(log.ignored).isEmpty();
        assertThat(module.waiting()).isTrue();
        module.heard(ask, ask.length, 1_260 * MS);
        module.advance(1_261 * MS);
        assertThat(bench.outbox.reads()).isEqualTo(1);
        bench.frames();
        module.advance(1_300 * MS);
        module.sighted(ModelBench.sighting(1_310 * MS, 1));
        byte[] reset = new R2000Addressed(R2000Addressed.ANY, new R2000Command.Reset()).encode();
        module.heard(reset, reset.length, 3_000 * MS);
        unseen.look(module, Set.of(), true, 3_000 * MS);
        assertThat(log.ignored).containsExactly(3_000 * MS);
    }

    /** Antennas of a Chafon reader are asked for as given, every 100 ms; somebody comes to each at the beginning. */
    private void turns(IntUnaryOperator antennaAt, int millis) {
        ModelBench bench = new ModelBench(10, ChafonParser::new);
        SimulatedChafon reader = new SimulatedChafon(ChafonOptions.DEFAULT.withBufferedReads(10), 0, bench.outbox);
        Unseen unseen = new Unseen("finish", log);
        for (int now = 0; now <= millis; now += 10) {
            reader.advance(now * MS);
            int antenna = antennaAt.applyAsInt(now);
            if (now % 100 == 0) {
                byte[] ask = new AntennaInventory(ChafonCommand.ANY, 4, 0, true, 0, antenna, 3).encode();
                reader.heard(ask, ask.length, now * MS);
            } else if (now == 450) {
                IntStream.rangeClosed(1, 4).forEach(port -> reader.sighted(ModelBench.sighting(450 * MS, port)));
            }
            unseen.step(now * MS);
            unseen.look(reader, reader.awaited(false), false, now * MS);
            bench.frames();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3_400, 10_000})
    void anAntennaThatIsNotAskedForWaitsWhileAnotherIs(int askedAgain) {
        turns(now -> now == 0 || now == askedAgain ? 2 : 1, askedAgain);
        assertThat(log.waits).extracting(Told::antenna).containsExactly(1, 2);
        assertThat(log.waits.getFirst().waitedNanos()).isLessThan(100 * MS);
        assertThat(log.waits.getLast().waitedNanos()).isBetween(2_900 * MS, 3_100 * MS);
    }

    @Test
    void antennasThatAreAskedForInTurnWaitShortly() {
        turns(now -> 1 + now / 100 % 4, 2_000);
        assertThat(log.waits)
                .hasSize(4)
                .allSatisfy(wait -> assertThat(wait.waitedNanos()).isLessThan(400 * MS));
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

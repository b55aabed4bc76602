package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.reader.Frames.LINE;
import static org.matgate.gateway.reader.Frames.SERIAL_BYTE;
import static org.matgate.gateway.reader.Frames.cycleEnd;
import static org.matgate.gateway.reader.Frames.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

@Timeout(60)
class ReaderLoopTest {
    @Test
    void aFrameArrivedBeforeTheBytesBehindIt() {
        LoopBench bench = LoopBench.ipicoOnSerial();
        bench.link(1_000_000)
                .bytes(bench.ms(100), LINE, LINE, "aa0005".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .runs(bench.ms(200), bench::stop);
        bench.run();
        List<Event.TagRead> reads = bench.reads();
        assertThat(reads).hasSize(2);
        assertThat(reads.get(1).arrivalMonotonicNanos()).isIn(bench.ms(94), bench.ms(93));
        assertThat(reads.get(0).arrivalMonotonicNanos())
                .isEqualTo(reads.get(1).arrivalMonotonicNanos() - 38 * LoopBench.MILLI);
        assertThat(reads).allSatisfy(read -> {
            assertThat(read.stamp().monotonicNanos()).isLessThanOrEqualTo(read.arrivalMonotonicNanos() - 36_000_000);
            assertThat(read.source().reader()).isEqualTo("mat-1");
        });
    }

    @Test
    void aLineInPiecesIsOneRead() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        ScriptedLink link = bench.link(0);
        for (int i = 0; i < LINE.length; i += 8) {
            link.bytes(bench.ms(100 + 2L * i / 8), java.util.Arrays.copyOfRange(LINE, i, Math.min(i + 8, LINE.length)));
        }
        link.runs(bench.ms(200), bench::stop);
        bench.run();
        assertThat(bench.reads()).hasSize(1);
        assertThat(bench.reads().getFirst().stamp().monotonicNanos()).isLessThanOrEqualTo(bench.ms(100));
    }

    @Test
    void aReaderThatCanWaitIsNotReadWhileTheIntakeIsNearlyFull() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        bench.link(0)
                .bytes(bench.ms(100), LINE)
                .runs(bench.ms(200), () -> bench.fill = 0.9)
                .bytes(bench.ms(300), LINE)
                .runs(bench.ms(300), bench::stop);
        List<Integer> readWhileFull = new ArrayList<>();
        bench.room = event -> {
            if (bench.fill >= 0.8 && event instanceof Event.TagRead) {
                readWhileFull.add(1);
            }
            return true;
        };
        Thread freeing = new Thread(() -> {
            while (bench.waits.size() < 100) {
                Thread.onSpinWait();
            }
            bench.fill = 0.5;
        });
        freeing.start();
        bench.run();
        assertThat(readWhileFull).isEmpty();
        assertThat(bench.reads()).hasSize(2);
    }

    @Test
    void faultsOfOursAreToldAndSurvived() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        int[] sessions = {0};
        ReaderFamily real = ReaderFamilies.of(Config.Family.IPICO);
        bench.family = new ReaderFamily() {
            @Override
            public FrameParser<? extends ReaderMessage> parser() {
                return real.parser();
            }

            @Override
            public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
                if (sessions[0]++ == 0) {
                    return new FaultySession();
                }
                return real.session(reader, time, output);
            }
        };
        ScriptedLink broken = bench.link(0).bytes(bench.ms(100), LINE);
        bench.link(0).bytes(bench.ms(2_000), LINE).runs(bench.ms(3_000), bench::stop);
        bench.run();
        assertThat(broken.closed).isTrue();
        assertThat(bench.reads()).hasSize(1);
        assertThat(bench.states()).anySatisfy(state -> {
            assertThat(state.phase()).isEqualTo(ReaderPhase.RECOVERING);
            assertThat(state.detail()).contains("a fault for the test");
        });
        Gap gap = bench.gaps(Gap.Cause.NOT_LISTENING).getLast();
        assertThat(gap.fromMonotonicNanos()).isLessThan(bench.ms(100));
        assertThat(gap.untilMonotonicNanos()).isGreaterThanOrEqualTo(bench.ms(100));
    }

    @Test
    void aMercuryModuleIsBroughtToReadingAndItsReadsAreStamped() {
        LoopBench bench = LoopBench.mercury();
        ModuleFake module = new ModuleFake();
        ScriptedLink link = bench.link(SERIAL_BYTE).answers(module::answer);
        long cycle = bench.ms(500);
        for (int i = 0; i < 8; i++) {
            for (int tenth = 0; tenth < 10; tenth++) {
                byte[] frame = tag(10 * i + tenth, 100L * tenth);
                link.bytes(cycle + 100L * tenth * LoopBench.MILLI + frame.length * SERIAL_BYTE, frame);
            }
            cycle += 1_000 * LoopBench.MILLI;
            link.bytes(cycle + cycleEnd().length * SERIAL_BYTE, cycleEnd());
        }
        byte[] stalled = Bytes.join(tag(1000, 100), tag(1001, 300), tag(1002, 500));
        link.bytes(cycle + 900 * LoopBench.MILLI, stalled);
        link.runs(cycle + 950 * LoopBench.MILLI, bench::stop);
        bench.run();
        List<Event.TagRead> reads = bench.reads();
        assertThat(reads).hasSize(83);
        for (int i = 0; i < 80; i++) {
            long truth = bench.ms(500 + 100L * i);
            assertThat(reads.get(i).stamp().monotonicNanos() - truth)
                    .as("read %d", i)
                    .isBetween(-LoopBench.MILLI, LoopBench.MILLI);
        }
        for (int i = 0; i < 3; i++) {
            long truth = cycle + (100 + 200L * i) * LoopBench.MILLI;
            assertThat(reads.get(80 + i).stamp().monotonicNanos() - truth)
                    .as("stalled read %d", i)
                    .isBetween(-LoopBench.MILLI, LoopBench.MILLI);
        }
        assertThat(bench.states())
                .extracting(Event.ReaderState::phase)
                .containsExactly(ReaderPhase.CONFIGURING, ReaderPhase.READING, ReaderPhase.STOPPED);
        assertThat(module.streaming).as("stopped at the end").isFalse();
        assertThat(bench.events).anyMatch(Event.AntennaState.class::isInstance);
    }

    @Test
    void hostileBytesNeverKillIt() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            LoopBench bench = round % 2 == 0 ? LoopBench.mercury() : LoopBench.ipicoOnTcp();
            ModuleFake module = new ModuleFake();
            byte[] good = round % 2 == 0 ? tag(round, 10) : LINE;
            Function<byte[], List<byte[]>> answers = round % 2 == 0 ? module::answer : asked -> List.of();
            for (int i = 0; i < 5; i++) {
                ScriptedLink link = bench.link(round % 2 == 0 ? SERIAL_BYTE : 0).answers(answers);
                long at = bench.ms(10_000L * (i + 1));
                for (int j = 0; j < 20; j++) {
                    link.bytes(at + j * random.nextLong(1, 200) * LoopBench.MILLI, hostile(random, good));
                }
                link.breaks(at + 8_000 * LoopBench.MILLI, "cable out");
            }
            byte[] more = Bytes.join(new byte[600], good, good);
            bench.link(0).answers(answers).bytes(bench.ms(70_000), more).runs(bench.ms(71_000), bench::stop);
            bench.run();
            assertThat(bench.reads()).as("seed %d round %d", seed, round).hasSizeGreaterThanOrEqualTo(2);
            assertThat(bench.states().getLast().phase()).isEqualTo(ReaderPhase.STOPPED);
            assertThat(bench.states()).noneMatch(state -> state.detail().contains("fault in the gateway"));
            assertThat(bench.states()).hasSizeLessThan(200);
        }
    }

    private static byte[] hostile(Random random, byte[] good) {
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        byte[] flipped = good.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        byte[] cut = java.util.Arrays.copyOf(good, random.nextInt(good.length));
        return switch (random.nextInt(5)) {
            case 0 -> noise;
            case 1 -> flipped;
            case 2 -> cut;
            case 3 -> Bytes.join(cut, good, flipped, noise, good);
            default ->
                Bytes.join(
                        new MercuryMessage.Booted().encode(),
                        MercuryMessage.Fault.of(0x0601).encode(),
                        good);
        };
    }

    @Test
    void twoReadersRunBesideEachOtherAndStopInTime() throws InterruptedException {
        ManualClock clock = new ManualClock();
        ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
        Surroundings box = new Surroundings(clock, clock, events::add, () -> 0.0);
        List<ReaderLoop> loops = new ArrayList<>();
        for (String name : List.of("main", "backup")) {
            Config.Reader reader = new Config.Reader(
                    new Source(name, "finish", Source.Line.MAIN),
                    Config.Family.IPICO,
                    new Config.Link.Tcp("192.0.2.1", 10_000),
                    List.of(1),
                    java.util.Optional.empty(),
                    java.util.Optional.empty());
            ReaderLoop loop =
                    new ReaderLoop(reader, () -> new EndlessLink(LINE, 500), box, new Random(2), OptionalLong.empty());
            loop.start();
            loops.add(loop);
        }
        while (loops.stream().anyMatch(loop -> loop.reads() < 500)) {
            Thread.sleep(5);
        }
        loops.forEach(ReaderLoop::close);
        for (String name : List.of("main", "backup")) {
            assertThat(events.stream().filter(Event.TagRead.class::isInstance).map(Event.TagRead.class::cast))
                    .filteredOn(read -> read.source().reader().equals(name))
                    .hasSize(500);
            assertThat(events.stream()
                            .filter(Event.ReaderState.class::isInstance)
                            .map(Event.ReaderState.class::cast))
                    .filteredOn(state -> state.reader().reader().equals(name))
                    .extracting(Event.ReaderState::phase)
                    .containsExactly(ReaderPhase.CONFIGURING, ReaderPhase.READING, ReaderPhase.STOPPED);
        }
    }

    /** An LLRP reader closes the connection as soon as it has said goodbye. */
    @Test
    void aReaderThatHangsUpAfterTheGoodbyeWasNotLost() {
        LoopBench bench = LoopBench.ipicoOnTcp();
        bench.link(0)
                .bytes(bench.ms(100), LINE)
                .runs(bench.ms(200), bench::stop)
                .breaks(bench.ms(200), "the reader closed the connection");
        bench.run();
        assertThat(bench.reads()).hasSize(1);
        assertThat(bench.states()).extracting(Event.ReaderState::phase).doesNotContain(ReaderPhase.RECOVERING);
    }

    @Test
    void aReaderThatIsThereAndSaysNothingLosesItsPowerForAWhile() {
        LoopBench bench = LoopBench.mercury();
        List<Long> cycles = new ArrayList<>();
        bench.power = (reader, why) -> {
            assertThat(reader).isEqualTo("mat-1");
            return cycles.add(bench.clock.monotonicNanos());
        };
        for (int i = 0; i < 80; i++) {
            bench.link(SERIAL_BYTE);
        }
        bench.run();
        assertThat(cycles).hasSizeGreaterThan(1);
        assertThat(cycles.getFirst() - bench.start).isGreaterThanOrEqualTo(PowerRescue.TRY_NANOS);
        assertThat(cycles.get(1) - cycles.get(0)).isGreaterThanOrEqualTo(PowerRescue.FIRST_PAUSE_NANOS);
        assertThat(bench.states()).anySatisfy(state -> {
            assertThat(state.phase()).isEqualTo(ReaderPhase.RECOVERING);
            assertThat(state.detail()).contains("not understood in ", "; its power is cut for a while");
        });
    }
}

package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.gateway.reader.LoopBench.MILLI;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.matgate.gateway.config.Config;
import org.matgate.protocol.Chip;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonTag;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

/** A host that was stopped for a while has not looked: nobody was silent, and nothing was cut off. */
@Timeout(30)
class StalledHostTest {
    private static final byte[] TAG = Bytes.hex("A013018A8C3000300833B2DDD901400000000137BA");

    private final ManualClock clock = new ManualClock();
    private final long start = clock.monotonicNanos();
    private final List<ReaderMessage> messages = new ArrayList<>();
    private final List<Long> ticks = new ArrayList<>();
    private int damaged;

    private final class Listener implements ReaderSession {
        @Override
        public void message(ReaderMessage message, Arrival arrival) {
            if (!message.reports().isEmpty()) {
                messages.add(message);
            }
        }

        @Override
        public void opened(long nowNanos) {}

        @Override
        public void damaged(long nowNanos) {
            damaged++;
        }

        @Override
        public void tick(long nowNanos) {
            ticks.add((nowNanos - start) / MILLI);
        }

        @Override
        public void stop(long nowNanos) {}

        @Override
        public void closed(long nowNanos) {}
    }

    private record Heard(ReaderFamily real, ReaderSession listener) implements ReaderFamily {
        @Override
        public FrameParser<? extends ReaderMessage> parser() {
            return real.parser();
        }

        @Override
        public ReaderSession session(Config.Reader reader, RawTime time, SessionOutput output) {
            return listener;
        }

        @Override
        public long silenceNanos() {
            return real.silenceNanos();
        }

        @Override
        public long waitNanos(boolean network) {
            return real.waitNanos(network);
        }
    }

    private long ms(long millis) {
        return start + millis * MILLI;
    }

    private void run(ScriptedLink link, Config.Family family) {
        Surroundings box = new Surroundings(clock, clock, event -> true, () -> 0);
        ReaderOutput output = new ReaderOutput(
                new Source("mat-1", "finish", Source.Line.MAIN), "line", List.of(1), box, OptionalLong.empty());
        output.opened(link, OptionalInt.empty(), clock.monotonicNanos());
        Heard heard = new Heard(ReaderFamilies.of(family), new Listener());
        assertThat(new LinkRun(link, false, heard, heard.listener(), output, clock)
                        .run(start, () -> false, () -> 0, nanos -> false))
                .contains("over");
    }

    private static Stream<Arguments> framesAndStalls() {
        ChafonTag chip = new ChafonTag(new Chip("E2000000000000000000ABCD"), OptionalInt.of(69), "", "");
        byte[] chafon = new ChafonMessage.Inventory(0, ChafonLayout.READER288, 1, 1, List.of(chip, chip)).encode();
        return Stream.of(250L, 290L, 800L, 5_000L)
                .flatMap(stall -> Stream.of(
                        Arguments.of(Config.Family.CHAFON, chafon, stall),
                        Arguments.of(Config.Family.R2000, TAG, stall),
                        Arguments.of(Config.Family.MERCURY, Frames.tag(7, 900), stall),
                        Arguments.of(Config.Family.IPICO, Frames.LINE, stall)));
    }

    @ParameterizedTest
    @MethodSource("framesAndStalls")
    void aFrameWhoseRestWaitsWasNotCutOff(Config.Family family, byte[] frame, long stallMillis) {
        ScriptedLink link = new ScriptedLink(clock, Frames.SERIAL_BYTE);
        int half = frame.length / 2;
        link.bytes(ms(100), Arrays.copyOf(frame, half))
                .runs(ms(120), () -> clock.advance(stallMillis * MILLI))
                .bytes(ms(130), Arrays.copyOfRange(frame, half, frame.length))
                .breaks(ms(10_000), "over");
        run(link, family);
        assertThat(messages).hasSize(1);
        assertThat(damaged).isZero();
    }

    @ParameterizedTest
    @MethodSource("framesAndStalls")
    void aFrameThatWasCutOffIsGivenUp(Config.Family family, byte[] frame, long stallMillis) {
        ScriptedLink link = new ScriptedLink(clock, Frames.SERIAL_BYTE);
        link.bytes(ms(100), Arrays.copyOf(frame, frame.length / 2))
                .runs(ms(120), () -> clock.advance(stallMillis * MILLI))
                .bytes(ms(1_000 + stallMillis), frame)
                .breaks(ms(10_000), "over");
        run(link, family);
        assertThat(messages).hasSize(1);
        assertThat(damaged).isPositive();
    }

    @Test
    void aReaderIsGivenAsMuchTimeAgainAsNobodyLooked() {
        ScriptedLink link = new ScriptedLink(clock, Frames.SERIAL_BYTE);
        link.runs(ms(500), () -> clock.advance(400 * MILLI))
                .runs(ms(3_000), () -> clock.advance(60_000 * MILLI))
                .breaks(ms(70_000), "over");
        run(link, Config.Family.R2000);
        assertThat(ticks).noneMatch(at -> at > 500 && at < 1_250);
        assertThat(ticks).anyMatch(at -> at >= 1_250 && at < 1_400);
        assertThat(ticks).noneMatch(at -> at > 3_000 && at < 65_900);
        assertThat(ticks).anyMatch(at -> at >= 65_900 && at < 66_200);
    }

    /** A host that is always late is no reason never to find that a reader is dead. */
    @Test
    void aHostThatIsStoppedAgainAndAgainStillFindsASilentReader() {
        ScriptedLink link = new ScriptedLink(clock, Frames.SERIAL_BYTE);
        for (int i = 0; i < 1_000; i++) {
            link.runs(ms(200L * i), () -> clock.advance(190 * MILLI));
        }
        link.breaks(ms(200_000), "over");
        run(link, Config.Family.MERCURY);
        assertThat(ticks).hasSizeGreaterThan(5);
    }

    @Test
    void aRoundWhoseEndWaitsHasNotFailed() {
        LoopBench bench = LoopBench.r2000();
        R2000Fake module = new R2000Fake();
        bench.link(Frames.SERIAL_BYTE)
                .answers(bytes -> module.answer(bytes).stream()
                        .map(reply -> reply.encode(R2000Addressed.USUAL))
                        .toList())
                .bytes(bench.ms(500), TAG)
                .runs(bench.ms(600), () -> bench.clock.advance(5_000 * MILLI))
                .bytes(bench.ms(700), TAG)
                .bytes(bench.ms(710), new R2000Message.RoundEnd(0x8B, 1, 10, 2).encode(R2000Addressed.USUAL))
                .runs(bench.ms(5_800), bench::stop);
        bench.run();
        assertThat(bench.reads()).hasSize(2);
        assertThat(bench.states())
                .extracting(state -> state.phase())
                .containsExactly(ReaderPhase.CONFIGURING, ReaderPhase.READING, ReaderPhase.STOPPED);
        assertThat(bench.gaps(Gap.Cause.NOT_LISTENING)).hasSizeLessThanOrEqualTo(1);
    }
}

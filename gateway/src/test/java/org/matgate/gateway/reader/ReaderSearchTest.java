package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;

/** On lines in memory that have a speed: at another one everything is noise, as on a UART. */
class ReaderSearchTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private final List<byte[]> written = new ArrayList<>();
    private final ReaderSearch search = new ReaderSearch(clock);

    /** A line with a reader at this speed. */
    private final class Line implements ReaderLink.Opener {
        private final int readersBaud;
        private final int baud;
        private final Function<byte[], List<byte[]>> answers;
        private final byte[] streamed;
        private final Random noise = new Random(5);

        Line(int readersBaud, int baud, byte[] streamed, Function<byte[], List<byte[]>> answers) {
            this.readersBaud = readersBaud;
            this.baud = baud;
            this.streamed = streamed;
            this.answers = answers;
        }

        @Override
        public ReaderLink open() {
            long now = clock.monotonicNanos();
            ScriptedLink link = new ScriptedLink(clock, 0);
            for (int i = 0; i < 20 && streamed.length > 0; i++) {
                link.bytes(now + 100_000_000L + i * SECOND / 2, heard(streamed));
            }
            return link.answers(bytes -> {
                written.add(bytes);
                return readersBaud == baud ? answers.apply(bytes) : List.of();
            });
        }

        private byte[] heard(byte[] said) {
            byte[] bytes = said.clone();
            if (readersBaud != baud) {
                noise.nextBytes(bytes);
            }
            return bytes;
        }

        @Override
        public ReaderLink.Opener at(int other) {
            return new Line(readersBaud, other, streamed, answers);
        }
    }

    private Line silent(int baud, Function<byte[], List<byte[]>> answers) {
        return new Line(baud, 0, new byte[0], answers);
    }

    private Line streaming(int baud, byte[] bytes) {
        return new Line(baud, 0, bytes, asked -> List.of());
    }

    private ReaderSearch.Result serial(Line line) {
        long began = clock.monotonicNanos();
        ReaderSearch.Result result = search.serial(line, what -> {});
        assertThat(clock.monotonicNanos() - began).isLessThan(20 * SECOND);
        return result;
    }

    @Test
    void aStreamingModuleIsFoundByListeningAtWhateverSpeed() {
        for (int baud : Config.Family.MERCURY.bauds()) {
            ReaderSearch.Result result = serial(streaming(baud, Bytes.join(Frames.tag(1, 5), Frames.cycleEnd())));
            assertThat(result)
                    .isEqualTo(new ReaderSearch.Found(
                            Config.Family.MERCURY, OptionalInt.of(baud), "Mercury module", true));
        }
        assertThat(written).as("a reader that streams is not asked").isEmpty();
    }

    @Test
    void aMatThatSendsLinesIsFoundByListening() {
        assertThat(serial(streaming(9_600, Frames.LINE)))
                .isEqualTo(new ReaderSearch.Found(Config.Family.IPICO, OptionalInt.of(9_600), "IPICO reader", true));
        assertThat(written).isEmpty();
    }

    @Test
    void aSilentModuleIsAskedForItsVersionAtWhateverSpeed() {
        for (int baud : Config.Family.MERCURY.bauds()) {
            ReaderSearch.Result result = serial(silent(baud, deaf(new ModuleFake())));
            assertThat(result)
                    .isEqualTo(new ReaderSearch.Found(
                            Config.Family.MERCURY, OptionalInt.of(baud), "M6e Nano 01.09.00.00", false));
        }
    }

    /** Answers what it understands, and says nothing to what it does not. */
    private static Function<byte[], List<byte[]>> deaf(ModuleFake module) {
        return bytes -> bytes[0] == (byte) 0xFF ? module.answer(bytes) : List.of();
    }

    @Test
    void aModuleThatWaitsForCommandsIsAskedForItsVersion() {
        for (int baud : Config.Family.R2000.bauds()) {
            Line line =
                    silent(baud, bytes -> bytes[0] == (byte) 0xA0 ? List.of(Bytes.hex("A00501720109DE")) : List.of());
            assertThat(serial(line))
                    .isEqualTo(new ReaderSearch.Found(
                            Config.Family.R2000, OptionalInt.of(baud), "R2000 module 1.9", false));
        }
        assertThat(serial(streaming(115_200, Bytes.hex("A01301898C3000300833B2DDD901400000000137BB"))))
                .isEqualTo(new ReaderSearch.Found(Config.Family.R2000, OptionalInt.of(115_200), "R2000 module", true));
        assertThat(ReaderSearch.familiesOn(4001)).containsExactly(Config.Family.R2000);
    }

    @Test
    void aSilentMatIsAskedForItsClock() {
        byte[] reply = new IpicoMessage.Control(5, 0x02, "26030605202747").encode();
        Line line = silent(
                9_600,
                bytes -> new String(bytes, java.nio.charset.StandardCharsets.US_ASCII).contains("ab000002")
                        ? List.of(reply)
                        : List.of());
        assertThat(serial(line))
                .isEqualTo(new ReaderSearch.Found(Config.Family.IPICO, OptionalInt.of(9_600), "IPICO reader 5", false));
    }

    @Test
    void whatNobodyUnderstandsIsNotAsked() {
        byte[] gps = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(serial(streaming(4_800, gps))).isInstanceOf(ReaderSearch.Babble.class);
        assertThat(serial(streaming(9_600, gps))).isInstanceOf(ReaderSearch.Babble.class);
        assertThat(written).isEmpty();
    }

    @Test
    void noiseIsNoReader() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ReaderSearchTest -Dseed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            byte[] noise = new byte[1 + random.nextInt(400)];
            random.nextBytes(noise);
            assertThat(serial(streaming(9_600, noise)))
                    .as("seed %d, %s", seed, HexFormat.of().formatHex(noise))
                    .isInstanceOf(ReaderSearch.Babble.class);
        }
    }

    @Test
    void nobodyIsSilenceWithinTheTime() {
        assertThat(serial(silent(9_600, bytes -> List.of()))).isEqualTo(new ReaderSearch.Silence());
        assertThat(written).hasSizeGreaterThan(5);
    }

    @Test
    void aPortThatCannotBeOpenedSaysWhy() {
        ReaderLink.Opener busy = () -> {
            throw new IOException("/dev/ttyUSB0: in use by another program");
        };
        assertThat(search.serial(busy, what -> {}))
                .isEqualTo(new ReaderSearch.Unusable("/dev/ttyUSB0: in use by another program"));
        assertThat(search.tcp(busy, ReaderSearch.familiesOn(5084)))
                .isEqualTo(new ReaderSearch.Unusable("/dev/ttyUSB0: in use by another program"));
    }

    private static byte[] greeting(int status) {
        return new LlrpMessage.ReaderEvent(
                        1,
                        new LlrpEvent.Data(
                                List.of(new LlrpEvent.UtcTimestamp(1), new LlrpEvent.ConnectionAttempt(status))))
                .encode();
    }

    @Test
    void aReaderThatGreetsIsAskedAndLeftInOrder() {
        LlrpReaderFake reader = new LlrpReaderFake();
        ScriptedLink link = new ScriptedLink(clock, 0)
                .bytes(clock.monotonicNanos() + 1_000_000, greeting(LlrpEvent.ConnectionAttempt.SUCCESS))
                .answers(bytes ->
                        reader.answer(bytes).stream().map(LlrpMessage::encode).toList());
        assertThat(search.tcp(() -> link, ReaderSearch.familiesOn(5084)))
                .isInstanceOfSatisfying(ReaderSearch.Found.class, found -> {
                    assertThat(found.family()).isEqualTo(Config.Family.LLRP);
                    assertThat(found.who()).startsWith("Impinj, model ");
                    assertThat(found.streaming()).isFalse();
                });
        assertThat(reader.heard)
                .extracting(command -> command.getClass().getSimpleName())
                .containsExactly("GetReaderCapabilities", "CloseConnection");
    }

    @Test
    void aReaderThatServesAnotherClientIsFoundAndNotAsked() {
        ScriptedLink link = new ScriptedLink(clock, 0)
                .bytes(clock.monotonicNanos() + 1_000_000, greeting(2))
                .breaks(clock.monotonicNanos() + 2_000_000, "the reader closed the connection");
        assertThat(search.tcp(() -> link, ReaderSearch.familiesOn(5084)))
                .isInstanceOfSatisfying(
                        ReaderSearch.Found.class,
                        found -> assertThat(found.who()).contains("in use"));
        assertThat(link.written).hasSizeLessThanOrEqualTo(1);
        assertThat(link.closed).isTrue();
    }

    @Test
    void aMatOnTheNetworkIsFoundByItsLinesOrByAsking() {
        ScriptedLink talking = new ScriptedLink(clock, 0).bytes(clock.monotonicNanos() + 1_000_000, Frames.LINE);
        assertThat(search.tcp(() -> talking, ReaderSearch.familiesOn(10_000)))
                .isEqualTo(new ReaderSearch.Found(Config.Family.IPICO, OptionalInt.empty(), "IPICO reader", true));
        assertThat(talking.written).isEmpty();
        ScriptedLink quiet = new ScriptedLink(clock, 0)
                .answers(bytes -> List.of(new IpicoMessage.Control(0, 0x02, "26030605202747").encode()));
        assertThat(search.tcp(() -> quiet, ReaderSearch.familiesOn(10_000)))
                .isEqualTo(new ReaderSearch.Found(Config.Family.IPICO, OptionalInt.empty(), "IPICO reader 0", false));
        assertThat(search.tcp(() -> new ScriptedLink(clock, 0), ReaderSearch.familiesOn(10_000)))
                .isEqualTo(new ReaderSearch.Silence());
    }

    @Test
    void aPortThatNoFamilyUsesIsTriedForAllThatHaveANetwork() {
        assertThat(ReaderSearch.familiesOn(5084)).containsExactly(Config.Family.LLRP);
        assertThat(ReaderSearch.familiesOn(12_345)).contains(Config.Family.LLRP, Config.Family.IPICO);
        assertThat(ReaderSearch.familiesOn(12_345)).doesNotContain(Config.Family.MERCURY);
    }
}
